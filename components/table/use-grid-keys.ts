"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { useDesignerParts } from "@/components/designer/designer-context";
import { removeOrAsk } from "@/components/designer/remove";
import { clearCell, fillFrom, fillSelected, toggleCell, writeCell } from "./cell-edits";
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

/** How many rows down and columns to the right each of them goes. */
const STEPS = { up: [-1, 0], down: [1, 0], left: [0, -1], right: [0, 1] } as const;

export type GridKeys = ReturnType<typeof useGridKeys>;

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
  const [inHeader, setInHeader] = useState(false);
  const column = Math.min(wanted, columns.length - 1);
  const row = rows[at];
  const current = columns[column];
  const cell = row && current ? `${row.key} ${current.id}` : "";
  const { editing, isOpen, setEditing } = useEditing(cell);

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
    else if (by.flag) toggleCell(store, of, by);
    else setEditing({ cell: `${of.key} ${by.id}`, text, error: null, all });
  }

  /** Takes the text into the layout; false when it cannot be, and then it stays in the field with the reason. */
  function commit(): boolean {
    if (editing === null || !row || !current || editing.text === current.text(row)) return true;
    const error = writeCell(store, row, current, editing.text);
    if (error !== null) setEditing({ ...editing, error });
    return error === null;
  }

  function done(leave: Leave) {
    if (editing === null || !isOpen()) return;
    if (leave !== "cancel" && !commit()) return;
    setEditing(null);
    if (leave === "stay") return;
    view.focus();
    if (leave === "cancel") return;
    const [down, right] = STEPS[leave];
    moveTo(Math.max(0, at + down), column + right);
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
        return row && current && toggleCell(store, row, current);
      case "clear":
        return row && current && clearCell(store, row, current);
      case "remove":
        return removeOrAsk(designer, [...store.getState().selected]);
      case "fill":
        return current && fillSelected(store, { rows, column: current });
      case "select":
        return row && actions.select(row.key, "toggle");
    }
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
    fill: (from: number, into: readonly number[]) => current && fillFrom(store, { rows, column: current }, from, into),
    write: (text: string) => setEditing(editing && { ...editing, text, error: null }),
    done,
    onKeyDown,
  };
}

/** The edit under way, as long as the keyboard is in its cell. */
function useEditing(cell: string) {
  const [kept, keep] = useState<Editing | null>(null);
  // Leaving the field by the keyboard makes it blur, and that must not take the text a second time.
  const open = useRef(false);
  return {
    editing: kept?.cell === cell ? kept : null,
    isOpen: () => open.current,
    setEditing: (next: Editing | null) => {
      open.current = next !== null;
      keep(next);
    },
  };
}
