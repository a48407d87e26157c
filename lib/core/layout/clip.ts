import { type Network, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { type NetworkIndex, networkIndex, nextFreeNetwork } from "@/lib/core/net/network-index";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { err, ok, type Result } from "@/lib/core/result";
import { changeSubnetCidr } from "./edits";
import { freeIdAmong, nextFreeTag, takenIds } from "./free";
import type { Layout, Subnet, Vnet, Zone } from "./model";

/** Objects taken out of a layout, to be put into the same or another one. */
export type Clip = Pick<Layout, "zones" | "vnets" | "subnets" | "hostServices">;

/**
 * What keys stand for, with what hangs on it: a zone comes with its VNets, a VNet with its subnets, a subnet with its
 * host services. Null when none of the keys exists.
 */
export function clipOf(layout: Layout, keys: Iterable<EntityKey>): Clip | null {
  const wanted = new Set(keys);
  const zones = layout.zones.filter(({ id }) => wanted.has(zoneKey(id)));
  const zoneIds = new Set(zones.map(({ id }) => id));
  const vnets = layout.vnets.filter(({ id, zone }) => wanted.has(vnetKey(id)) || zoneIds.has(zone));
  const vnetIds = new Set(vnets.map(({ id }) => id));
  const subnets = layout.subnets.filter(({ vnet, cidr }) => vnetIds.has(vnet) || wanted.has(subnetKey(vnet, cidr)));
  if (zones.length + vnets.length + subnets.length === 0) return null;
  const taken = new Set(subnets.map(({ vnet, cidr }) => subnetKey(vnet, cidr)));
  const hostServices = (layout.hostServices ?? []).filter(({ vnet, cidr }) => taken.has(subnetKey(vnet, cidr)));
  return { zones, vnets, subnets, ...(hostServices.length > 0 ? { hostServices } : {}) };
}

export interface PasteOptions {
  /** The zone for VNets that come without theirs. */
  readonly zone: string | null;
  /** The VNet for subnets that come without theirs. */
  readonly vnet: string | null;
  /** `keep` as they are, `free` the next free network of the size where one is taken, `none` leaves them out. */
  readonly subnets: "keep" | "free" | "none";
}

export interface Pasted {
  readonly layout: Layout;
  /** The new objects, zones and VNets first. */
  readonly keys: readonly EntityKey[];
}

/**
 * Puts a clip into a layout. Ids and tags that are taken give way to the next free ones; addresses inside a network that
 * moves keep their place. The error says what is missing: a zone for the VNets, a VNet for the subnets, a free tag.
 */
export function pasteClip(layout: Layout, clip: Clip, { zone, vnet, subnets }: PasteOptions): Result<Pasted, string> {
  const ids = takenIds(layout);
  const another = (id: string): string => {
    const free = freeIdAmong(ids, id);
    ids.add(free);
    return free;
  };
  const zones = new Map(clip.zones.map((each): [string, Zone] => [each.id, { ...each, id: another(each.id) }]));
  let next: Layout = { ...layout, zones: [...layout.zones, ...zones.values()] };

  const vnets = new Map<string, Vnet>();
  for (const each of clip.vnets) {
    const home = zones.get(each.zone)?.id ?? zone;
    if (home === null) return err("Go to the zone that the VNets shall go to, then paste again.");
    const made = retagged(next, { ...each, id: another(each.id), zone: home });
    if (!made.ok) return made;
    vnets.set(each.id, made.value);
    next = { ...next, vnets: [...next.vnets, made.value] };
  }

  const keys = [...zones.values()].map(({ id }) => zoneKey(id));
  keys.push(...[...vnets.values()].map(({ id }) => vnetKey(id)));
  if (subnets === "none") return ok({ layout: next, keys });
  const used = usedNetworks(next);
  for (const each of clip.subnets) {
    const home = vnets.get(each.vnet)?.id ?? vnet;
    if (home === null) return err("Go to the VNet that the subnets shall go to, then paste again.");
    const cidr = subnets === "free" ? freeCidr(used, each.cidr) : each.cidr;
    if (cidr === null) return err(`No network of the size of ${each.cidr} is free above it. Paste without subnets.`);
    next = withSubnet(next, clip, each, { vnet: home, cidr });
    keys.push(subnetKey(home, cidr));
  }
  return ok({ layout: next, keys });
}

/** The VNet with a tag that is free in its zone: its own where that is possible, none where the zone takes none. */
function retagged(layout: Layout, vnet: Vnet): Result<Vnet, string> {
  const type = layout.zones.find(({ id }) => id === vnet.zone)?.type;
  const { tag, ...rest } = vnet;
  if (type === "simple" || type === undefined) return ok(type === undefined ? vnet : rest);
  const free = nextFreeTag(layout, vnet.zone, tag);
  return free === null ? err(`Zone ${vnet.zone} has no free tag left for ${vnet.id}.`) : ok({ ...rest, tag: free });
}

function usedNetworks({ subnets }: Layout): NetworkIndex<string> {
  const used = networkIndex<string>();
  for (const { cidr } of subnets) {
    const network = readCidr(cidr)?.network;
    if (network) used.add(network, cidr);
  }
  return used;
}

/** The network itself when it is free, else the next one of its size; it counts as used from then on. */
function freeCidr(used: NetworkIndex<string>, cidr: string): string | null {
  const like = readCidr(cidr)?.network;
  if (!like) return cidr;
  const free = nextFreeNetwork(used, like, { ...like, last: everything(like) });
  if (!free) return null;
  const text = free.first === like.first ? cidr : renderCidr(free);
  used.add(free, text);
  return text;
}

const everything = ({ family }: Network): bigint => (family === 4 ? 0xffff_ffffn : (1n << 128n) - 1n);

/** Adds the subnet in its new place with its services; addresses follow as they do when a subnet is changed. */
function withSubnet(layout: Layout, clip: Clip, subnet: Subnet, to: { vnet: string; cidr: string }): Layout {
  const services = (clip.hostServices ?? []).filter((each) => each.vnet === subnet.vnet && each.cidr === subnet.cidr);
  const alone: Layout = {
    ...layout,
    vnets: [],
    zones: [],
    exceptions: [],
    subnets: [{ ...subnet, vnet: to.vnet }],
    hostServices: services.map((each) => ({ ...each, vnet: to.vnet })),
  };
  const moved = changeSubnetCidr(alone, { vnet: to.vnet, cidr: subnet.cidr }, to.cidr);
  const hostServices = [...(layout.hostServices ?? []), ...(moved.hostServices ?? [])];
  return {
    ...layout,
    subnets: [...layout.subnets, ...moved.subnets],
    ...(hostServices.length > 0 ? { hostServices } : {}),
  };
}
