"use client";

import type { CSSProperties } from "react";
import { useBoard } from "@/components/designer/designer-context";
import { classNames } from "@/components/ui/class-names";
import type { BoardColumn } from "@/lib/core/board/columns";
import { plural } from "@/lib/core/plural";

/** Names of the nodes, always in sight above their columns. */
export function ColumnHeader() {
  const board = useBoard((state) => state.board);
  const placed = useBoard((state) => state.width > 0);
  const { gutter, column } = board.metrics;
  const zones = board.zones.length;
  return (
    <div className="relative h-13 shrink-0 overflow-hidden border-hairline border-b bg-bg">
      {board.columns.map((each, index) => (
        <div
          key={each.name}
          className={classNames(
            "board-column absolute inset-y-0 flex flex-col items-center justify-center overflow-hidden px-0.5",
            !placed && "invisible",
          )}
          style={{ "--start": gutter + index * column, "--width": column } as CSSProperties}
        >
          <ColumnName column={each} />
        </div>
      ))}
      {board.columns.length === 0 && zones > 0 && (
        <div
          className="board-column absolute inset-y-0 flex items-center justify-center text-text-3 text-xs"
          style={{ "--start": gutter, "--width": column } as CSSProperties}
        >
          every node
        </div>
      )}
      <p className="absolute inset-y-0 left-0 flex items-end bg-bg pr-4 pb-1.5 pl-4 text-text-3 text-xs">
        {`${plural(zones, "zone")} · ${board.vnets.toLocaleString("en")} VNet${board.vnets === 1 ? "" : "s"}`}
      </p>
    </div>
  );
}

function ColumnName({ column }: { readonly column: BoardColumn }) {
  const { name, online, bridges, known, pending } = column;
  const state = stateOf(column);
  const shown = bridges?.map((bridge) => bridge.name) ?? [];
  return (
    <>
      <span
        className={classNames("flex max-w-full items-center gap-1.5 font-semibold text-sm", !known && "text-destroy")}
        title={`${name}: ${state}${pending ? ", with pending changes to its own network" : ""}`}
      >
        <span
          aria-hidden
          className={classNames(
            "board-column-extra size-1.5 shrink-0 rounded-full",
            online === true && "bg-add",
            online === false && "bg-destroy",
            online === null && "border border-control",
          )}
        />
        <span className="truncate">{name}</span>
        <span className="sr-only">{state}</span>
        {pending && (
          <span aria-hidden className="font-normal text-change">
            ~
          </span>
        )}
      </span>
      <span className="board-column-extra mono max-w-full truncate text-text-3 text-xs" title={shown.join(", ")}>
        {bridgesOf(column, shown)}
      </span>
    </>
  );
}

function stateOf({ known, online }: BoardColumn): string {
  if (!known) return "not in this cluster";
  if (online === null) return "not connected";
  return online ? "online" : "offline";
}

/** "vmbr0 +2": the first is the one people know. */
function bridgesOf({ known, online }: BoardColumn, [first, ...others]: readonly string[]): string {
  if (!known) return "unknown";
  if (first === undefined) return online === null ? " " : "no bridge";
  return others.length === 0 ? first : `${first} +${others.length}`;
}
