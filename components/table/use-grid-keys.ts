"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { useDesignerParts } from "@/components/designer/designer-context";
import type { Change } from "@/components/designer/designer-state";
import { removeOrAsk } from "@/components/designer/remove";
import { fillRows } from "./fill";
import { gridAction } from "./grid-keys";
import type { ColumnId, TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";

/** A cell being edited: its text, why it cannot be taken, and whether a first key replaces all of it. */
export interface Editing {
  /** The row and column it belongs to; another row is not what the text was written for. */
  readonly cell: string;
  readonly text: string;
  readonly error: string | null;
  readonly all: boolean;
}

/** Where the keyboard goes after an edit; `cancel` gives the old value back, `stay` is leaving by the mouse. */
export type Leave = "up" | "down" | "left" | "right" | "stay" | "cancel";

interface GridKeysOptions {
  readonly rows: readonly TableRow[];
  readonly columns: readonly TableColumn[];
  /** The row under the keyboard, -1 for none. */
  readonly at: number;
  readonly onSort: (column: ColumnId) => void;
  readonly scrollTo: (index: number) => void;
}

/** What the keys do in the sheet: move, edit, fill, and select, as in a spreadsheet. */
export function useGridKeys({ rows, columns, at, onSort, scrollTo }: GridKeysOptions) {
  const designer = useDesignerParts();
  const { store, view } = designer;
  const { actions } = store.getState();
  const [wanted, setColumn] = useState(2);
  const [kept, keep] = useState<Editing | null>(null);
  // Leaving the field by the keyboard makes it blur, and that must not take the text a second time.
  const open = useRef<Editing | null>(null);
  const [inHeader, setInHeader] = useState(false);
  const column = Math.min(wanted, columns.length - 1);
  const row = rows[at];
  const current = columns[column];
  const cell = row && current ? `${row.key} ${current.id}` : "";
  const editing = kept?.cell === cell ? kept : null;
  const setEditing = (next: Editing | null) => {
    open.current = next;
    keep(next);
  };

  function moveTo(index: number, to: number, extend = false) {
    setInHeader(index < 0);
    setColumn(Math.max(0, Math.min(columns.length - 1, to)));
    if (index < 0) return;
    const bounded = Math.min(rows.length - 1, index);
    const next = rows[bounded];
    if (!next) return;
    if (extend) actions.extend(next.key);
    else actions.select(next.key);
    scrollTo(bounded);
  }

  function edit(of: TableRow, by: TableColumn, text = by.text(of), all = true) {
    const { locked } = store.getState();
    if (locked !== null) actions.say(locked);
    else if (!by.edit) actions.say(`${by.label} is read from the cluster`);
    else if (by.flag) toggle(of, by);
    else setEditing({ cell: `${of.key} ${by.id}`, text, error: null, all });
  }

  function toggle(of: TableRow, by: TableColumn) {
    const change = by.edit?.(of, by.text(of) === "" ? "yes" : "no", store.getState().layout);
    if (change?.ok && change.value) actions.change(keptIn(of, change.value));
    else if (change && !change.ok) actions.say(change.error);
  }

  /** Takes the text into the layout; false when it cannot be, and then it stays in the field with the reason. */
  function commit(): boolean {
    if (editing === null || !row || !current?.edit) return true;
    if (editing.text === current.text(row)) return true;
    const change = current.edit(row, editing.text, store.getState().layout);
    if (!change.ok) {
      setEditing({ ...editing, error: change.error });
      return false;
    }
    if (change.value) actions.change(keptIn(row, change.value));
    return true;
  }

  function done(leave: Leave) {
    if (editing === null || open.current === null) return;
    if (leave !== "cancel" && !commit()) return;
    setEditing(null);
    if (leave === "stay") return;
    view.focus();
    if (leave === "down") moveTo(at + 1, column);
    if (leave === "up") moveTo(Math.max(0, at - 1), column);
    if (leave === "right") moveTo(at, column + 1);
    if (leave === "left") moveTo(at, column - 1);
  }

  /** The value of the first selected row goes into the others: one edit. */
  function fillDown() {
    const { selected } = store.getState();
    const chosen = rows.flatMap((each, index) => (selected.has(each.key) ? [index] : []));
    const [first, ...others] = chosen;
    if (first === undefined || others.length === 0) {
      actions.say(store.getState().locked ?? "Select several rows first; the first one's value goes to the others");
    } else fill(first, others);
  }

  /** Carries the value of a row in the current column into other rows. */
  function fill(from: number, into: readonly number[]) {
    const { layout, locked } = store.getState();
    const source = rows[from];
    if (locked !== null) actions.say(locked);
    if (locked !== null || !source || !current) return;
    const targets = into.flatMap((index) => {
      const target = rows[index];
      return target ? [{ row: target, step: index - from }] : [];
    });
    const filled = fillRows(layout, { column: current, source, targets });
    if (!filled.ok) actions.say(filled.error);
    else {
      const words = targets.length === 1 ? "one row" : `${targets.length} rows`;
      actions.change({
        label: `Fill ${current.label} of ${words} from ${source.vnet.id}`,
        apply: () => filled.value,
      });
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    const flag = current?.flag === true;
    const place = { at, column, rows: rows.length, columns: columns.length, inHeader, flag };
    const action = gridAction(event, place);
    if (action === null) return;
    event.preventDefault();
    switch (action.do) {
      case "move":
        return moveTo(action.row, action.column, action.extend);
      case "sort":
        return current && onSort(current.id);
      case "edit":
        return row && current && edit(row, current);
      case "type":
        return row && current && edit(row, current, action.text, false);
      case "toggle":
        return row && current && toggle(row, current);
      case "clear":
        return clear();
      case "remove":
        return removeOrAsk(designer, [...store.getState().selected]);
      case "fill":
        return fillDown();
      case "select":
        return row && actions.select(row.key, "toggle");
    }
  }

  function clear() {
    if (!row || !current?.edit) return;
    const { locked, layout } = store.getState();
    const change = current.edit(row, "", layout);
    if (locked !== null) actions.say(locked);
    else if (!change.ok) actions.say(change.error);
    else if (change.value) actions.change(keptIn(row, change.value));
  }

  return {
    column,
    inHeader,
    editing,
    goTo: (to: number) => {
      setInHeader(false);
      setColumn(to);
      view.focus();
    },
    edit,
    fill,
    write: (text: string) => setEditing(editing && { ...editing, text, error: null }),
    done,
    onKeyDown,
  };
}

/** An edit in the table leaves the cursor in its row, also where the same edit elsewhere would go to the new object. */
const keptIn = (row: TableRow, change: Change): Change =>
  change.cursor === undefined || row.kind === "subnet" ? change : { ...change, cursor: row.key };
