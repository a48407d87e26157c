"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { useDesignerParts } from "@/components/designer/designer-context";
import type { Change } from "@/components/designer/designer-store";
import { removeOrAsk } from "@/components/designer/remove";
import type { Layout } from "@/lib/core/layout/model";
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

const PAGE = 20;

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

  /** The value of the first selected row for all the others: one edit. */
  function fillDown() {
    const { selected, layout, locked } = store.getState();
    const chosen = rows.filter(({ key }) => selected.has(key));
    const [first, ...others] = chosen;
    if (locked !== null || !first || others.length === 0 || !current?.edit) {
      actions.say(locked ?? "Select several rows first; the first one's value goes to the others");
      return;
    }
    if (current.id === "id") {
      actions.say("An id belongs to one VNet only");
      return;
    }
    const text = current.text(first);
    let next: Layout = layout;
    for (const each of others) {
      const change = current.edit(each, text, next);
      if (!change.ok) {
        actions.say(`${each.vnet.id}: ${change.error}`);
        return;
      }
      if (change.value) next = change.value.apply(next);
    }
    actions.change({
      label: `Fill ${current.label} of ${others.length} rows with ${text || "nothing"}`,
      apply: () => next,
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.defaultPrevented) return;
    const mod = event.metaKey || event.ctrlKey;
    const { shiftKey } = event;
    const last = rows.length - 1;
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => moveTo(inHeader ? 0 : mod ? last : at + 1, column, shiftKey),
      ArrowUp: () => moveTo(mod ? 0 : at - 1, column, shiftKey && at > 0),
      ArrowRight: () => moveTo(inHeader ? -1 : at, mod ? columns.length - 1 : column + 1, false),
      ArrowLeft: () => moveTo(inHeader ? -1 : at, mod ? 0 : column - 1, false),
      Home: () => moveTo(mod ? 0 : at, 0),
      End: () => moveTo(mod ? last : at, columns.length - 1),
      PageDown: () => moveTo(at + PAGE, column, shiftKey),
      PageUp: () => moveTo(Math.max(0, at - PAGE), column, shiftKey),
      Enter: () => (inHeader ? current && onSort(current.id) : row && current && edit(row, current)),
      F2: () => row && current && edit(row, current),
    };
    const remove = event.key === "Delete" || event.key === "Backspace";
    const typed = event.key.length === 1 && !mod && !event.altKey;
    const move = event.altKey ? undefined : moves[event.key];
    if (move) move();
    else if (remove && mod) removeOrAsk(designer, [...store.getState().selected]);
    else if (remove && !event.altKey) clear();
    else if (mod && shiftKey && event.key.toLowerCase() === "d") fillDown();
    else if (event.key === " " && shiftKey && row) actions.select(row.key, "toggle");
    else if (typed && row && current && !inHeader) {
      if (event.key === " " && current.flag) toggle(row, current);
      else edit(row, current, event.key, false);
    } else return;
    event.preventDefault();
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
    write: (text: string) => setEditing(editing && { ...editing, text, error: null }),
    done,
    onKeyDown,
  };
}

/** An edit in the table leaves the cursor in its row, also where the same edit elsewhere would go to the new object. */
const keptIn = (row: TableRow, change: Change): Change =>
  change.cursor === undefined || row.kind === "subnet" ? change : { ...change, cursor: row.key };
