// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the cell
// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with scrolling; a table element cannot do that
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown, ArrowUp } from "lucide-react";
import { useEffect, useId, useMemo, useRef } from "react";
import { useDesigner, useDesignerParts } from "@/components/designer/designer-context";
import { selectThrough } from "@/components/designer/select-through";
import { classNames } from "@/components/ui/class-names";
import type { EntityKey } from "@/lib/core/plan/entity";
import { canFill } from "./fill";
import type { Sorting } from "./sort-rows";
import { TableCell } from "./table-cell";
import type { ColumnId, TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";
import { useFillDrag } from "./use-fill-drag";
import { useGridKeys } from "./use-grid-keys";

const ROW = 30;
const EDGE = 34;
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
  const designer = useDesignerParts();
  const { store, view } = designer;
  const { actions } = store.getState();
  const name = useDesigner((state) => state.layout.name);
  const selected = useDesigner((state) => state.selected);
  const cursor = useDesigner((state) => state.cursor);
  const locked = useDesigner((state) => state.locked !== null);
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
  const grid = useGridKeys({ rows, columns, at, onSort, scrollTo: (index) => virtual.scrollToIndex(index) });
  const { column, editing } = grid;
  const pull = useFillDrag({
    scroller,
    row: ROW,
    rows: rows.length,
    scrollTo: (index) => virtual.scrollToIndex(index),
    fill: grid.fill,
  });
  const width = EDGE + columns.reduce((sum, each) => sum + each.width, 0);

  const latest = useRef({ rows, scrollTo: virtual.scrollToIndex });
  useEffect(() => {
    latest.current = { rows, scrollTo: virtual.scrollToIndex };
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
    [view],
  );
  const headed = grid.inHeader;
  const activeId = headed ? `${base}-h-${column}` : at < 0 ? undefined : `${base}-${at}-${column}`;

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
        if (event.target === event.currentTarget && at < 0 && rows[0]) actions.select(rows[0].key);
      }}
      onPaste={(event) => {
        const text = event.clipboardData.getData("text/plain");
        const ours = event.clipboardData.types.includes("application/x-trunkline-objects+json");
        if (ours || editing !== null || text === "" || store.getState().locked !== null) return;
        event.preventDefault();
        onPaste(text);
      }}
      className="group/grid relative min-h-0 flex-1 overflow-auto bg-surface outline-offset-[-2px]"
    >
      <div style={{ width, height: (rows.length + 1) * ROW }} className="relative">
        <div
          role="row"
          aria-rowindex={1}
          className="sticky top-0 z-10 flex border-hairline border-b bg-bg"
          style={{ height: ROW }}
        >
          <div role="presentation" className="sticky left-0 z-10 shrink-0 bg-bg" style={{ width: EDGE }} />
          {columns.map((each, index) => (
            <Heading
              key={each.id}
              id={`${base}-h-${index}`}
              column={each}
              sorting={sorting?.column === each.id ? sorting : null}
              active={headed && column === index}
              onSort={() => onSort(each.id)}
            />
          ))}
        </div>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = rows[index];
          if (!row) return null;
          const chosen = selected.has(row.key);
          return (
            <div
              key={row.key}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={chosen}
              data-row={row.key}
              data-found={found === null ? undefined : found.has(row.key)}
              className={classNames(
                "absolute left-0 flex border-hairline border-b",
                chosen ? "bg-accent-soft" : "bg-surface hover:bg-hover",
                found !== null && !found.has(row.key) && "text-text-3",
              )}
              style={{ top: start + ROW, height: ROW, width }}
            >
              <RowEdge row={row} chosen={chosen} onToggle={() => actions.select(row.key, "toggle")} />
              {columns.map((each, cell) => {
                const active = !headed && at === index && cell === column;
                return (
                  <TableCell
                    key={each.id}
                    id={`${base}-${index}-${cell}`}
                    row={row}
                    column={each}
                    columnIndex={cell}
                    active={active}
                    fault={each.field ? (faults.get(`${row.key} ${each.field}`) ?? null) : null}
                    editing={active ? editing : null}
                    filling={cell === column && pull.covers(index)}
                    onPull={active && !locked && canFill(each) ? (event) => pull.start(index, event) : undefined}
                    onPress={(event) => {
                      if (event.shiftKey) selectThrough(designer, row.key);
                      else actions.select(row.key, event.metaKey || event.ctrlKey ? "toggle" : "only");
                      grid.goTo(cell);
                    }}
                    onEdit={() => grid.edit(row, each)}
                    onWrite={grid.write}
                    onDone={grid.done}
                  />
                );
              })}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadingProps {
  readonly id: string;
  readonly column: TableColumn;
  readonly sorting: Sorting | null;
  readonly active: boolean;
  readonly onSort: () => void;
}

function Heading({ id, column, sorting, active, onSort }: HeadingProps) {
  const Arrow = sorting?.down ? ArrowDown : ArrowUp;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid's own keys reach the headings
    <div
      id={id}
      role="columnheader"
      aria-sort={sorting ? (sorting.down ? "descending" : "ascending") : "none"}
      onClick={onSort}
      className={classNames(
        "flex shrink-0 cursor-default select-none items-center gap-1 border-hairline border-l px-2 font-medium text-text-2 text-xs hover:text-text",
        column.right && "justify-end",
        active && "group-focus/grid:outline-2 group-focus/grid:outline-accent group-focus/grid:-outline-offset-2",
      )}
      style={{ width: column.width }}
    >
      <span className="truncate">{column.label}</span>
      {sorting && <Arrow aria-hidden size={12} className="shrink-0" />}
    </div>
  );
}

const SYMBOL = {
  new: { symbol: "+", words: "New since the last apply", colour: "text-add" },
  changed: { symbol: "~", words: "Changed since the last apply", colour: "text-change" },
  gone: { symbol: "−", words: "Removed since the last apply", colour: "text-destroy" },
} as const;

/** The left edge of a row: a press adds it to the selection, a sign says what an apply would do. */
function RowEdge({
  row,
  chosen,
  onToggle,
}: {
  readonly row: TableRow;
  readonly chosen: boolean;
  readonly onToggle: () => void;
}) {
  const sign = row.change === null ? null : SYMBOL[row.change];
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Shift and an arrow do the same
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      role="presentation"
      onClick={onToggle}
      title={sign?.words ?? "Select the row"}
      className={classNames(
        "mono sticky left-0 z-[1] flex shrink-0 cursor-pointer items-center justify-center border-l-2 font-bold text-xs",
        chosen ? "border-accent bg-accent-soft" : "border-transparent bg-inherit",
        sign?.colour,
      )}
      style={{ width: EDGE }}
    >
      {sign?.symbol ?? ""}
    </div>
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

/** `key field` → what is wrong there. Built once per judgement, for any number of cells. */
function useFaults(): ReadonlyMap<string, string> {
  const problems = useDesigner((state) => state.problems);
  return useMemo(() => {
    const faults = new Map<string, string>();
    for (const { at, field, message, severity } of problems) {
      if (severity === "info" || field === undefined) continue;
      for (const key of at) {
        // A table of VNets shows the first subnet's fields in the VNet's row.
        const names = key.startsWith("subnet/") ? [key, `vnet/${key.split("/")[1]}`] : [key];
        for (const name of names) if (!faults.has(`${name} ${field}`)) faults.set(`${name} ${field}`, message);
      }
    }
    return faults;
  }, [problems]);
}
