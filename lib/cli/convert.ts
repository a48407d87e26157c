import { boardToSvg } from "@/lib/core/board/board-svg";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { layoutToCsv } from "@/lib/exchange/layout-csv";
import { layoutToMarkdown } from "@/lib/exchange/layout-markdown";
import { layoutToYaml } from "@/lib/exchange/layout-text";
import type { Request } from "./arguments";
import { readLayout, write } from "./files";
import { type Io, say } from "./io";

const FORMATS: ReadonlyMap<string, (layout: Layout) => string> = new Map([
  ["layout", layoutToYaml],
  ["json", layoutToJson],
  ["csv", layoutToCsv],
  ["md", layoutToMarkdown],
  ["svg", (layout) => `${boardToSvg(layout, { colours: "both" })}\n`],
]);
const LATER = ["terraform", "tfvars", "netbox"];

/** `trunkline convert`: 0, or 2 where the input or the format is unusable. */
export function convert({ file, to, output }: Request, io: Io): number {
  const render = FORMATS.get(to ?? "");
  if (!render) {
    const why =
      to === null
        ? "Name the format with --to"
        : LATER.includes(to)
          ? `--to ${to} comes later`
          : `--to ${to} is not a format`;
    say(io.err, `trunkline: ${why}; use layout (YAML), json, csv, md or svg.`);
    return 2;
  }
  const layout = readLayout(file ?? "");
  if (!layout.ok) {
    say(io.err, layout.error);
    return 2;
  }
  return write(render(layout.value), output, io) ? 0 : 2;
}
