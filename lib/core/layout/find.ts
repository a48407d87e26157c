import { readAddress } from "@/lib/core/net/address";
import { type Network, networkAround, networksOverlap, readCidr } from "@/lib/core/net/cidr";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { GuestNic } from "@/lib/core/ports";
import type { Layout, Subnet, Vnet, Zone } from "./model";

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
  const query: Query = { wanted, tags: tagQuery(wanted), network: networkQuery(wanted) };
  const vnets = new Set(layout.vnets.map(({ id }) => id));
  const hits = new Map<EntityKey, Hit>();
  const keep = (key: EntityKey, answers: readonly Answer[]) => {
    for (const [why, rank] of answers) {
      const known = hits.get(key);
      if (rank !== null && (!known || rank < known.rank)) hits.set(key, { key, why, rank });
    }
  };
  for (const zone of layout.zones) keep(zoneKey(zone.id), zoneAnswers(zone, query));
  for (const vnet of layout.vnets) keep(vnetKey(vnet.id), vnetAnswers(vnet, query));
  for (const subnet of layout.subnets) keep(subnetKey(subnet.vnet, subnet.cidr), subnetAnswers(subnet, query));
  for (const nic of guests) if (vnets.has(nic.bridge)) keep(vnetKey(nic.bridge), guestAnswers(nic, query));
  return [...hits.values()].sort((a, b) => a.rank - b.rank);
}

interface Query {
  readonly wanted: string;
  readonly tags: (tag: number | undefined) => boolean;
  readonly network: Network | null;
}

/** Something of an object, and how well it answers; null where it does not. Of equal ones the first is told. */
type Answer = readonly [why: string, rank: Hit["rank"] | null];

const zoneAnswers = ({ id, type, tag }: Zone, { wanted, tags }: Query): Answer[] => [
  [id, rankOf(id, wanted)],
  [`type ${type}`, type === wanted ? 1 : null],
  [`service tag ${tag}`, tags(tag) ? 0 : null],
];

const vnetAnswers = ({ id, alias = "", tag }: Vnet, { wanted, tags }: Query): Answer[] => [
  [id, rankOf(id, wanted)],
  [alias, rankOf(alias, wanted)],
  [`tag ${tag}`, tags(tag) ? 0 : null],
];

const subnetAnswers = ({ cidr, gateway = "" }: Subnet, { wanted, network }: Query): Answer[] => [
  [cidr, rankOf(cidr, wanted)],
  [`gateway ${gateway}`, gateway.startsWith(wanted) ? rankOf(gateway, wanted) : null],
  [`holds ${wanted}`, network && holdingRank(cidr, network)],
];

function guestAnswers({ type, vmid, name, mac }: GuestNic, { wanted }: Query): Answer[] {
  const guest = `${type === "qemu" ? "VM" : "CT"} ${vmid} ${name}`;
  return [
    [guest, rankOf(name, wanted)],
    [guest, rankOf(String(vmid), wanted)],
    [`${guest}, ${mac}`, rankOf(mac ?? "", wanted)],
  ];
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

function rankOf(value: string, wanted: string): Hit["rank"] | null {
  const at = value.toLowerCase().indexOf(wanted);
  if (at < 0) return null;
  return value.length === wanted.length ? 0 : at === 0 ? 1 : 2;
}

/** A subnet around the network answers better than one inside it. */
function holdingRank(cidr: string, network: Network): Hit["rank"] | null {
  const own = readCidr(cidr)?.network;
  if (!own || !networksOverlap(own, network)) return null;
  return own.first <= network.first ? 1 : 2;
}

/** `30`, `#30` or `100-199` as a question about tags; no tag answers to anything else. */
function tagQuery(wanted: string): Query["tags"] {
  const match = /^#?([0-9]{1,8})(?:\s*[-–]\s*([0-9]{1,8}))?$/.exec(wanted);
  if (!match) return () => false;
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  return (tag) => tag !== undefined && tag >= from && tag <= to;
}

/** An address or a network, whole; parts of one are only compared as text. */
function networkQuery(wanted: string): Network | null {
  const address = readAddress(wanted);
  if (address) return networkAround(address.family, address.value, address.family === 4 ? 32 : 128);
  return readCidr(wanted)?.network ?? null;
}
