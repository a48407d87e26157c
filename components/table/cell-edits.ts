import type { Change } from "@/components/designer/designer-state";
import type { DesignerStore } from "@/components/designer/designer-store";
import { fillRows } from "./fill";
import type { TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";

/** Takes a text into the layout as the value of a cell. Gives the reason when it cannot be. */
export function writeCell(store: DesignerStore, row: TableRow, column: TableColumn, text: string): string | null {
  const { layout, actions } = store.getState();
  const change = column.edit?.(row, text, layout);
  if (!change?.ok) return change?.error ?? null;
  if (change.value) actions.change(keptIn(row, change.value));
  return null;
}

/** An edit in the table leaves the cursor in its row, also where the same edit elsewhere would go to the new object. */
const keptIn = (row: TableRow, change: Change): Change =>
  change.cursor === undefined || row.kind === "subnet" ? change : { ...change, cursor: row.key };

/** Turns a cell that is yes or no over. */
export function toggleCell(store: DesignerStore, row: TableRow, column: TableColumn): void {
  const error = writeCell(store, row, column, column.text(row) === "" ? "yes" : "no");
  if (error !== null) store.getState().actions.say(error);
}

export function clearCell(store: DesignerStore, row: TableRow, column: TableColumn): void {
  const { locked, actions } = store.getState();
  if (!column.edit) return;
  const error = locked ?? writeCell(store, row, column, "");
  if (error !== null) actions.say(error);
}

/** The rows in their order, and the column in which a value is carried. */
interface Filled {
  readonly rows: readonly TableRow[];
  readonly column: TableColumn;
}

/** The value of the first selected row goes into the others: one edit. */
export function fillSelected(store: DesignerStore, { rows, column }: Filled): void {
  const { selected, locked, actions } = store.getState();
  const chosen = rows.flatMap((each, index) => (selected.has(each.key) ? [index] : []));
  const [first, ...others] = chosen;
  if (first === undefined || others.length === 0) {
    actions.say(locked ?? "Select several rows first; the first one's value goes to the others");
  } else fillFrom(store, { rows, column }, first, others);
}

/** Carries the value of a row into other rows. */
export function fillFrom(store: DesignerStore, { rows, column }: Filled, from: number, into: readonly number[]): void {
  const { layout, locked, actions } = store.getState();
  const source = rows[from];
  if (locked !== null) actions.say(locked);
  if (locked !== null || !source) return;
  const targets = into.flatMap((index) => {
    const target = rows[index];
    return target ? [{ row: target, step: index - from }] : [];
  });
  const filled = fillRows(layout, { column, source, targets });
  if (!filled.ok) actions.say(filled.error);
  else {
    const words = targets.length === 1 ? "one row" : `${targets.length} rows`;
    actions.change({ label: `Fill ${column.label} of ${words} from ${source.vnet.id}`, apply: () => filled.value });
  }
}
