"use client";

import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { ChangeCounts } from "@/components/ui/change-symbol";
import type { Change, Step } from "@/lib/core/plan/step";
import { ChangeRow, entitiesByKey } from "./change-row";
import { VirtualList } from "./virtual-list";
import { type PlanRow, zoneRows } from "./zone-rows";

/** Below this many rows the page simply scrolls; above it only the rows in sight are drawn. */
const VIRTUAL_FROM = 200;

interface ChangeListProps {
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
  return (
    <VirtualList
      label="Objects"
      count={rows.length}
      rowHeight={34}
      rowKey={(index) => keyAt(rows, index)}
      row={(index) => {
        const row = rows[index];
        return row ? draw(row) : null;
      }}
      className="@container h-[min(70vh,56rem)]"
      rowClassName="border-b border-hairline"
    />
  );
}

function keyAt(rows: readonly PlanRow[], index: number): string {
  const row = rows[index];
  return row ? rowKey(row) : "";
}

const rowKey = (row: PlanRow): string => (row.type === "zone" ? `# ${row.zone}` : row.change.key);

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
