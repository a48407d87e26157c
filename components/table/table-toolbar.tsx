"use client";

import { ClipboardPaste, Columns3, ListPlus, Plus } from "lucide-react";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { IconButton } from "@/components/ui/icon-button";
import { Popover } from "@/components/ui/popover";
import { addVnetRow } from "./add-vnet-row";
import { COLUMNS, type ColumnId } from "./table-columns";
import { ROW_KINDS, type RowKind, type TableRow } from "./table-rows";
import type { RowFilter, TableDialog } from "./table-state";

interface TableToolbarProps {
  readonly kind: RowKind;
  readonly onKind: (kind: RowKind) => void;
  readonly all: readonly TableRow[];
  readonly shownRows: number;
  readonly only: RowFilter;
  readonly onOnly: (only: RowFilter) => void;
  /** Something is looked for in the view bar. */
  readonly filtered: boolean;
  readonly columns: ReadonlySet<ColumnId>;
  readonly onColumns: (columns: ReadonlySet<ColumnId>) => void;
  readonly onDialog: (dialog: TableDialog) => void;
}

/** What the table shows, how many rows that are, and the ways to add many at once. */
export function TableToolbar(props: TableToolbarProps) {
  const { kind, onKind, all, shownRows, only, onOnly, filtered, columns, onColumns, onDialog } = props;
  const designer = useDesignerParts();
  const locked = useDesigner((state) => state.locked);
  const zones = useDesigner((state) => state.layout.zones.length);
  const { say } = useDesignerActions();
  const wrong = all.filter(({ problems }) => problems > 0).length;
  const noZone = zones === 0 ? "Add a zone first" : null;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-hairline border-b bg-surface px-3 py-1.5">
      <fieldset className="flex rounded-sm border border-control p-px">
        <legend className="sr-only">Rows</legend>
        {ROW_KINDS.map(({ id, label }) => (
          <button
            key={id}
            type="button"
            aria-pressed={kind === id}
            onClick={() => onKind(id)}
            className={`h-6 rounded-xs px-2 text-xs pointer-coarse:h-11 ${kind === id ? "bg-accent-soft font-medium text-text" : "text-text-2 hover:bg-hover"}`}
          >
            {label}
          </button>
        ))}
      </fieldset>
      <p className="text-text-3 text-xs" aria-live="polite">
        {shownRows === all.length ? `${text(all.length)} rows` : `${text(shownRows)} of ${text(all.length)} rows`}
      </p>
      {wrong > 0 && (
        <Button
          size="sm"
          variant="ghost"
          aria-pressed={only === "problems"}
          onClick={() => onOnly(only === "problems" ? "all" : "problems")}
        >
          {only === "problems" ? "Show all rows" : `${text(wrong)} of ${text(all.length)} rows need attention`}
        </Button>
      )}
      {filtered && (
        <Checkbox
          label={<span className="text-xs">Only matches</span>}
          checked={only === "matches"}
          onChange={(on) => onOnly(on ? "matches" : "all")}
        />
      )}
      <div className="ml-auto flex items-center gap-1.5">
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          disabledReason={locked ?? noZone}
          onClick={() => {
            const problem = addVnetRow(designer);
            if (problem !== null) say(problem);
          }}
        >
          VNet
        </Button>
        <Button
          size="sm"
          icon={<ListPlus aria-hidden size={14} />}
          disabledReason={locked ?? noZone}
          onClick={() => onDialog({ kind: "range" })}
        >
          Range
        </Button>
        <Button
          size="sm"
          icon={<ClipboardPaste aria-hidden size={14} />}
          disabledReason={locked ?? noZone}
          onClick={() => onDialog({ kind: "paste", text: "" })}
        >
          Paste rows
        </Button>
        <Popover
          label="Columns"
          trigger={<IconButton size="sm" label="Columns" icon={<Columns3 aria-hidden size={14} />} />}
        >
          <div className="flex flex-col gap-1">
            {COLUMNS.map(({ id, label }) => (
              <Checkbox
                key={id}
                label={label}
                checked={columns.has(id)}
                disabled={id === "id"}
                onChange={(on) =>
                  onColumns(
                    new Set(COLUMNS.flatMap((each) => ((each.id === id ? on : columns.has(each.id)) ? [each.id] : []))),
                  )
                }
              />
            ))}
          </div>
        </Popover>
      </div>
    </div>
  );
}

const text = (count: number): string => count.toLocaleString("en");
