"use client";

import { Columns2 } from "lucide-react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuChoice, MenuLabel } from "@/components/ui/menu";
import { useDesigner, useDesignerActions } from "./designer-context";
import { VIEWS } from "./views";

/** Which second view stands beside the first; only where there is room for two. */
export function BesideMenu() {
  const { main, beside } = useDesigner((state) => state.views);
  const { showBeside } = useDesignerActions();
  return (
    <div className="max-[899px]:hidden">
      <Menu
        align="start"
        trigger={
          <IconButton
            label="Two views side by side"
            shortcut="\"
            aria-pressed={beside !== null}
            icon={<Columns2 aria-hidden size={16} />}
          />
        }
      >
        <MenuLabel>Beside {VIEWS.find(({ id }) => id === main)?.label}</MenuLabel>
        <MenuChoice
          label="The second view"
          value={beside ?? "none"}
          onChange={(value) => showBeside(value === "none" ? null : value)}
          options={[
            { value: "none" as const, label: "Nothing" },
            ...VIEWS.filter(({ id }) => id !== main).map(({ id, label }) => ({ value: id, label })),
          ]}
        />
      </Menu>
    </div>
  );
}
