import type { Layout } from "./model";
import { applyRenames, findRenames, type Rename } from "./renames";
import { sameValue } from "./same-value";

export interface Reconciled {
  /** What was written, with the objects of `before` where they are equal, so that an undo step is small. */
  readonly layout: Layout;
  readonly renames: readonly Rename[];
}

/**
 * Takes a document that was written by hand as an edit of the layout it began with. Zones and VNets that have another id
 * are renamed, and what still names them by the old one follows. Gives `before` itself when nothing differs.
 */
export function reconcile(before: Layout, written: Layout): Reconciled {
  const renames = findRenames(before, written, true);
  // In the written text the object has its new id already; what refers to it may still have the old one.
  const followed = applyRenames(withStandIns(written, renames), renames);
  const layout = shared(before, withoutStandIns(followed, written));
  return { layout, renames };
}

/** Objects under the old ids, so that renaming them carries along whatever still refers to them. */
function withStandIns(written: Layout, renames: readonly Rename[]): Layout {
  const zones = renames.flatMap(({ kind, from }) => (kind === "zone" ? [{ id: from, type: "simple" as const }] : []));
  const vnets = renames.flatMap(({ kind, from }) => (kind === "vnet" ? [{ id: from, zone: "" }] : []));
  return { ...written, zones: [...written.zones, ...zones], vnets: [...written.vnets, ...vnets] };
}

const withoutStandIns = (followed: Layout, written: Layout): Layout => ({
  ...followed,
  zones: followed.zones.slice(0, written.zones.length),
  vnets: followed.vnets.slice(0, written.vnets.length),
});

/** The same value, made of the parts of `before` that are equal. */
function shared(before: Layout, after: Layout): Layout {
  const next: Record<string, unknown> = {};
  let same = Object.keys(before).length === Object.keys(after).length;
  for (const [name, value] of Object.entries(after)) {
    const old = (before as unknown as Record<string, unknown>)[name];
    next[name] =
      Array.isArray(old) && Array.isArray(value) ? sharedList(old, value) : sameValue(old, value) ? old : value;
    same &&= next[name] === old;
  }
  return same ? before : (next as unknown as Layout);
}

function sharedList(before: readonly unknown[], after: readonly unknown[]): readonly unknown[] {
  const known = new Map(before.map((item) => [nameOf(item), item]));
  const next = after.map((item) => {
    const old = known.get(nameOf(item));
    return old !== undefined && sameValue(old, item) ? old : item;
  });
  return next.length === before.length && next.every((item, index) => item === before[index]) ? before : next;
}

function nameOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  const { id, vnet, cidr, problem, at } = item as Readonly<Record<string, unknown>>;
  return [id, vnet, cidr, problem, at].map(String).join(" ");
}
