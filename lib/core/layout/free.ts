import {
  type Cidr,
  type Network,
  networkAround,
  networksOverlap,
  nextNetwork,
  readCidr,
  renderCidr,
} from "@/lib/core/net/cidr";
import type { Layout, Zone, ZoneType } from "./model";

/** Identifiers of zones and VNets: PVE::JSONSchema pve-sdn-zone-id and pve-sdn-vnet-id. */
export const ID_LENGTH = 8;

const MOST: Readonly<Record<ZoneType, number>> = {
  simple: 0,
  vlan: 4094,
  qinq: 4094,
  vxlan: 16_777_215,
  evpn: 16_777_215,
};

/** The highest tag a VNet of this zone type may have; 0 where it must have none. */
export const highestTag = (type: ZoneType): number => MOST[type];

/** Whether tags of this zone type share one number space over all zones (VNIs) instead of one per zone (VLANs). */
export const sharesTags = (type: ZoneType): boolean => type === "vxlan" || type === "evpn";

/**
 * The lowest free tag from `from` on that a VNet of this zone could take, searched from the start again when there is
 * none above. Null when the zone takes no tag, does not exist, or is full. Without `from` the search begins after the
 * highest tag in use, so that tags grow; in an empty zone with 1 for VNIs and 10 for VLANs, which leaves VLAN 1 alone.
 */
export function nextFreeTag(layout: Layout, zoneId: string, from?: number): number | null {
  const zone = layout.zones.find((candidate) => candidate.id === zoneId);
  if (!zone || zone.type === "simple") return null;
  const most = highestTag(zone.type);
  const taken = takenTags(layout, zone);
  // VLAN 1 is usually the untagged one of the trunk, so it is never offered by itself.
  const lowest = sharesTags(zone.type) ? 1 : 2;
  const first = from ?? tagAfterHighest(layout, zone);
  const start = Number.isInteger(first) && first >= lowest && first <= most ? first : lowest;
  for (let tag = start; tag <= most; tag++) if (!taken.has(tag)) return tag;
  for (let tag = lowest; tag < start; tag++) if (!taken.has(tag)) return tag;
  return null;
}

function tagAfterHighest(layout: Layout, zone: Zone): number {
  const used = layout.vnets.flatMap((vnet) => (vnet.zone === zone.id && vnet.tag !== undefined ? [vnet.tag] : []));
  if (used.length > 0) return used.reduce((a, b) => Math.max(a, b)) + 1;
  return sharesTags(zone.type) ? 1 : 10;
}

/** Tags a VNet of this zone cannot have: those of its number space, and those of other zones on the same trunk. */
function takenTags(layout: Layout, zone: Zone): Set<number> {
  const shared = sharesTags(zone.type);
  const competing = layout.zones.filter(
    (other) =>
      other.id === zone.id ||
      (shared && sharesTags(other.type)) ||
      (zone.type === "vlan" && other.type === "vlan" && other.bridge === zone.bridge),
  );
  const zones = new Set(competing.map((other) => other.id));
  const vrfs = shared ? competing.flatMap((other) => other["vrf-vxlan"] ?? []) : [];
  const tags = layout.vnets.flatMap((vnet) => (zones.has(vnet.zone) && vnet.tag !== undefined ? [vnet.tag] : []));
  return new Set([...vrfs, ...tags]);
}

/** Networks a new subnet must stay clear of. */
function usedNetworks(layout: Layout): Network[] {
  return layout.subnets.flatMap((subnet) => readCidr(subnet.cidr)?.network ?? []);
}

/**
 * The next network of the size of `like` that overlaps no subnet of the layout, searching upwards from `like` itself
 * (so `like` is the answer when it is free). Null when `like` is no network or nothing is free above it.
 */
export function nextFreeCidr(layout: Layout, like: string): Cidr | null {
  const read = readCidr(like);
  if (!read) return null;
  const used = usedNetworks(layout).sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  let candidate: Network | null = read.network;
  // Sorted, and a candidate only moves up: each used network pushes it at most once.
  for (const network of used) {
    if (!candidate) return null;
    if (!networksOverlap(network, candidate)) continue;
    const past: Network | null = nextNetwork(network.prefix < candidate.prefix ? network : candidate);
    candidate = past && networkAround(past.family, past.first, candidate.prefix);
  }
  return candidate && renderCidr(candidate);
}

/** Brings any text into the form of an identifier: `myvlanzone` → `myvlanzo`, `hyb-zone` → `hybzone`, `1zone` → `zone`. */
export function suggestId(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[^a-zA-Z0-9]/g, "")
    .replace(/^[0-9]+/, "");
  const id = plain.slice(0, ID_LENGTH);
  return id.length >= 2 ? id : `${id}net`;
}

/** Every id that a zone or VNet of the layout has. */
export const takenIds = (layout: Layout): Set<string> =>
  new Set([...layout.zones.map((zone) => zone.id), ...layout.vnets.map((vnet) => vnet.id)]);

/** An identifier like `base` that no zone and no VNet of the layout has: `lab`, `lab2`, `lab3`, … */
export const freeId = (layout: Layout, base: string): string => freeIdAmong(takenIds(layout), base);

/** The same for a set of ids that is known already. */
export function freeIdAmong(taken: ReadonlySet<string>, base: string): string {
  const wanted = suggestId(base);
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? "" : String(number);
    const id = wanted.slice(0, ID_LENGTH - suffix.length) + suffix;
    if (!taken.has(id)) return id;
  }
}
