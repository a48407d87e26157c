import { readAddress } from "@/lib/core/net/address";
import { type Network, networkAround, networksOverlap, readCidr } from "@/lib/core/net/cidr";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { GuestNic } from "@/lib/core/ports";
import type { Layout } from "./model";

/** An object that answers to what is looked for, and what of it does: "gateway 10.0.0.1", "VM 101 web01". */
export interface Hit {
  readonly key: EntityKey;
  readonly why: string;
  /** 0 answers exactly, 1 begins so, 2 holds it somewhere. */
  readonly rank: 0 | 1 | 2;
}

/**
 * Finds zones, VNets and subnets of a layout: by id, alias or type, by tag (`30`, `#30`, `100-199`), by network, by an
 * address inside a subnet, and by a guest on the VNet (name, VMID, MAC). Best hits first, then the layout's order. An
 * empty text finds nothing. `guests` are the interfaces of the live cluster, where they are known.
 */
export function findInLayout(layout: Layout, text: string, guests: readonly GuestNic[] = []): Hit[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === "") return [];
  const hits = new Map<EntityKey, Hit>();
  const add = (key: EntityKey, why: string, rank: Hit["rank"] | null) => {
    const known = hits.get(key);
    if (rank !== null && (!known || rank < known.rank)) hits.set(key, { key, why, rank });
  };
  const words = (key: EntityKey, value: string | undefined) => add(key, value ?? "", rankOf(value, wanted));
  const tags = tagQuery(wanted);
  const network = networkQuery(wanted);

  for (const zone of layout.zones) {
    words(zoneKey(zone.id), zone.id);
    if (zone.type === wanted) add(zoneKey(zone.id), `type ${zone.type}`, 1);
    if (zone.tag !== undefined && tags?.(zone.tag)) add(zoneKey(zone.id), `service tag ${zone.tag}`, 0);
  }
  for (const vnet of layout.vnets) {
    words(vnetKey(vnet.id), vnet.id);
    words(vnetKey(vnet.id), vnet.alias);
    if (vnet.tag !== undefined && tags?.(vnet.tag)) add(vnetKey(vnet.id), `tag ${vnet.tag}`, 0);
  }
  for (const subnet of layout.subnets) {
    const key = subnetKey(subnet.vnet, subnet.cidr);
    words(key, subnet.cidr);
    if (subnet.gateway?.startsWith(wanted)) add(key, `gateway ${subnet.gateway}`, subnet.gateway === wanted ? 0 : 1);
    const own = network && readCidr(subnet.cidr)?.network;
    if (network && own && networksOverlap(own, network))
      add(key, `holds ${wanted}`, own.first <= network.first ? 1 : 2);
  }
  const vnets = new Set(layout.vnets.map(({ id }) => id));
  for (const nic of guests) {
    if (!vnets.has(nic.bridge)) continue;
    const name = `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.name}`;
    for (const value of [nic.name, String(nic.vmid), nic.mac ?? undefined])
      add(vnetKey(nic.bridge), nic.mac && value === nic.mac ? `${name}, ${nic.mac}` : name, rankOf(value, wanted));
  }
  return [...hits.values()].sort((a, b) => a.rank - b.rank);
}

/**
 * What a view dims: every object that answers, the VNet of a subnet that does, and everything in a zone that does by
 * itself; null when nothing is looked for.
 */
export function keysFound(
  layout: Layout,
  text: string,
  guests: readonly GuestNic[] = [],
): ReadonlySet<EntityKey> | null {
  if (text.trim() === "") return null;
  const found = new Set(findInLayout(layout, text, guests).map(({ key }) => key));
  const zones = new Set(layout.zones.filter(({ id }) => found.has(zoneKey(id))).map(({ id }) => id));
  const holders = new Set<string>();
  for (const { vnet, cidr } of layout.subnets) if (found.has(subnetKey(vnet, cidr))) holders.add(vnet);
  for (const { id, zone } of layout.vnets) {
    if (zones.has(zone) || holders.has(id)) found.add(vnetKey(id));
  }
  for (const { vnet, cidr } of layout.subnets) if (found.has(vnetKey(vnet))) found.add(subnetKey(vnet, cidr));
  return found;
}

function rankOf(value: string | undefined, wanted: string): Hit["rank"] | null {
  const at = value?.toLowerCase().indexOf(wanted) ?? -1;
  if (at < 0) return null;
  return value?.length === wanted.length ? 0 : at === 0 ? 1 : 2;
}

/** `30`, `#30` or `100-199` as a question about tags; null for anything else. */
function tagQuery(wanted: string): ((tag: number) => boolean) | null {
  const match = /^#?([0-9]{1,8})(?:\s*[-–]\s*([0-9]{1,8}))?$/.exec(wanted);
  if (!match) return null;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return (tag) => tag >= from && tag <= to;
}

/** An address or a network, whole; parts of one are only compared as text. */
function networkQuery(wanted: string): Network | null {
  const address = readAddress(wanted);
  if (address) return networkAround(address.family, address.value, address.family === 4 ? 32 : 128);
  return readCidr(wanted)?.network ?? null;
}
