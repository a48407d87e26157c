"use client";

import { ChevronDown, ChevronRight, GripVertical } from "lucide-react";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { classNames } from "@/components/ui/class-names";
import type { BoardZone } from "@/lib/core/board/geometry";
import { columnStart } from "@/lib/core/board/lanes";
import { zoneKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import { ChangeMark } from "./change-mark";
import type { Level } from "./level";
import { MarkIcon } from "./mark-icon";
import { PortChip } from "./port-chip";
import { RenameBox } from "./rename-box";
import { useZoneDrag } from "./use-drags";
import { ZoneMenu } from "./zone-menu";

/** A zone's head: its name and type on the left, its ports on the nodes to the right. */
export function ZoneHead({ zone, level }: { readonly zone: BoardZone; readonly level: Level }) {
  const { id, type } = zone.zone;
  const key = zoneKey(id);
  const cursor = useDesigner((state) => state.cursor === key);
  const selected = useDesigner((state) => state.selected.has(key));
  const gone = useBoard((state) => state.changes.get(key) === "gone");
  const mark = useBoard((state) => state.marks.get(key));
  const locked = useDesigner((state) => state.locked !== null);
  const drag = useZoneDrag(id);
  const { select, setCollapsed, showInspector } = useDesignerActions();
  const { view } = useDesignerParts();
  const { metrics, rows, collapsed } = zone;
  const roomy = metrics.gutter > 300;
  const Caret = collapsed ? ChevronRight : ChevronDown;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keyboard walks the grid beside the picture, not the picture
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      data-key={key}
      data-cursor={cursor || undefined}
      data-gone={gone || undefined}
      data-selected={selected || undefined}
      onClick={() => {
        select(key);
        showInspector(true);
        view.focus();
      }}
      className={classNames(
        "group/head absolute inset-x-1 top-0 rounded-t-md has-[input]:z-20",
        rows.length > 0 && "border-hairline border-b",
        selected ? "bg-accent-soft" : "bg-surface",
      )}
      style={{ height: metrics.head }}
    >
      <div
        className={classNames(
          "board-gutter absolute inset-y-0 left-0 flex items-center gap-2 overflow-hidden rounded-tl-md has-[input]:overflow-visible pr-1 pl-1.5",
          selected ? "bg-accent-soft" : "bg-surface",
          level === "mid" && "text-lg",
        )}
        style={{ width: metrics.gutter - 8 }}
      >
        <button
          type="button"
          tabIndex={-1}
          aria-label={collapsed ? `Open ${id}` : `Close ${id}`}
          aria-expanded={!collapsed}
          onClick={(event) => {
            event.stopPropagation();
            setCollapsed(id, !collapsed);
          }}
          className={classNames(
            "nopan flex size-6 shrink-0 items-center justify-center rounded-xs text-text-3 hover:bg-hover",
            rows.length === 0 && "invisible",
          )}
        >
          <Caret aria-hidden size={14} />
        </button>
        <ZoneName id={id} level={level} />
        <span className="mono shrink-0 rounded-xs border border-hairline px-1.5 py-px text-text-2 text-xs">{type}</span>
        <ChangeMark of={key} size={level === "mid" ? 18 : 12} />
        {mark && <MarkIcon mark={mark} />}
        {roomy && (
          <span className="min-w-0 truncate text-text-3 text-xs">
            {rows.length === 0 ? "empty" : plural(rows.length, "VNet")}
          </span>
        )}
        <span className="flex-1" />
        {!locked && (
          <span
            aria-hidden
            onPointerDown={drag}
            className="nopan flex h-6 w-4 shrink-0 cursor-grab touch-none items-center justify-center text-text-3 opacity-0 group-hover/head:opacity-100"
          >
            <GripVertical size={12} />
          </span>
        )}
        <ZoneMenu zone={zone} />
      </div>
      {zone.cells.map((cell, index) => (
        <div
          key={cell.node}
          className="absolute inset-y-0 flex items-center justify-center px-1"
          style={{ left: columnStart(zone, index) - 4, width: metrics.column }}
        >
          <PortChip zone={zone} cell={cell} wide={metrics.column > 90} />
        </div>
      ))}
    </div>
  );
}

function ZoneName({ id, level }: { readonly id: string; readonly level: Level }) {
  const key = zoneKey(id);
  const renaming = useDesigner((state) => state.renaming === key);
  const { startRenaming } = useDesignerActions();
  if (renaming) return <RenameBox of={key} />;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: F2 is the keyboard's way
    <span
      className={classNames("font-semibold", level === "mid" ? "text-xl" : "text-base")}
      onDoubleClick={(event) => {
        event.stopPropagation();
        startRenaming(key);
      }}
    >
      {id}
    </span>
  );
}
