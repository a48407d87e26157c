import { type Family, renderAddress } from "@/lib/core/net/address";
import { type Network, networkAround, readCidr, renderCidr } from "@/lib/core/net/cidr";
import type { Layout, Subnet } from "./model";

/** A subnet of a layout with its network as numbers. */
export interface PlacedSubnet {
  readonly subnet: Subnet;
  readonly network: Network;
  /** Subnets of the same zone it shares addresses with, as "10.0.0.0/24 of lab". */
  readonly overlaps: readonly string[];
}

/** One stretch of a block, from its first address to its last. */
export type Stretch =
  | { readonly kind: "subnet"; readonly network: Network; readonly placed: PlacedSubnet }
  | { readonly kind: "block"; readonly network: Network; readonly block: AddressBlock }
  | { readonly kind: "free"; readonly first: bigint; readonly last: bigint };

/** A supernet with what is in it, in order of address and without a gap. */
export interface AddressBlock {
  readonly cidr: string;
  readonly network: Network;
  readonly stretches: readonly Stretch[];
  /** Subnets in it, also those of inner blocks. */
  readonly subnets: number;
  /** Addresses that subnets take, overlaps counted once. */
  readonly used: bigint;
}

/** A bar of more stretches than this cannot be read; what is in it is grouped into smaller blocks. */
const MOST = 24;
/** How many bits a grouping adds: sixteen blocks in a block. */
const STEP = 4;

/** The usual private blocks (RFC 1918, RFC 6598, RFC 4193). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fd00::/8"];

/**
 * The address space of some subnets as nested blocks. Each private block that is in use is shown from the smallest
 * network that holds everything in it; `extra` are blocks somebody wants to look at besides, in CIDR form. Subnets that
 * are no network are left out.
 */
export function addressBlocks(subnets: readonly Subnet[], extra: readonly string[] = []): AddressBlock[] {
  const placed = placedSubnets(subnets);
  const asked = extra.flatMap((text) => readCidr(text)?.network ?? []);
  const homes = new Map<string, Network[]>();
  for (const { network } of [...placed, ...asked.map((each) => ({ network: each }))]) {
    const home = renderCidr(homeOf(network));
    homes.set(home, [...(homes.get(home) ?? []), network]);
  }
  return [...homes.values()]
    .map((networks) => smallestAround(networks))
    .sort(inOrder)
    .map((network) =>
      blockOf(
        network,
        placed.filter((each) => holds(network, each.network)),
      ),
    );
}

/** The private block a network is in; of any other the block of a usual size around it. */
function homeOf(network: Network): Network {
  for (const text of PRIVATE) {
    const block = readCidr(text)?.network;
    if (block && holds(block, network)) return block;
  }
  return networkAround(network.family, network.first, Math.min(network.prefix, network.family === 4 ? 16 : 32));
}

function smallestAround(networks: readonly Network[]): Network {
  const [first] = networks;
  if (!first) throw new Error("Broken invariant: a home without a network");
  let around = first;
  while (!networks.every((each) => holds(around, each))) {
    around = networkAround(around.family, around.first, around.prefix - 1);
  }
  // A subnet alone says nothing about the space around it.
  const room = networks.length === 1 && around.prefix > 8 ? Math.max(8, around.prefix - STEP) : around.prefix;
  return networkAround(around.family, around.first, room);
}

export function placedSubnets(subnets: readonly Subnet[]): PlacedSubnet[] {
  const read = subnets.flatMap((subnet) => {
    const network = readCidr(subnet.cidr)?.network;
    return network ? [{ subnet, network, overlaps: [] as string[] }] : [];
  });
  read.sort((a, b) => inOrder(a.network, b.network));
  const open: typeof read = [];
  for (const each of read) {
    while (open.length > 0 && !holds(open.at(-1)?.network ?? each.network, each.network)) open.pop();
    for (const outer of open) {
      outer.overlaps.push(`${each.subnet.cidr} of ${each.subnet.vnet}`);
      each.overlaps.push(`${outer.subnet.cidr} of ${outer.subnet.vnet}`);
    }
    open.push(each);
  }
  return read;
}

/** Outer networks before those inside them. */
function inOrder(a: Network, b: Network): number {
  if (a.family !== b.family) return a.family - b.family;
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.prefix - b.prefix;
}

const holds = (outer: Network, inner: Network): boolean =>
  outer.family === inner.family && outer.first <= inner.first && outer.last >= inner.last;

function blockOf(network: Network, placed: readonly PlacedSubnet[]): AddressBlock {
  const cidr = renderCidr(network);
  const outer = outermost(placed);
  const used = outer.reduce((sum, each) => sum + (each.network.last - each.network.first + 1n), 0n);
  const parts = outer.length <= MOST ? outer.map(asSubnet) : grouped(network, placed);
  return { cidr, network, subnets: placed.length, used, stretches: withFree(network, parts) };
}

/** Those that no other one holds; of equal ones the first. They come in order, outer ones first. */
function outermost(placed: readonly PlacedSubnet[]): PlacedSubnet[] {
  let reach: bigint | null = null;
  return placed.filter(({ network }) => {
    const hidden = reach !== null && network.last <= reach;
    if (!hidden) reach = network.last;
    return !hidden;
  });
}

type Part = Exclude<Stretch, { kind: "free" }>;

const asSubnet = (placed: PlacedSubnet): Part => ({ kind: "subnet", network: placed.network, placed });

/** Sixteen smaller blocks where there is something in them; a subnet as large as such a block stays itself. */
function grouped(network: Network, placed: readonly PlacedSubnet[]): Part[] {
  const bits = network.prefix + STEP;
  const groups = new Map<string, PlacedSubnet[]>();
  const parts: Part[] = [];
  for (const each of placed) {
    if (each.network.prefix <= bits) parts.push(asSubnet(each));
    else {
      const home = renderCidr(networkAround(network.family, each.network.first, bits));
      groups.set(home, [...(groups.get(home) ?? []), each]);
    }
  }
  for (const [home, inside] of groups) {
    const inner = readCidr(home)?.network;
    if (!inner || parts.some((part) => holds(part.network, inner))) continue;
    const [only] = inside;
    if (inside.length === 1 && only) parts.push(asSubnet(only));
    else parts.push({ kind: "block", network: inner, block: blockOf(inner, inside) });
  }
  return parts.sort((a, b) => inOrder(a.network, b.network));
}

/** Fills the gaps between parts, so that the stretches make up the whole block. */
function withFree(network: Network, parts: readonly Part[]): Stretch[] {
  const stretches: Stretch[] = [];
  let next = network.first;
  for (const part of parts) {
    if (part.network.first < next) continue;
    if (part.network.first > next) stretches.push({ kind: "free", first: next, last: part.network.first - 1n });
    stretches.push(part);
    next = part.network.last + 1n;
  }
  if (next <= network.last) stretches.push({ kind: "free", first: next, last: network.last });
  return stretches;
}

/** The subnets of one zone. */
export function subnetsOfZone(layout: Layout, zone: string): Subnet[] {
  const vnets = new Set(layout.vnets.filter((vnet) => vnet.zone === zone).map(({ id }) => id));
  return layout.subnets.filter(({ vnet }) => vnets.has(vnet));
}

/** "10.0.1.0 – 10.0.3.255" */
export const stretchText = (family: Family, first: bigint, last: bigint): string =>
  `${renderAddress({ family, value: first })} – ${renderAddress({ family, value: last })}`;
