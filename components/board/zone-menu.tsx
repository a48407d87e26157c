"use client";

import { ArrowDown, ArrowUp, Ellipsis, Pencil, Plus, Trash2 } from "lucide-react";
import { reorderCommand } from "@/components/designer/commands";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { BoardZone } from "@/lib/core/board/geometry";
import { zoneKey } from "@/lib/core/plan/entity";

/** What can be done with a zone. */
export function ZoneMenu({ zone }: { readonly zone: BoardZone }) {
  const { id } = zone.zone;
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          tabIndex={-1}
          aria-label={`Actions for ${id}`}
          onClick={(event) => event.stopPropagation()}
          className="nopan flex size-6 shrink-0 items-center justify-center rounded-xs text-text-3 hover:bg-hover hover:text-text"
        >
          <Ellipsis aria-hidden size={14} />
        </button>
      }
    >
      <ZoneActions id={id} />
    </Menu>
  );
}

function ZoneActions({ id }: { readonly id: string }) {
  const { store } = useDesignerParts();
  const locked = useDesigner((state) => state.locked);
  const zones = useDesigner((state) => state.layout.zones);
  const { change, startAdding, startRenaming, showDialog } = useDesignerActions();
  const at = zones.findIndex((zone) => zone.id === id);
  const move = (by: 1 | -1) => change(reorderCommand(store.getState().layout, id, by));
  return (
    // React bubbles clicks of a portal to the picture, where they would select the zone.
    // biome-ignore lint/a11y/noStaticElementInteractions: stops a bubble, offers nothing
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above
    <div onClick={(event) => event.stopPropagation()}>
      <MenuItem
        icon={<Plus aria-hidden size={14} />}
        shortcut="N"
        disabledReason={locked}
        onSelect={() => setTimeout(() => startAdding(id))}
      >
        Add VNet
      </MenuItem>
      <MenuItem
        icon={<Pencil aria-hidden size={14} />}
        shortcut="F2"
        disabledReason={locked}
        onSelect={() => setTimeout(() => startRenaming(zoneKey(id)))}
      >
        Rename
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<ArrowUp aria-hidden size={14} />}
        disabledReason={locked ?? (at <= 0 ? "It is the first zone" : null)}
        onSelect={() => move(-1)}
      >
        Move up
      </MenuItem>
      <MenuItem
        icon={<ArrowDown aria-hidden size={14} />}
        disabledReason={locked ?? (at >= zones.length - 1 ? "It is the last zone" : null)}
        onSelect={() => move(1)}
      >
        Move down
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={<Trash2 aria-hidden size={14} />}
        shortcut="Del"
        danger
        disabledReason={locked}
        onSelect={() => showDialog({ kind: "delete", keys: [zoneKey(id)] })}
      >
        Delete zone
      </MenuItem>
    </div>
  );
}
