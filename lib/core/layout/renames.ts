import { type EntityKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { renameVnet, renameZone } from "./edits";
import type { Layout } from "./model";
import { sameValue } from "./same-value";

/** A zone or VNet that has another id now. */
export interface Rename {
  readonly kind: "zone" | "vnet";
  readonly from: string;
  readonly to: string;
}

export const renameKeys = ({ kind, from, to }: Rename): readonly [EntityKey, EntityKey] =>
  kind === "zone" ? [zoneKey(from), zoneKey(to)] : [vnetKey(from), vnetKey(to)];

/**
 * Which zones and VNets of `before` are in `after` under another id. One that is gone and one that is new belong together
 * when their ids differ only in upper and lower case; else when everything but the id is equal and nothing else is like
 * them. `byPlace` also takes those at the same place of lists that are equally long, which is right for a text that was
 * just edited, and too bold where time has passed.
 */
export function findRenames(before: Layout, after: Layout, byPlace = false): Rename[] {
  return [
    ...renamesIn("zone", before.zones, after.zones, byPlace),
    ...renamesIn("vnet", before.vnets, after.vnets, byPlace),
  ];
}

interface Named {
  readonly id: string;
}

function renamesIn<T extends Named>(
  kind: Rename["kind"],
  before: readonly T[],
  after: readonly T[],
  byPlace: boolean,
): Rename[] {
  const [had, has] = [new Set(before.map(({ id }) => id)), new Set(after.map(({ id }) => id))];
  let gone = before.filter(({ id }) => !has.has(id));
  let fresh = after.filter(({ id }) => !had.has(id));
  const renames: Rename[] = [];
  const pair = (matches: (old: T, now: T) => boolean) => {
    for (const old of gone) {
      const found = fresh.filter((now) => matches(old, now));
      const rivals = gone.filter((other) => found.some((now) => matches(other, now)));
      const [now] = found;
      if (!now || found.length > 1 || rivals.length > 1) continue;
      renames.push({ kind, from: old.id, to: now.id });
      gone = gone.filter((each) => each !== old);
      fresh = fresh.filter((each) => each !== now);
    }
  };
  // A few hundred at once are not renamed one by one; they are other objects.
  if (gone.length === 0 || fresh.length === 0 || gone.length * fresh.length > 10_000) return renames;
  pair((old, now) => old.id.toLowerCase() === now.id.toLowerCase());
  pair((old, now) => sameValue({ ...old, id: now.id }, now));
  if (byPlace && gone.length === fresh.length && before.length === after.length) {
    const [was, is] = [new Map(before.map((each, at) => [each, at])), new Map(after.map((each, at) => [each, at]))];
    pair((old, now) => was.get(old) === is.get(now));
  }
  return renames;
}

/** Gives the objects their new ids, with everything that hangs on them. */
export const applyRenames = (layout: Layout, renames: readonly Rename[]): Layout =>
  renames.reduce(
    (next, { kind, from, to }) => (kind === "zone" ? renameZone(next, from, to) : renameVnet(next, from, to)),
    layout,
  );
