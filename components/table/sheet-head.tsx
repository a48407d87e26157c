// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the cell
// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with scrolling; a table element cannot do that
"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { classNames } from "@/components/ui/class-names";
import { EDGE, ROW } from "./sheet-row";
import type { Sorting } from "./sort-rows";
import type { ColumnId, TableColumn } from "./table-columns";

interface SheetHeadProps {
  /** The headings are `${id}-0` and so on. */
  readonly id: string;
  readonly columns: readonly TableColumn[];
  readonly sorting: Sorting | null;
  /** The heading under the keyboard, by its index. */
  readonly active: number | null;
  readonly onSort: (column: ColumnId) => void;
}

/** The headings of the sheet, always in sight; a press sorts. */
export function SheetHead({ id, columns, sorting, active, onSort }: SheetHeadProps) {
  return (
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
          id={`${id}-${index}`}
          column={each}
          sorting={sorting?.column === each.id ? sorting : null}
          active={active === index}
          onSort={() => onSort(each.id)}
        />
      ))}
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
