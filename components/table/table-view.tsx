"use client";

import { useMemo, useState } from "react";
import { useBoard, useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { keysFound } from "@/lib/core/layout/find";
import { PasteRowsDialog } from "./paste-rows-dialog";
import { RangeDialog } from "./range-dialog";
import { type Sorting, sortRows } from "./sort-rows";
import { COLUMNS, type ColumnId } from "./table-columns";
import { TableEmpty } from "./table-empty";
import { TableGrid } from "./table-grid";
import { type RowKind, type TableRow, tableRows } from "./table-rows";
import type { RowFilter, TableDialog } from "./table-state";
import { TableToolbar } from "./table-toolbar";
import { useShownColumns } from "./use-shown-columns";

/** The layout as a sheet: one row per VNet or per subnet, everything editable where it stands. */
export function TableView() {
  const layout = useDesigner((state) => state.layout);
  const filter = useDesigner((state) => state.filter);
  const nics = useBoard((state) => state.nics);
  const facts = useBoard((state) => state.facts);
  const marks = useBoard((state) => state.marks);
  const changes = useBoard((state) => state.changes);
  const { say } = useDesignerActions();
  const [kind, setKind] = useState<RowKind>("vnet");
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [only, setOnly] = useState<RowFilter>("all");
  const [dialog, setDialog] = useState<TableDialog | null>(null);
  const [shown, setShown] = useShownColumns();

  const guests = facts?.guests ?? null;
  const all = useMemo(
    () => tableRows({ layout, nics, nicsKnown: guests !== null, marks, changes }, kind),
    [layout, nics, guests, marks, changes, kind],
  );
  const found = useMemo(() => keysFound(layout, filter, guests ?? []), [layout, filter, guests]);
  const rows = useMemo(() => sortRows(all.filter(chosen(only, found)), sorting), [all, only, found, sorting]);
  const columns = COLUMNS.filter(({ id }) => shown.has(id));

  function sort(column: ColumnId) {
    const next = sorting?.column !== column ? { column, down: false } : sorting.down ? null : { column, down: true };
    setSorting(next);
    const label = COLUMNS.find(({ id }) => id === column)?.label;
    say(next === null ? "Sorted by zone and tag" : `Sorted by ${label}, ${next.down ? "descending" : "ascending"}`);
  }

  return (
    <>
      <TableToolbar
        kind={kind}
        onKind={setKind}
        all={all}
        shownRows={rows.length}
        only={only}
        onOnly={setOnly}
        filtered={found !== null}
        columns={shown}
        onColumns={setShown}
        onDialog={setDialog}
      />
      {all.length === 0 ? (
        <TableEmpty kind={kind} onDialog={setDialog} />
      ) : (
        <TableGrid
          rows={rows}
          columns={columns}
          sorting={sorting}
          found={found}
          onSort={sort}
          onPaste={(text) => setDialog({ kind: "paste", text })}
        />
      )}
      {dialog?.kind === "paste" && <PasteRowsDialog text={dialog.text} onClose={() => setDialog(null)} />}
      {dialog?.kind === "range" && <RangeDialog onClose={() => setDialog(null)} />}
    </>
  );
}

const chosen =
  (only: RowFilter, found: ReadonlySet<string> | null) =>
  (row: TableRow): boolean =>
    only === "problems" ? row.problems > 0 : only === "matches" && found !== null ? found.has(row.key) : true;
