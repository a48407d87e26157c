"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ChevronRight } from "lucide-react";
import { useMemo, useRef, useState } from "react";
import { ChangeCounts } from "@/components/ui/change-symbol";
import type { Change, Step } from "@/lib/core/plan/step";
import { ChangeRow, entitiesByKey } from "./change-row";
import { type PlanRow, zoneRows } from "./zone-rows";

/** Below this many rows the page simply scrolls; above it only the rows in sight are drawn. */
const VIRTUAL_FROM = 200;

export interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly steps: readonly Step[];
}

/** What happens to each object, grouped by zone. */
export function ChangeList({ changes, steps }: ChangeListProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => zoneRows(changes, closed), [changes, closed]);
  const entities = useMemo(() => entitiesByKey(steps), [steps]);
  const toggle = (zone: string) =>
    setClosed((before) => {
      const after = new Set(before);
      if (!after.delete(zone)) after.add(zone);
      return after;
    });
  const draw = (row: PlanRow) =>
    row.type === "zone" ? (
      <ZoneHeading row={row} onToggle={() => toggle(row.zone)} />
    ) : (
      <ChangeRow change={row.change} entity={entities.get(row.change.key)} />
    );

  if (rows.length <= VIRTUAL_FROM) {
    return (
      <ul className="@container divide-y divide-hairline">
        {rows.map((row) => (
          <li key={rowKey(row)}>{draw(row)}</li>
        ))}
      </ul>
    );
  }
  return <VirtualRows rows={rows} draw={draw} />;
}

const rowKey = (row: PlanRow): string => (row.type === "zone" ? `# ${row.zone}` : row.change.key);

interface VirtualRowsProps {
  readonly rows: readonly PlanRow[];
  readonly draw: (row: PlanRow) => React.ReactNode;
}

function VirtualRows({ rows, draw }: VirtualRowsProps) {
  "use no memo"; // the virtualizer mutates itself, which memoised output would not see
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 34,
    overscan: 12,
    getItemKey: (index) => {
      const row = rows[index];
      return row ? rowKey(row) : index;
    },
  });
  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
      tabIndex={0}
      aria-label="Objects"
      className="@container h-[min(70vh,56rem)] overflow-y-auto"
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return row ? (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className="absolute inset-x-0 top-0 border-b border-hairline"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {draw(row)}
            </li>
          ) : null;
        })}
      </ul>
    </section>
  );
}

interface ZoneHeadingProps {
  readonly row: Extract<PlanRow, { type: "zone" }>;
  readonly onToggle: () => void;
}

function ZoneHeading({ row, onToggle }: ZoneHeadingProps) {
  return (
    <button
      type="button"
      aria-expanded={row.open}
      onClick={onToggle}
      className="flex w-full items-center gap-2 bg-bg px-4 py-1.5 text-left hover:bg-hover"
    >
      <ChevronRight aria-hidden="true" className={`size-3.5 text-text-3 ${row.open ? "rotate-90" : ""}`} />
      <span className="text-text-3">Zone</span>
      <span className="mono font-medium">{row.zone}</span>
      <span className="ml-auto flex items-center gap-3 text-xs">
        <span className="text-text-3 tabular-nums">
          {row.total} {row.total === 1 ? "object" : "objects"}
        </span>
        <ChangeCounts counts={row.counts} />
      </span>
    </button>
  );
}
