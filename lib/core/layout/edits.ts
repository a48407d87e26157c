import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import type { Exception, HostService, Layout, Subnet, Vnet, Zone } from "./model";
import { addressMover, movedService, movedSubnet } from "./move-addresses";

/**
 * Edits of a layout: each takes a layout and gives a new one, or the very same object when there is nothing to do. They
 * never refuse and never judge; a wrong value stays in the draft and `validateLayout` speaks of it.
 */

/** Values to set. A key that is present with the value undefined removes that field. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** What names a subnet within a layout. */
export interface SubnetRef {
  readonly vnet: string;
  readonly cidr: string;
}

const isAt = (ref: SubnetRef) => (item: SubnetRef) => item.vnet === ref.vnet && item.cidr === ref.cidr;

export const addZone = (layout: Layout, zone: Zone): Layout => ({ ...layout, zones: [...layout.zones, zone] });
export const addSubnet = (layout: Layout, subnet: Subnet): Layout => ({
  ...layout,
  subnets: [...layout.subnets, subnet],
});

/** Changes fields of a zone. A new `id` carries the zone's VNets along. */
export function updateZone(layout: Layout, id: string, patch: Patch<Zone>): Layout {
  const zones = mapWhere(
    layout.zones,
    (zone) => zone.id === id,
    (zone) => patched(zone, patch),
  );
  const next = zones === layout.zones ? layout : { ...layout, zones };
  const to = patch.id;
  if (to === undefined || to === id || next === layout) return next;
  const vnets = mapWhere(
    next.vnets,
    (vnet) => vnet.zone === id,
    (vnet) => ({ ...vnet, zone: to }),
  );
  return withMovedKeys({ ...next, vnets }, (key) => (key === zoneKey(id) ? zoneKey(to) : key));
}

/** Changes fields of a VNet. A new `id` carries its subnets and host services along. */
export function updateVnet(layout: Layout, id: string, patch: Patch<Vnet>): Layout {
  const vnets = mapWhere(
    layout.vnets,
    (vnet) => vnet.id === id,
    (vnet) => patched(vnet, patch),
  );
  const next = vnets === layout.vnets ? layout : { ...layout, vnets };
  const to = patch.id;
  if (to === undefined || to === id || next === layout) return next;
  const subnets = mapWhere(
    next.subnets,
    (subnet) => subnet.vnet === id,
    (subnet) => ({ ...subnet, vnet: to }),
  );
  const renamed = withHostServices({ ...next, subnets }, (service) =>
    service.vnet === id ? { ...service, vnet: to } : service,
  );
  return withMovedKeys(renamed, (key) => {
    if (key === vnetKey(id)) return vnetKey(to);
    const cidr = key.startsWith(subnetKey(id, "")) ? key.slice(subnetKey(id, "").length) : null;
    return cidr === null ? key : subnetKey(to, cidr);
  });
}

/**
 * Sets the same fields on many zones, VNets and subnets at once, walking each list once. Not for fields that name an
 * object (`id`, `zone`, `vnet`, `cidr`): those carry others along, one by one.
 */
export function updateMany(
  layout: Layout,
  keys: ReadonlySet<EntityKey>,
  patch: Readonly<Record<string, unknown>>,
): Layout {
  const every = <T extends object>(list: T[], keyOf: (item: T) => EntityKey): T[] =>
    mapWhere(
      list,
      (item) => keys.has(keyOf(item)),
      (item) => patched(item, patch as Patch<T>),
    );
  const next = {
    ...layout,
    zones: every(layout.zones, ({ id }) => zoneKey(id)),
    vnets: every(layout.vnets, ({ id }) => vnetKey(id)),
    subnets: every(layout.subnets, ({ vnet, cidr }) => subnetKey(vnet, cidr)),
  };
  const same = next.zones === layout.zones && next.vnets === layout.vnets && next.subnets === layout.subnets;
  return same ? layout : next;
}

/**
 * Changes fields of a subnet. A new `cidr` carries its host services along, and addresses that lay in the old network
 * keep their place in the new one (gateway .1 stays .1) unless the patch sets them.
 */
