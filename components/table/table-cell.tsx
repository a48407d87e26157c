// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus, aria-activedescendant names the cell
// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with scrolling; a table element cannot do that
"use client";

import type { MouseEvent, PointerEvent } from "react";
import { classNames } from "@/components/ui/class-names";
import type { TableColumn } from "./table-columns";
import type { TableRow } from "./table-rows";
import type { Editing, Leave } from "./use-grid-keys";

interface TableCellProps {
  readonly id: string;
  readonly row: TableRow;
  readonly column: TableColumn;
  readonly columnIndex: number;
  readonly active: boolean;
  /** What is wrong with the value in the layout. */
  readonly fault: string | null;
  readonly editing: Editing | null;
  /** The cell is among those that a value is being pulled over. */
  readonly filling: boolean;
  /** Begins to pull the value over other rows; missing where that cannot be. */
  readonly onPull: ((event: PointerEvent<HTMLElement>) => void) | undefined;
  readonly onPress: (event: MouseEvent) => void;
  readonly onEdit: () => void;
  readonly onWrite: (text: string) => void;
  readonly onDone: (leave: Leave) => void;
}

/** One cell: its text, what is wrong with it, and the field while it is edited. */
export function TableCell(props: TableCellProps) {
  const { id, row, column, columnIndex, active, fault, editing, filling, onPull, onPress, onEdit } = props;
  const text = column.text(row);
  const more = column.id === "cidr" && row.more > 0;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    <div
      id={id}
      role="gridcell"
      aria-colindex={columnIndex + 1}
      aria-readonly={column.edit ? undefined : true}
      aria-invalid={fault !== null || undefined}
      title={fault ?? undefined}
      onClick={onPress}
      onDoubleClick={onEdit}
      className={classNames(
        "relative flex shrink-0 items-center border-hairline border-l px-2 text-sm",
        column.mono && "mono text-xs",
        column.right && "justify-end",
        column.id === "id" && "font-medium",
        filling && "bg-accent-soft outline-1 outline-accent outline-dashed -outline-offset-1",
        column.id === "problems" && row.problems > 0 && (row.error ? "text-destroy" : "text-change"),
        active && "group-focus/grid:outline-2 group-focus/grid:outline-accent group-focus/grid:-outline-offset-2",
      )}
      style={{ width: column.width }}
    >
      {editing ? (
        <CellEditor
          label={`${column.label} of ${row.vnet.id}`}
          editing={editing}
          onWrite={props.onWrite}
          onDone={props.onDone}
        />
      ) : (
        <span
          className={classNames(
            "truncate",
            fault !== null && "underline decoration-2 decoration-destroy decoration-wavy underline-offset-2",
          )}
        >
          {text}
          {more && <span className="text-text-3">{` +${row.more}`}</span>}
        </span>
      )}
      {onPull && !editing && (
        <span
          aria-hidden
          data-pull
          title="Pull over other rows to fill them"
          onPointerDown={onPull}
          onClick={(event) => event.stopPropagation()}
          className="absolute -right-1.5 -bottom-1.5 z-[2] flex size-4 cursor-crosshair touch-none items-center justify-center pointer-coarse:hidden"
        >
          <span className="size-2 rounded-[1px] border border-surface bg-accent" />
        </span>
      )}
    </div>
  );
}

/** The keys that end an edit, each alone and with Shift. */
const LEAVES: Readonly<Partial<Record<string, readonly [Leave, Leave]>>> = {
  Enter: ["down", "up"],
  Tab: ["right", "left"],
  Escape: ["cancel", "cancel"],
};

interface CellEditorProps {
  readonly label: string;
  readonly editing: Editing;
  readonly onWrite: (text: string) => void;
  readonly onDone: (leave: Leave) => void;
}

function CellEditor({ label, editing, onWrite, onDone }: CellEditorProps) {
  const { text, error } = editing;
  return (
    <>
      <input
        // biome-ignore lint/a11y/noAutofocus: opened by the person to type in
        autoFocus
        aria-label={label}
        aria-invalid={error !== null || undefined}
        aria-describedby="table-cell-error"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onFocus={(event) => {
          if (editing.all) event.currentTarget.select();
        }}
        onChange={(event) => onWrite(event.target.value)}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => {
          // Everything typed here is text; the grid behind it hears nothing.
          event.stopPropagation();
          const leave = LEAVES[event.key];
          if (leave === undefined) return;
          event.preventDefault();
          onDone(leave[event.shiftKey ? 1 : 0]);
        }}
        onBlur={() => onDone("stay")}
        className="-mx-2 h-full w-[calc(100%+1rem)] border-2 border-accent bg-surface px-1.5 text-text outline-none aria-invalid:border-destroy"
      />
      <p
        id="table-cell-error"
        role="status"
        className={
          error === null
            ? "sr-only"
            : "absolute top-full left-0 z-20 w-max max-w-80 rounded-b-sm bg-destroy-soft px-2 py-1 font-sans text-destroy text-xs shadow-overlay"
        }
      >
        {error ?? ""}
      </p>
    </>
  );
}
