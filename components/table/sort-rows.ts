import { COLUMNS, type ColumnId } from "./table-columns";
import type { TableRow } from "./table-rows";

export interface Sorting {
  readonly column: ColumnId;
  readonly down: boolean;
}

/** The rows in another order; null keeps theirs. Rows that are equal keep their order. */
export function sortRows(rows: readonly TableRow[], sorting: Sorting | null): readonly TableRow[] {
  const column = COLUMNS.find(({ id }) => id === sorting?.column);
  if (!column || !sorting) return rows;
  const { order, text } = column;
  const sign = sorting.down ? -1 : 1;
  const compare = new Intl.Collator("en", { numeric: true }).compare;
  const keyed = rows.map((row) => ({ row, number: order?.(row) ?? 0, text: text(row) }));
  keyed.sort((a, b) => sign * (a.number - b.number || compare(a.text, b.text)) || 0);
  return keyed.map(({ row }) => row);
}
