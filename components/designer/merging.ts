import { mergeLayouts, takeTheirs } from "@/lib/core/layout/merge";
import type { Layout } from "@/lib/core/layout/model";
import { findRenames, renameKeys } from "@/lib/core/layout/renames";
import { type Command, DEPTH, type History } from "./history";
import { applyPatch, diffLayouts } from "./layout-patch";

/** More steps than this are not carried over a merge of a large layout: each is a layout of its own to be merged. */
const CARRIED = { vnets: 1000, steps: 100 } as const;

/**
 * The history after somebody else's edits were joined with one's own: each step is the same edit, on a layout that has
 * theirs. Undoing everything leads to their version, never behind it. `base` is what both sides began with.
 */
function rebase(history: History, now: Layout, base: Layout, theirs: Layout): { layout: Layout; history: History } {
  const most = now.vnets.length > CARRIED.vnets ? CARRIED.steps : DEPTH;
  const joined = (layout: Layout): Layout => mergeLayouts(base, layout, theirs).layout;
  const layout = joined(now);
  const done: Command[] = [];
  let [after, afterJoined] = [now, layout];
  for (const command of history.done.slice(-most).toReversed()) {
    const before = applyPatch(after, command.inverse);
    const beforeJoined = joined(before);
    const moved = repatched(command, beforeJoined, afterJoined);
    if (moved) done.unshift(moved);
    [after, afterJoined] = [before, beforeJoined];
  }
  const undone: Command[] = [];
  let [before, beforeJoined] = [now, layout];
  for (const command of history.undone.slice(-most).toReversed()) {
    const next = applyPatch(before, command.forward);
    const nextJoined = joined(next);
    const moved = repatched(command, beforeJoined, nextJoined);
    if (moved) undone.unshift(moved);
    [before, beforeJoined] = [next, nextJoined];
  }
  return { layout, history: { done, undone } };
}

/** The command between two other layouts; null when it changes nothing there. Typing is not joined with what came before. */
function repatched(command: Command, before: Layout, after: Layout): Command | null {
  const forward = diffLayouts(before, after);
  const inverse = diffLayouts(after, before);
  return forward && inverse ? { ...command, forward, inverse, coalesce: null } : null;
}

/** Everything that joins two versions, as one thing to be fetched. */
export const MERGING = { mergeLayouts, takeTheirs, findRenames, renameKeys, rebase };
export type Merging = typeof MERGING;
