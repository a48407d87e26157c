// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the cell
// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with scrolling; a table element cannot do that
"use client";

import type { PointerEvent } from "react";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { selectThrough } from "@/components/designer/select-through";
import { classNames } from "@/components/ui/class-names";
import type { EntityKey } from "@/lib/core/plan/entity";
import { canFill } from "./fill";
import { TableCell } from "./table-cell";
import type { TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";
import type { GridKeys } from "./use-grid-keys";

/** Height of a row and of the headings, and width of their left edge. */
export const ROW = 30;
export const EDGE = 34;

interface SheetRowProps {
  /** Its cells are `${id}-0` and so on. */
  readonly id: string;
  readonly row: TableRow;
  readonly index: number;
  readonly top: number;
  readonly width: number;
  readonly columns: readonly TableColumn[];
  readonly found: ReadonlySet<EntityKey> | null;
  readonly faults: ReadonlyMap<string, string>;
  /** The keyboard is in this row. */
  readonly active: boolean;
  /** A value is being pulled over this row. */
  readonly filling: boolean;
  readonly grid: GridKeys;
  readonly onPull: (event: PointerEvent<HTMLElement>) => void;
}

/** One row of the sheet: its edge, and a cell for each column. */
export function SheetRow(props: SheetRowProps) {
  const { id, row, index, top, width, columns, found, faults, active, filling, grid, onPull } = props;
  const designer = useDesignerParts();
  const { select } = useDesignerActions();
  const chosen = useDesigner((state) => state.selected.has(row.key));
  const locked = useDesigner((state) => state.locked !== null);
  return (
    <div
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
      style={{ top, height: ROW, width }}
    >
      <RowEdge row={row} chosen={chosen} onToggle={() => select(row.key, "toggle")} />
      {columns.map((each, cell) => {
        const here = cell === grid.column;
        return (
          <TableCell
            key={each.id}
            id={`${id}-${cell}`}
            row={row}
            column={each}
            columnIndex={cell}
            active={active && here}
            fault={each.field ? (faults.get(`${row.key} ${each.field}`) ?? null) : null}
            editing={active && here ? grid.editing : null}
            filling={filling && here}
            onPull={active && here && !locked && canFill(each) ? onPull : undefined}
            onPress={(event) => {
              if (event.shiftKey) selectThrough(designer, row.key);
              else select(row.key, event.metaKey || event.ctrlKey ? "toggle" : "only");
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
    // biome-ignore lint/a11y/noStaticElementInteractions: Shift and an arrow do the same
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
