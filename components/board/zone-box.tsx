"use client";

import { type CSSProperties, memo } from "react";
import { classNames } from "@/components/ui/class-names";
import type { BoardZone } from "@/lib/core/board/geometry";
import { columnStart } from "@/lib/core/board/lanes";
import { zoneColour } from "@/lib/core/board/zone-look";
import { CollapsedBand } from "./collapsed-band";
import { FarCanvas } from "./far-canvas";
import { LaneLines } from "./lane-lines";
import { LaneRow } from "./lane-row";
import type { RowWindow } from "./level";
import { QuickAddRow } from "./quick-add-row";
import { ZoneHead } from "./zone-head";

/** One zone of the Board: a box with a head, the rows in sight, and a line to add more. */
export const ZoneBox = memo(function ZoneBox({
  zone,
  window,
}: {
  readonly zone: BoardZone;
  readonly window: RowWindow;
}) {
  const { metrics, rows, collapsed, look } = zone;
  const { level, from, to, scale } = window;
  const colour = zoneColour(look);
  const shown = rows.slice(from, to);
  const doubles = new Set(shown.map((row) => row.vnet.id)).size < shown.length;
  return (
    <section
      aria-label={`Zone ${zone.zone.id}, ${zone.zone.type}, ${rows.length} VNets`}
      data-zone={zone.zone.id}
      className="board-zone absolute inset-0 rounded-lg border border-hairline bg-surface"
    >
      <div
        aria-hidden
        className={classNames("board-edge absolute inset-y-0 left-0 w-1 rounded-l-lg", `board-edge-${look.edge}`)}
        style={{ color: colour }}
      />
      {level === "far" ? (
        <>
          {!collapsed && <FarCanvas zone={zone} from={from} to={to} scale={scale} />}
          {collapsed && (
            <svg
              aria-hidden
              width={zone.width}
              height={metrics.band}
              className="absolute left-0"
              style={{ top: metrics.head, color: colour }}
            >
              <path d={memberBlocks(zone)} fill="currentColor" opacity={0.45} />
            </svg>
          )}
          <p
            className="board-far-name absolute top-0 left-full whitespace-nowrap font-semibold leading-tight"
            style={{ "--tall": zone.height } as CSSProperties}
          >
            {zone.zone.id} <span className="font-normal text-text-3">{rows.length}</span>
          </p>
        </>
      ) : (
        <>
          {!collapsed && <LaneLines zone={zone} from={from} to={to} />}
          <ZoneHead zone={zone} level={level} />
          {collapsed && <CollapsedBand zone={zone} />}
          {!collapsed &&
            shown.map((row, index) => (
              <LaneRow
                // Two rows have the same id where a layout was written by hand.
                key={doubles ? `${row.vnet.id} ${from + index}` : row.vnet.id}
                zone={zone}
                row={row}
                level={level}
                top={metrics.head + (from + index) * metrics.row}
              />
            ))}
          <QuickAddRow zone={zone} top={zone.height - metrics.foot} near={level === "near"} />
        </>
      )}
    </section>
  );
});

/** One block per node that a closed zone is on. */
function memberBlocks(zone: BoardZone): string {
  const { column, band } = zone.metrics;
  return zone.cells
    .map((cell, index) => (cell.member ? `M${columnStart(zone, index)} 0h${column}v${band}h${-column}z` : ""))
    .join("");
}
