import { type MergeConflict, mergeLayouts } from "./merge";
import type { Layout } from "./model";
import { reconcile } from "./reconcile";
import { applyRenames, type Rename } from "./renames";

export interface ReconciledOnto {
  /** The layout as it is now with what was written, and with its own objects where nothing about them differs. */
  readonly layout: Layout;
  /** Those of the written text that are also renames of the layout as it is now. */
  readonly renames: readonly Rename[];
  /** Where the text and the layout changed the same thing to different values since; `prefer` says which is in `layout`. */
  readonly conflicts: readonly MergeConflict[];
}

/**
 * Takes a document written by hand as an edit of a layout that may have changed since. `base` is what the text began as,
 * `now` the layout today. Gives `now` itself when the text says nothing new.
 */
export function reconcileOnto(
  base: Layout,
  written: Layout,
  now: Layout,
  prefer: "mine" | "theirs" = "mine",
): ReconciledOnto {
  const { layout, renames } = reconcile(base, written);
  if (now === base) return { layout, renames, conflicts: [] };
  // All three under the new names first: a subnet that came to a VNet meanwhile goes along with it.
  const fitting = renames.filter(({ kind, from, to }) => {
    const ids = (kind === "zone" ? now.zones : now.vnets).map(({ id }) => id);
    return ids.includes(from) && !ids.includes(to);
  });
  const [start, onto] = [applyRenames(base, fitting), applyRenames(now, fitting)];
  const merged = mergeLayouts(start, layout, onto, prefer);
  // Equal in value, and then the same object: an edit that changes nothing is no step of undo.
  return { ...merged, layout: reconcile(now, merged.layout).layout, renames: fitting };
}
