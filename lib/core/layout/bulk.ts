import { renderAddress } from "@/lib/core/net/address";
import { hostsOf, readCidr } from "@/lib/core/net/cidr";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import { err, ok, type Result } from "@/lib/core/result";
import { highestTag } from "./free";
import type { Layout, Subnet } from "./model";
import { type Served, setServed } from "./served";

/** One edit for many objects that gives each of them its own value. */

/** Moves the tags of VNets by the same number. VNets without a tag stay without; the error names the first that cannot. */
export function shiftVnetTags(layout: Layout, vnets: ReadonlySet<string>, step: number): Result<Layout, string> {
  const types = new Map(layout.zones.map(({ id, type }) => [id, type]));
  for (const { id, zone, tag } of layout.vnets) {
    if (tag === undefined || !vnets.has(id)) continue;
    const highest = highestTag(types.get(zone) ?? "vlan");
    const to = tag + step;
    if (highest > 0 && (to < 1 || to > highest)) return err(`${id} would get tag ${to}; tags go from 1 to ${highest}.`);
  }
  const moved = layout.vnets.map((vnet) =>
    vnet.tag !== undefined && vnets.has(vnet.id) ? { ...vnet, tag: vnet.tag + step } : vnet,
  );
  return ok(step === 0 ? layout : { ...layout, vnets: moved });
}

/** Which address of its network a gateway is; `other` for one in the middle or outside. */
export type GatewayPlace = "first" | "last" | "none" | "other";

export function gatewayPlace({ cidr, gateway }: Pick<Subnet, "cidr" | "gateway">): GatewayPlace {
  if (gateway === undefined) return "none";
  if (gateway === gatewayAt(cidr, "first")) return "first";
  return gateway === gatewayAt(cidr, "last") ? "last" : "other";
}

function gatewayAt(cidr: string, place: "first" | "last"): string | null {
  const network = readCidr(cidr)?.network;
  return network ? renderAddress({ family: network.family, value: hostsOf(network)[place] }) : null;
}

/** Gives every subnet the same address of its own network as gateway, or none. What is no network keeps its own. */
export function setGateways(layout: Layout, keys: ReadonlySet<EntityKey>, place: "first" | "last" | "none"): Layout {
  const subnets = layout.subnets.map((subnet) => {
    if (!keys.has(subnetKey(subnet.vnet, subnet.cidr))) return subnet;
    const { gateway: _, ...rest } = subnet;
    if (place === "none") return rest;
    const gateway = gatewayAt(subnet.cidr, place);
    return gateway === null ? subnet : { ...rest, gateway };
  });
  return { ...layout, subnets };
}

/** Places in a network, counted from its first address: .120 to .220. */
export interface RangePlaces {
  readonly from: number;
  readonly to: number;
}

/** `.120 - .220` as people write it; null for nothing. */
export function readPlaces(text: string): Result<RangePlaces | null, string> {
  if (text.trim() === "") return ok(null);
  const [, from, to] = /^\.?([0-9]{1,9})\s*[-–]\s*\.?([0-9]{1,9})$/.exec(text.trim()) ?? [];
  if (from === undefined || to === undefined) return err("Write two places in the network, for example .120 - .220.");
  if (Number(from) > Number(to)) return err("The first place comes after the last one.");
  return ok({ from: Number(from), to: Number(to) });
}

/** The places of a range as it stands; null when there is another number of ranges than one, or it is elsewhere. */
export function placesOf(cidr: string, ranges: NonNullable<Served["ranges"]>): string | null {
  const [range] = ranges;
  const network = readCidr(cidr)?.network;
  if (!range || ranges.length > 1 || !network) return ranges.length === 0 ? "" : null;
  const [start, end] = [readCidr(`${range.start}/0`), readCidr(`${range.end}/0`)];
  if (!start || !end || start.address < network.first || end.address > network.last) return null;
  return `.${start.address - network.first} - .${end.address - network.first}`;
}

/**
 * Gives every subnet one DHCP range at the same places of its own network, or none. `left` are those it does not fit
 * into; they keep what they have.
 */
export function setRangePlaces(
  layout: Layout,
  keys: ReadonlySet<EntityKey>,
  places: RangePlaces | null,
): { readonly layout: Layout; readonly left: readonly string[] } {
  const wanted = new Map<EntityKey, Served>();
  const left: string[] = [];
  for (const { vnet, cidr } of layout.subnets) {
    const key = subnetKey(vnet, cidr);
    if (!keys.has(key)) continue;
    const range = places && rangeAt(cidr, places);
    if (places && !range) left.push(cidr);
    else wanted.set(key, { ranges: range ? [range] : [] });
  }
  return { layout: setServed(layout, wanted), left };
}

function rangeAt(cidr: string, { from, to }: RangePlaces): { start: string; end: string } | null {
  const network = readCidr(cidr)?.network;
  if (!network) return null;
  const { first, last } = hostsOf(network);
  const [start, end] = [network.first + BigInt(from), network.first + BigInt(to)];
  if (start < first || end > last) return null;
  const { family } = network;
  return { start: renderAddress({ family, value: start }), end: renderAddress({ family, value: end }) };
}

/** The same SNAT or DNS servers for every subnet. */
export const setServedOfAll = (layout: Layout, keys: ReadonlySet<EntityKey>, served: Served): Layout =>
  setServed(layout, new Map([...keys].map((key) => [key, served])));
