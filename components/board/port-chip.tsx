"use client";

import { toggleNodeCommand } from "@/components/designer/commands";
import { useBoard, useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { classNames } from "@/components/ui/class-names";
import type { BoardCell, BoardZone } from "@/lib/core/board/geometry";

/** Whether the zone is on a node, where one sees it; a press puts it there or takes it away. */
export function PortChip({
  zone,
  cell,
  wide,
}: {
  readonly zone: BoardZone;
  readonly cell: BoardCell;
  readonly wide: boolean;
}) {
  const { change, say } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const nodes = useBoard((state) => state.nodes);
  const { id } = zone.zone;
  const last = cell.member && zone.cells.filter((each) => each.member).length === 1;
  const title = last
    ? `${id} has to stay on one node at least`
    : `${cell.member ? `Take ${cell.node} out of ${id}` : `Add ${cell.node} to ${id}`}${cell.missingBridge ? ` · ${cell.node} has no bridge ${zone.zone.bridge}` : ""}`;
  return (
    <button
      type="button"
      tabIndex={-1}
      title={title}
      aria-label={`Zone ${id} on ${cell.node}${cell.missingBridge ? `, bridge ${zone.zone.bridge} is missing there` : ""}`}
      aria-pressed={cell.member}
      aria-disabled={locked !== null || undefined}
      onClick={(event) => {
        event.stopPropagation();
        if (last) say(`${title}.`);
        else change(toggleNodeCommand(zone.zone, cell.node, nodes, cell.member));
      }}
      className={classNames(
        "nopan mono h-6 min-w-6 max-w-full truncate rounded-xs border px-1.5 text-xs",
        !cell.member && "border-transparent text-text-3 hover:border-control hover:border-dashed",
        cell.member && !cell.missingBridge && "border-transparent bg-sunken text-text-2 hover:border-control",
        cell.missingBridge && "border-destroy border-dashed bg-destroy-soft text-destroy",
      )}
    >
      {chipText(cell, zone.zone.bridge, wide)}
    </button>
  );
}

function chipText(cell: BoardCell, bridge: string | undefined, wide: boolean): string {
  if (!cell.member) return "–";
  if (cell.missingBridge) return `no ${bridge}`;
  return wide ? cell.text : (cell.text.split(" ")[0] ?? "");
}
