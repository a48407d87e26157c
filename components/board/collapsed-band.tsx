"use client";

import { type MouseEvent, memo } from "react";
import { useBoard, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import type { BoardRow, BoardZone } from "@/lib/core/board/geometry";
import { columnStart } from "@/lib/core/board/lanes";
import { zoneColour } from "@/lib/core/board/zone-look";
import { type EntityKey, vnetKey } from "@/lib/core/plan/entity";

/** All rows of a closed zone in one band: what it holds, guests per node, and a tick for each row that needs a look. */
export const CollapsedBand = memo(function CollapsedBand({ zone }: { readonly zone: BoardZone }) {
  const { metrics, rows } = zone;
  const subnets = rows.reduce((sum, row) => sum + row.subnets.length, 0);
  const tags = rows.flatMap((row) => row.vnet.tag ?? []);
  const perNode = zone.cells.map((_, index) => rows.reduce((sum, row) => sum + (row.nics?.[index]?.total ?? 0), 0));
  const nics = perNode.reduce((sum, count) => sum + count, 0);
  const colour = zoneColour(zone.look);
  return (
    <div className="absolute inset-x-1" style={{ top: metrics.head, height: metrics.band }}>
      <div
        className="board-gutter mono absolute inset-y-0 left-0 flex items-center gap-3 bg-surface pl-3 text-text-2 text-xs"
        style={{ width: metrics.gutter - 8 }}
      >
        {tags.length > 0 && <span className="text-text">{`tags ${span(tags)}`}</span>}
        <span>{`${subnets} subnets`}</span>
        {nics > 0 && <span>{`${nics} NICs`}</span>}
      </div>
      {zone.cells.map(
        (cell, index) =>
          cell.member && (
            <div
              key={cell.node}
              className="mono absolute top-1.5 flex h-7 items-center justify-center rounded-xs text-text-2 text-xs"
              style={{
                left: columnStart(zone, index),
                width: metrics.column - 8,
                background: `color-mix(in oklab, ${colour} 16%, var(--surface))`,
              }}
              title={`${perNode[index]} guest interfaces on ${cell.node}`}
            >
              {perNode[index] ? `${perNode[index]} NICs` : ""}
            </div>
          ),
      )}
      <ExceptionTicks zone={zone} />
    </div>
  );
});

/** A tag's place on a line from the zone's lowest to its highest; a press goes to the nearest one. */
function ExceptionTicks({ zone }: { readonly zone: BoardZone }) {
  const marks = useBoard((state) => state.marks);
  const changes = useBoard((state) => state.changes);
  const drifted = useBoard((state) => state.drifted);
  const found = useBoard((state) => state.found);
  const { view } = useDesignerParts();
  const { select, setCollapsed } = useDesignerActions();
  const width = Math.max(1, zone.cells.length) * zone.metrics.column - 8;
  const kindOf = (key: EntityKey): TickKind | null =>
    found?.has(key)
      ? "found"
      : (marks.get(key)?.severity ?? (drifted.has(key) ? "drift" : changes.has(key) ? "changed" : null));
  const ticks = tickList(zone.rows, kindOf, width);
  if (ticks.length === 0) return null;

  function jump(event: MouseEvent<SVGSVGElement>) {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width;
    const nearest = ticks.reduce((best, tick) => (Math.abs(tick.x - x) < Math.abs(best.x - x) ? tick : best));
    const key = vnetKey(nearest.id);
    setCollapsed(zone.zone.id, false);
    select(key);
    setTimeout(() => view.reveal(key));
  }

  const path = (kind: TickKind) =>
    ticks
      .filter((tick) => tick.kind === kind)
      .map((tick) => `M${tick.x} ${TOP[kind]}V10`)
      .join("");
  const words = tickWords(ticks);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list of problems is the keyboard's way
    <svg
      role="img"
      aria-label={`In ${zone.zone.id}: ${words}`}
      width={width}
      height={14}
      viewBox={`0 0 ${width} 14`}
      onClick={jump}
      className="nopan absolute bottom-0.5 cursor-pointer"
      style={{ left: zone.metrics.gutter }}
    >
      <title>{`${words}; press to go there`}</title>
      <path d={`M0 12H${width}`} stroke="var(--hairline)" />
      <path d={path("found")} stroke="var(--accent)" strokeWidth={3} />
      <path d={path("changed")} stroke="var(--accent)" strokeWidth={2} />
      <path d={path("drift")} stroke="var(--change)" strokeWidth={2} strokeDasharray="2 1.5" />
      <path d={path("warning")} stroke="var(--change)" strokeWidth={2} />
      <path d={path("error")} stroke="var(--destroy)" strokeWidth={3} />
    </svg>
  );
}

type TickKind = "found" | "error" | "warning" | "drift" | "changed";

/** The longer the tick, the more it matters. */
const TOP: Readonly<Record<TickKind, number>> = { found: 0, error: 0, warning: 2, drift: 4, changed: 5 };

interface Tick {
  readonly id: string;
  readonly kind: TickKind;
  readonly x: number;
}

function tickList(
  rows: readonly BoardRow[],
  kindOf: (key: EntityKey) => TickKind | null,
  width: number,
): readonly Tick[] {
  return rows.flatMap(({ vnet }, index) => {
    const kind = kindOf(vnetKey(vnet.id));
    const x = Math.round((index / Math.max(1, rows.length - 1)) * (width - 4)) + 2;
    return kind === null ? [] : [{ id: vnet.id, kind, x }];
  });
}

/** "2 with errors, 14 changed". */
function tickWords(ticks: readonly Tick[]): string {
  const names = {
    found: "found",
    error: "with errors",
    warning: "with warnings",
    drift: "drifted",
    changed: "changed",
  } as const;
  return (Object.keys(names) as TickKind[])
    .map((kind) => [ticks.filter((tick) => tick.kind === kind).length, names[kind]] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}

function span(tags: readonly number[]): string {
  const first = tags[0];
  const last = tags.at(-1);
  return first === last ? String(first) : `${first}–${last}`;
}
