import { type EntityKey, subnetKey, vnetKey, zoneKey } from "../plan/entity";
import type { Layout } from "./model";

/**
 * A layout with objects of another: each of these keys takes the place of the one that is there, or comes behind the
 * others. A subnet that was not there brings its host service along.
 */
export function withObjects(layout: Layout, from: Layout, keys: ReadonlySet<EntityKey>): Layout {
  const zones = merged(layout.zones, from.zones, ({ id }) => zoneKey(id), keys);
  const vnets = merged(layout.vnets, from.vnets, ({ id }) => vnetKey(id), keys);
  const subnets = merged(layout.subnets, from.subnets, placeOf, keys);
  const known = new Set(layout.subnets.map(placeOf));
  const services = (from.hostServices ?? []).filter((one) => keys.has(placeOf(one)) && !known.has(placeOf(one)));
  const all = [...(layout.hostServices ?? []), ...services];
  return { ...layout, zones, vnets, subnets, ...(services.length > 0 ? { hostServices: all } : {}) };
}

const placeOf = ({ vnet, cidr }: { readonly vnet: string; readonly cidr: string }): EntityKey => subnetKey(vnet, cidr);

function merged<T>(
  own: readonly T[],
  from: readonly T[],
  keyOf: (one: T) => EntityKey,
  keys: ReadonlySet<EntityKey>,
): T[] {
  const more = new Map(from.flatMap((one) => (keys.has(keyOf(one)) ? [[keyOf(one), one] as const] : [])));
  const there = new Set(own.map(keyOf));
  return [
    ...own.map((one) => more.get(keyOf(one)) ?? one),
    ...[...more.values()].filter((one) => !there.has(keyOf(one))),
  ];
}
