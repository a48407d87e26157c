// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with scrolling; a table element cannot do that
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useId, useMemo, useRef } from "react";
import { useDesigner, useDesignerParts } from "@/components/designer/designer-context";
import type { EntityKey } from "@/lib/core/plan/entity";
import { SheetHead } from "./sheet-head";
import { EDGE, ROW, SheetRow } from "./sheet-row";
import type { Sorting } from "./sort-rows";
import type { ColumnId, TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";
import { useFaults } from "./use-faults";
import { useFillDrag } from "./use-fill-drag";
import { useGridKeys } from "./use-grid-keys";

const OVERSCAN = 8;

interface TableGridProps {
  readonly rows: readonly TableRow[];
  readonly columns: readonly TableColumn[];
  readonly sorting: Sorting | null;
  /** What answers to the filter; null while nothing is looked for. */
  readonly found: ReadonlySet<EntityKey> | null;
  readonly onSort: (column: ColumnId) => void;
  readonly onPaste: (text: string) => void;
}

/** The sheet: one tab stop, a cell under the keyboard, and only the rows in sight in the document. */
export function TableGrid({ rows, columns, sorting, found, onSort, onPaste }: TableGridProps) {
  const { store } = useDesignerParts();
  const name = useDesigner((state) => state.layout.name);
  const cursor = useDesigner((state) => state.cursor);
  const faults = useFaults();
  const scroller = useRef<HTMLDivElement>(null);
  const base = useId();
  const at = useMemo(() => indexOf(rows, cursor), [rows, cursor]);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollPaddingStart: ROW,
  });
  const scrollTo = virtual.scrollToIndex;
  const grid = useGridKeys({ rows, columns, at, onSort, scrollTo });
  const { column, inHeader } = grid;
  const pull = useFillDrag({ scroller, row: ROW, rows: rows.length, scrollTo, fill: grid.fill });
  useTableHandle(scroller, rows, scrollTo);
  const width = EDGE + columns.reduce((sum, each) => sum + each.width, 0);
  const activeId = inHeader ? `${base}-h-${column}` : at < 0 ? undefined : `${base}-${at}-${column}`;

  return (
    <div
      ref={scroller}
      role="grid"
      tabIndex={0}
      aria-label={`VNets of ${name} as a table`}
      aria-rowcount={rows.length + 1}
      aria-colcount={columns.length}
      aria-multiselectable
      aria-activedescendant={activeId}
      onKeyDown={grid.onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && at < 0 && rows[0]) store.getState().actions.select(rows[0].key);
      }}
      onPaste={(event) => {
        const text = event.clipboardData.getData("text/plain");
        const ours = event.clipboardData.types.includes("application/x-trunkline-objects+json");
        if (ours || grid.editing !== null || text === "" || store.getState().locked !== null) return;
        event.preventDefault();
        onPaste(text);
      }}
      className="group/grid relative min-h-0 flex-1 overflow-auto bg-surface outline-offset-[-2px]"
    >
      <div style={{ width, height: (rows.length + 1) * ROW }} className="relative">
        <SheetHead {...{ columns, sorting, onSort }} id={`${base}-h`} active={inHeader ? column : null} />
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          return (
            <SheetRow
              key={row.key}
              {...{ row, index, width, columns, found, faults, grid }}
              id={`${base}-${index}`}
              top={start + ROW}
              active={!inHeader && at === index}
              filling={pull.covers(index)}
              onPull={(event) => pull.start(index, event)}
            />
          );
        })}
      </div>
    </div>
  );
}

/** Lets other views give the sheet the keyboard, and bring an object into sight in it. */
function useTableHandle(
  scroller: RefObject<HTMLDivElement | null>,
  rows: readonly TableRow[],
  scrollTo: (index: number) => void,
): void {
  const { view } = useDesignerParts();
  const latest = useRef({ rows, scrollTo });
  useEffect(() => {
    latest.current = { rows, scrollTo };
  });
  useEffect(
    () =>
      view.register("table", {
        focus: () => scroller.current?.focus({ preventScroll: true }),
        reveal: (key) => {
          const index = indexOf(latest.current.rows, key);
          if (index >= 0) latest.current.scrollTo(index);
        },
      }),
    [view, scroller],
  );
}

/** Where an object is in the table: its own row, or in a table of VNets that of its VNet. */
function indexOf(rows: readonly TableRow[], key: EntityKey | null): number {
  if (key === null) return -1;
  const own = rows.findIndex((row) => row.key === key);
  if (own >= 0) return own;
  const vnet = key.split("/")[1];
  return key.startsWith("zone/") ? -1 : rows.findIndex((row) => row.vnet.id === vnet);
}