export function updateSubnet(layout: Layout, ref: SubnetRef, patch: Patch<Subnet>): Layout {
  const to = { vnet: patch.vnet ?? ref.vnet, cidr: patch.cidr ?? ref.cidr };
  const move = addressMover(ref.cidr, to.cidr);
  const subnets = mapWhere(layout.subnets, isAt(ref), (subnet) =>
    patched(to.cidr === ref.cidr ? subnet : movedSubnet(subnet, move), patch),
  );
  const next = subnets === layout.subnets ? layout : { ...layout, subnets };
  if (next === layout || (to.vnet === ref.vnet && to.cidr === ref.cidr)) return next;
  const carried = withHostServices(next, (service) =>
    isAt(ref)(service) ? { ...movedService(service, move), ...to } : service,
  );
  const old = subnetKey(ref.vnet, ref.cidr);
  return withMovedKeys(carried, (key) => (key === old ? subnetKey(to.vnet, to.cidr) : key));
}

export const renameZone = (layout: Layout, from: string, to: string): Layout => updateZone(layout, from, { id: to });
export const renameVnet = (layout: Layout, from: string, to: string): Layout => updateVnet(layout, from, { id: to });
export const moveVnet = (layout: Layout, id: string, zone: string): Layout => updateVnet(layout, id, { zone });
export const changeSubnetCidr = (layout: Layout, ref: SubnetRef, cidr: string): Layout =>
  updateSubnet(layout, ref, { cidr });

/**
 * Removes the objects of these keys with everything that lives in them: a zone with its VNets, a VNet with its subnets, a
 * subnet with its host services. Keys of nothing are ignored.
 */
export function removeKeys(layout: Layout, keys: Iterable<EntityKey>): Layout {
  const gone = new Set(keys);
  const zones = layout.zones.filter((zone) => !gone.has(zoneKey(zone.id)));
  const vnets = layout.vnets.filter((vnet) => !gone.has(vnetKey(vnet.id)) && !gone.has(zoneKey(vnet.zone)));
  const kept = new Set(vnets.map((vnet) => vnet.id));
  // A subnet of a VNet that never existed stays, until it is named itself: that is a problem to show, not to sweep away.
  const removed = new Set(layout.vnets.filter((vnet) => !kept.has(vnet.id)).map((vnet) => vnet.id));
  const stays = (item: SubnetRef) =>
    !removed.has(item.vnet) && !gone.has(vnetKey(item.vnet)) && !gone.has(subnetKey(item.vnet, item.cidr));
  const subnets = layout.subnets.filter(stays);
  const services = layout.hostServices?.filter(
    (service) => stays(service) && !gone.has(hostServiceKey(service.vnet, service.cidr)),
  );
  const before = [layout.zones, layout.vnets, layout.subnets, layout.hostServices ?? []];
  const after = [zones, vnets, subnets, services ?? []];
  if (after.every((list, index) => list.length === before[index]?.length)) return layout;
  const next: Layout = { ...layout, zones, vnets, subnets, ...(services ? { hostServices: services } : {}) };
  return withoutEmptyLists(dropStaleExceptions(next, layout));
}

export const removeZone = (layout: Layout, id: string): Layout => removeKeys(layout, [zoneKey(id)]);
export const removeVnet = (layout: Layout, id: string): Layout => removeKeys(layout, [vnetKey(id)]);
export const removeHostService = (layout: Layout, ref: SubnetRef): Layout =>
  removeKeys(layout, [hostServiceKey(ref.vnet, ref.cidr)]);

/** Puts a node into a zone or takes it out. `allNodes` is the cluster: what a zone without a node list means. */
export function toggleNode(layout: Layout, zoneId: string, node: string, allNodes: readonly string[]): Layout {
  const zone = layout.zones.find((candidate) => candidate.id === zoneId);
  if (!zone) return layout;
  const members = zone.nodes ?? [...allNodes];
  const nodes = members.includes(node)
    ? members.filter((member) => member !== node)
    : [...allNodes, ...members].filter(
        (name, at, all) => all.indexOf(name) === at && (members.includes(name) || name === node),
      );
  // To Proxmox an empty list means every node, the opposite of what taking out the last one asks for.
  return nodes.length === 0 ? layout : updateZone(layout, zoneId, { nodes });
}

