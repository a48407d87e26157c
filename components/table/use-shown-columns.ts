"use client";

import { useState } from "react";
import { COLUMNS, type ColumnId } from "./table-columns";

const KEY = "trunkline:table-columns";
const USUAL: ReadonlySet<ColumnId> = new Set(COLUMNS.flatMap(({ id, hidden }) => (hidden ? [] : [id])));

/** Which columns are shown, kept in this browser for every layout. */
export function useShownColumns(): readonly [ReadonlySet<ColumnId>, (columns: ReadonlySet<ColumnId>) => void] {
  const [columns, setColumns] = useState(read);
  return [
    columns,
    (next) => {
      setColumns(next);
      try {
        window.localStorage.setItem(KEY, [...next].join(" "));
      } catch {
        // A browser without storage: the choice lasts as long as the page.
      }
    },
  ];
}

function read(): ReadonlySet<ColumnId> {
  try {
    const kept = new Set((window.localStorage.getItem(KEY) ?? "").split(" "));
    const known = COLUMNS.flatMap(({ id }) => (kept.has(id) ? [id] : []));
    return known.length > 0 ? new Set(known) : USUAL;
  } catch {
    return USUAL;
  }
}
