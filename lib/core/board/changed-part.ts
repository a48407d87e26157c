import type { LayoutChange } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";

/** More VNets than this cannot be written in a picture on a page. */
const MOST = 60;

/** What of two layouts a picture shows, and how many VNets it leaves out. */
export interface ChangedPart {
  readonly before: Layout;
  readonly after: Layout;
  /** VNets that stay as they are and are not drawn. */
  readonly unchanged: number;
  /** Changed VNets beyond those drawn. */
  readonly more: number;
}

/**
 * The part of a small layout is all of it; of a large one only the VNets that change, and the zones that they are in or
 * that change themselves, so that what happens can be read. `after` has what is gone still in it.
 */
export function changedPart(before: Layout, after: Layout, changes: ReadonlyMap<EntityKey, LayoutChange>): ChangedPart {
  if (Math.max(before.vnets.length, after.vnets.length) <= MOST) return { before, after, unchanged: 0, more: 0 };
  const touched = new Set<string>();
  const zones = new Set<string>();
  for (const key of changes.keys()) {
    const [kind, id = ""] = key.split("/");
    if (kind === "zone") zones.add(id);
    else touched.add(id);
  }
  const changed = after.vnets.filter(({ id }) => touched.has(id));
  const drawn = new Set(changed.slice(0, MOST).map(({ id }) => id));
  for (const { id, zone } of [...before.vnets, ...after.vnets]) if (drawn.has(id)) zones.add(zone);
  const part = (layout: Layout): Layout => ({
    ...layout,
    zones: layout.zones.filter(({ id }) => zones.has(id)),
    vnets: layout.vnets.filter(({ id }) => drawn.has(id)),
    subnets: layout.subnets.filter(({ vnet }) => drawn.has(vnet)),
  });
  return {
    before: part(before),
    after: part(after),
    unchanged: after.vnets.length - changed.length,
    more: changed.length - drawn.size,
  };
}
