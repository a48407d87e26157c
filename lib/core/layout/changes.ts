import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Layout } from "./model";
import { sameValue } from "./same-value";

export type LayoutChange = "new" | "changed" | "gone";

export interface LayoutChanges {
  /** Only what differs. Host services count as a change of their subnet. */
  readonly byKey: ReadonlyMap<EntityKey, LayoutChange>;
  /** The layout with what is gone still in it, to be drawn as such; the layout itself where nothing is gone. */
  readonly shown: Layout;
}

/**
 * What differs between two layouts, object by object. Lists count as sets, as Proxmox takes them. Meant to be asked after
 * each edit: pairs of objects that were compared once are not compared again, so only what was edited costs anything.
 */
export function layoutChanges(before: Layout, now: Layout): LayoutChanges {
  const byKey = new Map<EntityKey, LayoutChange>();
  const zones = compare(byKey, before.zones, now.zones, ({ id }) => zoneKey(id));
  const vnets = compare(byKey, before.vnets, now.vnets, ({ id }) => vnetKey(id));
  const subnets = compare(byKey, before.subnets, now.subnets, ({ vnet, cidr }) => subnetKey(vnet, cidr));
  const services = new Map<EntityKey, LayoutChange>();
  const served = compare(services, before.hostServices ?? [], now.hostServices ?? [], ({ vnet, cidr }) =>
    hostServiceKey(vnet, cidr),
  );
  for (const key of services.keys()) {
    const subnet = `subnet/${key.slice("host/".length)}`;
    if (!byKey.has(subnet)) byKey.set(subnet, "changed");
  }
  if (zones.length + vnets.length + subnets.length === 0) return { byKey, shown: now };
  const there = new Set(now.zones.map(({ id }) => id));
  // What is gone is drawn where it was; a VNet of a zone that is gone brings that zone along.
  return {
    byKey,
    shown: {
      ...now,
      zones: [...now.zones, ...zones.filter(({ id }) => !there.has(id))],
      vnets: [...now.vnets, ...vnets],
      subnets: [...now.subnets, ...subnets],
      ...(served.length > 0 ? { hostServices: [...(now.hostServices ?? []), ...served] } : {}),
    },
  };
}

/**
 * Puts an object that is gone back as it was, with what hung on it and the zone or VNet it needs. `shown` is what
 * `layoutChanges` gave. The very same layout when there is nothing to put back.
 */
export function bringBack(layout: Layout, shown: Layout, key: EntityKey): Layout {
  const vnets = shown.vnets.filter(
    ({ id, zone }) => vnetKey(id) === key || zoneKey(zone) === key || key.startsWith(`subnet/${id}/`),
  );
  const whole = new Set(vnets.map(({ id }) => id));
  const subnets = shown.subnets.filter(({ vnet, cidr }) =>
    key.startsWith("subnet/") ? subnetKey(vnet, cidr) === key : whole.has(vnet),
  );
  const zones = shown.zones.filter(({ id }) => zoneKey(id) === key || vnets.some(({ zone }) => zone === id));
  const cidrs = new Set(subnets.map(({ vnet, cidr }) => subnetKey(vnet, cidr)));
  const services = (shown.hostServices ?? []).filter(({ vnet, cidr }) => cidrs.has(subnetKey(vnet, cidr)));
  const hostServices = union(layout.hostServices ?? [], services);
  const next = {
    ...layout,
    zones: union(layout.zones, zones),
    vnets: union(layout.vnets, vnets),
    subnets: union(layout.subnets, subnets),
    ...(hostServices.length > 0 ? { hostServices } : {}),
  };
  const same = next.zones === layout.zones && next.vnets === layout.vnets && next.subnets === layout.subnets;
  return same ? layout : next;
}

/** The list with those added that are not in it; the list itself when all are. */
function union<T>(list: readonly T[], more: readonly T[]): T[] {
  const there = new Set(list);
  const added = more.filter((item) => !there.has(item));
  return added.length === 0 ? (list as T[]) : [...list, ...added];
}

/** Notes what differs, and gives what is gone. */
function compare<T extends object>(
  byKey: Map<EntityKey, LayoutChange>,
  before: readonly T[],
  now: readonly T[],
  keyOf: (item: T) => EntityKey,
): T[] {
  const was = new Map(before.map((item) => [keyOf(item), item]));
  for (const item of now) {
    const key = keyOf(item);
    const old = was.get(key);
    was.delete(key);
    if (!old) byKey.set(key, "new");
    else if (!equal(old, item)) byKey.set(key, "changed");
  }
  for (const key of was.keys()) byKey.set(key, "gone");
  return [...was.values()];
}

/** now → the object it was last compared with, and how that ended. */
const compared = new WeakMap<object, { readonly with: object; readonly same: boolean }>();

function equal(before: object, now: object): boolean {
  const known = compared.get(now);
  if (known?.with === before) return known.same;
  const same = sameValue(before, now, "sets");
  compared.set(now, { with: before, same });
  return same;
}