/** Moves a zone to a place in the list (0 is first); the picture shows zones in that order. */
export function reorderZone(layout: Layout, id: string, toIndex: number): Layout {
  const from = layout.zones.findIndex((zone) => zone.id === id);
  const zone = layout.zones[from];
  const to = Math.max(0, Math.min(layout.zones.length - 1, toIndex));
  if (!zone || from === to) return layout;
  const zones = layout.zones.filter((other) => other !== zone);
  zones.splice(to, 0, zone);
  return { ...layout, zones };
}

/** Adds a host service, or replaces the one of the same subnet. */
export function setHostService(layout: Layout, service: HostService): Layout {
  const services = layout.hostServices ?? [];
  const at = services.findIndex(isAt(service));
  return { ...layout, hostServices: at < 0 ? [...services, service] : services.with(at, service) };
}

/** Changes fields of a host service. It is found and kept by its subnet. */
export function updateHostService(layout: Layout, ref: SubnetRef, patch: Patch<HostService>): Layout {
  return withHostServices(layout, (service) => (isAt(ref)(service) ? patched(service, patch) : service));
}

/** Accepts a problem with a reason. An exception for the same problem at the same objects is replaced. */
export function acceptProblem(layout: Layout, exception: Exception): Layout {
  const before = exceptionIndex(layout, { code: exception.problem, at: exception.at });
  const others = (layout.exceptions ?? []).filter((_, index) => index !== before);
  return { ...layout, exceptions: [...others, exception] };
}

/** The place of the exception for a problem, or null where it was not accepted. The order of objects has no meaning. */
export function exceptionIndex(layout: Layout, problem: Pick<Problem, "code" | "at">): number | null {
  const place = [...problem.at].sort().join();
  const index = (layout.exceptions ?? []).findIndex(
    (exception) => exception.problem === problem.code && [...exception.at].sort().join() === place,
  );
  return index < 0 ? null : index;
}

/** Takes back the exception at this place of the list. */
export function removeExceptionAt(layout: Layout, index: number): Layout {
  if (!layout.exceptions?.[index]) return layout;
  return withoutEmptyLists({ ...layout, exceptions: layout.exceptions.filter((_, at) => at !== index) });
}

/** The object with the patch applied; itself when that changes nothing. */
function patched<T extends object>(item: T, patch: Patch<T>): T {
  const next: T = { ...item };
  let changed = false;
  for (const name of Object.keys(patch) as (keyof T)[]) {
    const value = patch[name];
    if (value === item[name] && (value !== undefined || !(name in item))) continue;
    changed = true;
    if (value === undefined) delete next[name];
    else next[name] = value;
  }
  return changed ? next : item;
}

/** `list.map` for the items meant, giving back the same list when none changed. */
function mapWhere<T>(list: T[], meant: (item: T) => boolean, change: (item: T) => T): T[] {
  let changed = false;
  const next = list.map((item) => {
    const result = meant(item) ? change(item) : item;
    changed ||= result !== item;
    return result;
  });
  return changed ? next : list;
}

function withHostServices(layout: Layout, change: (service: HostService) => HostService): Layout {
  if (!layout.hostServices) return layout;
  const hostServices = mapWhere(layout.hostServices, () => true, change);
  return hostServices === layout.hostServices ? layout : { ...layout, hostServices };
}

/** Accepted exceptions name objects by key, so they follow a rename. */
function withMovedKeys(layout: Layout, move: (key: EntityKey) => EntityKey): Layout {
  if (!layout.exceptions) return layout;
  const exceptions = layout.exceptions.map((exception) => ({ ...exception, at: exception.at.map(move) }));
  return { ...layout, exceptions };
}

/** An exception for an object that was just removed has nothing left to accept. */
function dropStaleExceptions(layout: Layout, before: Layout): Layout {
  if (!layout.exceptions) return layout;
  const keys = (of: Layout) =>
    new Set([
      ...of.zones.map((z) => zoneKey(z.id)),
      ...of.vnets.map((v) => vnetKey(v.id)),
      ...of.subnets.map((s) => subnetKey(s.vnet, s.cidr)),
    ]);
  const [had, has] = [keys(before), keys(layout)];
  return { ...layout, exceptions: layout.exceptions.filter((e) => e.at.every((key) => !had.has(key) || has.has(key))) };
}

function withoutEmptyLists(layout: Layout): Layout {
  const next = { ...layout };
  if (next.hostServices?.length === 0) delete next.hostServices;
  if (next.exceptions?.length === 0) delete next.exceptions;
  return next;
}
