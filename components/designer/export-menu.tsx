"use client";

import { Download } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import { saveBlob, saveFile } from "@/components/ui/save-file";
import type { PictureColours } from "@/lib/core/board/board-svg";
import type { Layout } from "@/lib/core/layout/model";
import { useDesignerActions, useDesignerParts } from "./designer-context";

/** The layout as a file for others: pictures, tables, and the document itself. What writes them is fetched when asked. */
export function ExportMenu() {
  const { store, board } = useDesignerParts();
  const { say } = useDesignerActions();

  async function save(write: (layout: Layout, name: string) => Promise<void>) {
    const { layout } = store.getState();
    try {
      await write(layout, fileName(layout.name));
      say("Saved");
    } catch (error) {
      say(error instanceof Error ? error.message : "The file could not be made");
    }
  }

  async function picture(layout: Layout, colours: PictureColours): Promise<string> {
    const { boardToSvg } = await import("@/lib/core/board/board-svg");
    return boardToSvg(layout, { nodes: board.getState().nodes, colours });
  }

  async function copyMarkdown() {
    const { layoutToMarkdown } = await import("@/lib/exchange/layout-markdown");
    // Browsers refuse this on plain HTTP from another machine.
    const copied = await navigator.clipboard?.writeText(layoutToMarkdown(store.getState().layout)).then(
      () => true,
      () => false,
    );
    say(copied ? "Copied" : "This browser did not allow copying; save the Markdown instead");
  }

  return (
    <Menu trigger={<IconButton label="Export" icon={<Download aria-hidden size={16} />} />}>
      <MenuLabel>Picture of the Board</MenuLabel>
      <MenuItem
        onSelect={() =>
          void save(async (layout, name) => saveFile(`${name}.svg`, "image/svg+xml", await picture(layout, "both")))
        }
      >
        SVG
      </MenuItem>
      <MenuItem
        onSelect={() =>
          void save(async (layout, name) => {
            const { svgToPng } = await import("./svg-to-png");
            saveBlob(`${name}.png`, await svgToPng(await picture(layout, isDark() ? "dark" : "light")));
          })
        }
      >
        PNG
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Tables</MenuLabel>
      <MenuItem
        onSelect={() =>
          void save(async (layout, name) => {
            const { layoutToMarkdown } = await import("@/lib/exchange/layout-markdown");
            saveFile(`${name}.md`, "text/markdown", layoutToMarkdown(layout));
          })
        }
      >
        Markdown
      </MenuItem>
      <MenuItem onSelect={() => void copyMarkdown()}>Copy Markdown</MenuItem>
      <MenuItem
        onSelect={() =>
          void save(async (layout, name) => {
            const { layoutToCsv } = await import("@/lib/exchange/layout-csv");
            saveFile(`${name}.csv`, "text/csv", layoutToCsv(layout));
          })
        }
      >
        CSV
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Layout document</MenuLabel>
      <MenuItem
        onSelect={() =>
          void save(async (layout, name) => {
            const { layoutToYaml } = await import("@/lib/exchange/layout-text");
            saveFile(`${name}.yaml`, "application/yaml", layoutToYaml(layout));
          })
        }
      >
        YAML
      </MenuItem>
      <MenuItem
        onSelect={() =>
          void save(async (layout, name) => {
            const { layoutToJson } = await import("@/lib/core/layout/serialise");
            saveFile(`${name}.json`, "application/json", layoutToJson(layout));
          })
        }
      >
        JSON
      </MenuItem>
    </Menu>
  );
}

/** The theme on the screen: one that was chosen, or that of the system. */
function isDark(): boolean {
  const chosen = document.documentElement.dataset["theme"];
  return chosen === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : chosen === "dark";
}

/** A name every file system takes. */
const fileName = (name: string): string =>
  name
    .normalize("NFKD")
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 80) || "layout";
