import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import { applyPatch, diffLayouts, type LayoutPatch } from "./layout-patch";

/** What a command is called: a sentence without a full stop, or a field with its values so that typing can be merged. */
export type CommandLabel = string | { readonly what: string; readonly from: string; readonly to: string };

/** One step of undo: the way forward, the way back, and which objects got another key. */
export interface Command {
  readonly label: CommandLabel;
  readonly forward: LayoutPatch;
  readonly inverse: LayoutPatch;
  readonly renames: readonly (readonly [from: EntityKey, to: EntityKey])[];
  /** Commands of the same name within a second become one: typing in one field. */
  readonly coalesce: string | null;
  readonly atMs: number;
}

export interface History {
  /** Oldest first. */
  readonly done: readonly Command[];
  /** Next to redo last. */
  readonly undone: readonly Command[];
}

export const EMPTY_HISTORY: History = { done: [], undone: [] };
export const DEPTH = 500;
const COALESCE_MS = 1000;

export interface Edit {
  readonly label: CommandLabel;
  readonly before: Layout;
  readonly after: Layout;
  readonly renames?: Command["renames"];
  readonly coalesce?: string | null;
  readonly nowMs: number;
}

/** Adds an edit to the history, merging it into the last one where that is still being typed. */
export function record(history: History, edit: Edit): History {
  const last = history.done.at(-1);
  const coalesce = edit.coalesce ?? null;
  const merge =
    last !== undefined &&
    coalesce !== null &&
    last.coalesce === coalesce &&
    history.undone.length === 0 &&
    edit.nowMs - last.atMs < COALESCE_MS;
  const before = merge ? applyPatch(edit.before, last.inverse) : edit.before;
  const kept = merge ? history.done.slice(0, -1) : history.done;
  const forward = diffLayouts(before, edit.after);
  const inverse = diffLayouts(edit.after, before);
  if (!forward || !inverse) return merge ? { done: kept, undone: [] } : history;
  const command: Command = {
    label: merge ? mergedLabel(last.label, edit.label) : edit.label,
    forward,
    inverse,
    renames: [...(merge ? last.renames : []), ...(edit.renames ?? [])],
    coalesce,
    atMs: edit.nowMs,
  };
  return { done: [...kept, command].slice(-DEPTH), undone: [] };
}

/** One step back: the layout before the last command, or null when there is none. */
export function stepBack(history: History, layout: Layout): Step | null {
  const command = history.done.at(-1);
  if (!command) return null;
  return {
    layout: applyPatch(layout, command.inverse),
    history: { done: history.done.slice(0, -1), undone: [...history.undone, command] },
    command,
    renames: command.renames.map(([from, to]) => [to, from] as const).reverse(),
  };
}

/** One step forward again, or null when nothing was undone. */
export function stepForward(history: History, layout: Layout): Step | null {
  const command = history.undone.at(-1);
  if (!command) return null;
  return {
    layout: applyPatch(layout, command.forward),
    history: { done: [...history.done, command], undone: history.undone.slice(0, -1) },
    command,
    renames: command.renames,
  };
}

export interface Step {
  readonly layout: Layout;
  readonly history: History;
  readonly command: Command;
  readonly renames: Command["renames"];
}

/** "Set tag of prod 10 → 11", or the command's own sentence. */
export function labelText(label: CommandLabel): string {
  return typeof label === "string" ? label : `Set ${label.what} ${label.from || "empty"} → ${label.to || "empty"}`;
}

function mergedLabel(first: CommandLabel, now: CommandLabel): CommandLabel {
  return typeof first === "string" || typeof now === "string" ? now : { ...now, from: first.from };
}
