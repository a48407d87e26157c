import { parseAddress } from "@/lib/core/net/address";
import { contains, networkAround, parseCidr, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { err, ok, type Result } from "@/lib/core/result";
import { removeKeys, type SubnetRef } from "./edits";
import type { HostService, Layout, Subnet } from "./model";

type Dhcp = NonNullable<HostService["dhcp"]>;

/** The layout afterwards, the subnets that came of it, and what could not be kept, each a sentence. */
export interface Reshaped {
  readonly layout: Layout;
  readonly cidrs: readonly string[];
  readonly lost: readonly string[];
}

/**
 * Makes two halves of a subnet. The half that holds the gateway keeps it, with everything that still fits; the other one
 * begins empty. Host services stay with the half of the gateway. The error says why it cannot be halved.
 */
export function splitSubnet(layout: Layout, ref: SubnetRef): Result<Reshaped, string> {
  const at = layout.subnets.findIndex(({ vnet, cidr }) => vnet === ref.vnet && cidr === ref.cidr);
  const subnet = layout.subnets[at];
  const network = subnet && readCidr(subnet.cidr)?.network;
  if (!subnet || !network) return err(`${ref.cidr} is not a network.`);
  const bits = network.family === 4 ? 32 : 128;
  if (network.prefix >= bits) return err(`${ref.cidr} is a single address and cannot be halved.`);
  const low = networkAround(network.family, network.first, network.prefix + 1);
  const high = networkAround(network.family, low.last + 1n, network.prefix + 1);
  const gateway = subnet.gateway === undefined ? null : parseAddress(subnet.gateway);
  const keeps = gateway?.ok && contains(renderCidr(high), gateway.value) ? high : low;
  const kept = renderCidr(keeps);
  const other = renderCidr(keeps === low ? high : low);
  const shrunk = fitted(subnet, kept);
  const first =
    keeps === low ? [shrunk.subnet, { vnet: ref.vnet, cidr: other }] : [{ vnet: ref.vnet, cidr: other }, shrunk.subnet];
  const services = movedServices(layout, ref, kept);
  return ok({
    layout: {
      ...layout,
      subnets: layout.subnets.toSpliced(at, 1, ...first),
      ...(services.list ? { hostServices: services.list } : {}),
    },
    cidrs: [renderCidr(low), renderCidr(high)],
    lost: [...shrunk.lost, ...services.lost],
  });
}

/** The other half of the network one level up, if it is a subnet of the same VNet. */
export function siblingOf(layout: Layout, ref: SubnetRef): Subnet | null {
  const network = readCidr(ref.cidr)?.network;
  if (!network || network.prefix === 0) return null;
  const around = networkAround(network.family, network.first, network.prefix - 1);
  const first = around.first === network.first ? network.last + 1n : around.first;
  const sibling = renderCidr(networkAround(network.family, first, network.prefix));
  return layout.subnets.find(({ vnet, cidr }) => vnet === ref.vnet && cidr === sibling) ?? null;
}

/** Makes one subnet of two halves of the same VNet; the one asked for keeps its gateway. What the other had is told. */
export function joinSubnets(layout: Layout, ref: SubnetRef): Result<Reshaped, string> {
  const sibling = siblingOf(layout, ref);
  const subnet = layout.subnets.find(({ vnet, cidr }) => vnet === ref.vnet && cidr === ref.cidr);
  const network = readCidr(ref.cidr)?.network;
  if (!subnet || !network || !sibling) return err(`The other half of ${ref.cidr} is no subnet of ${ref.vnet}.`);
  const whole = renderCidr(networkAround(network.family, network.first, network.prefix - 1));
  const { vnet: _vnet, cidr: _cidr, ...had } = sibling;
  const ranges = [...(subnet["dhcp-range"] ?? []), ...(sibling["dhcp-range"] ?? [])];
  const { "dhcp-range": _ranges, ...gone } = had;
  const services = (layout.hostServices ?? []).some((each) => each.vnet === sibling.vnet && each.cidr === sibling.cidr);
  const lost = [
    ...Object.keys(gone).map((field) => `${field} of ${sibling.cidr} goes.`),
    ...(services ? [`The host services of ${sibling.cidr} go.`] : []),
  ];
  const without = removeKeys(layout, [`subnet/${sibling.vnet}/${sibling.cidr}`]);
  const moved = movedServices(without, ref, whole);
  return ok({
    layout: {
      ...without,
      subnets: without.subnets.map((each) =>
        each === subnet ? { ...each, cidr: whole, ...(ranges.length > 0 ? { "dhcp-range": ranges } : {}) } : each,
      ),
      ...(moved.list ? { hostServices: moved.list } : {}),
    },
    cidrs: [whole],
    lost,
  });
}

/** The subnet with only those addresses that lie in the smaller network. */
function fitted(subnet: Subnet, cidr: string): { subnet: Subnet; lost: string[] } {
  const inside = holder(cidr);
  const ranges = subnet["dhcp-range"] ?? [];
  const kept = ranges.filter((range) => inside(range["start-address"]) && inside(range["end-address"]));
  const { "dhcp-range": _ranges, ...rest } = subnet;
  const lost = ranges
    .filter((range) => !kept.includes(range))
    .map((range) => `The range ${range["start-address"]} - ${range["end-address"]} is in both halves and goes.`);
  return { subnet: { ...rest, cidr, ...(kept.length > 0 ? { "dhcp-range": kept } : {}) }, lost };
}

/** Host services under their subnet's new network, without what is outside of it. */
function movedServices(
  layout: Layout,
  ref: SubnetRef,
  cidr: string,
): { list: Layout["hostServices"] | null; lost: string[] } {
  if (!layout.hostServices) return { list: null, lost: [] };
  const lost: string[] = [];
  const list = layout.hostServices.map((service) => {
    if (service.vnet !== ref.vnet || service.cidr !== ref.cidr) return service;
    if (!service.dhcp) return { ...service, cidr };
    const fitting = fittedDhcp(service.dhcp, cidr);
    lost.push(...fitting.lost);
    return { ...service, cidr, dhcp: fitting.dhcp };
  });
  return { list, lost };
}

/** DHCP with only those ranges and reservations that lie in the network. */
function fittedDhcp(dhcp: Dhcp, cidr: string): { dhcp: Dhcp; lost: string[] } {
  const inside = holder(cidr);
  const { ranges = [], reservations = [] } = dhcp;
  const kept = {
    ...(dhcp.ranges && { ranges: ranges.filter(({ start, end }) => inside(start) && inside(end)) }),
    ...(dhcp.reservations && { reservations: reservations.filter(({ ip }) => inside(ip)) }),
  };
  const gone = ranges.length - (kept.ranges?.length ?? 0);
  const left = reservations.length - (kept.reservations?.length ?? 0);
  const lost: string[] = [];
  if (gone > 0) lost.push(`${gone} DHCP ${gone === 1 ? "range is" : "ranges are"} outside ${cidr} and go.`);
  if (left > 0) lost.push(`${left} ${left === 1 ? "reservation is" : "reservations are"} outside ${cidr} and go.`);
  return { dhcp: { ...dhcp, ...kept }, lost };
}

/** Whether an address lies in the network; a text that is no address stays where it is, to be mended there. */
function holder(cidr: string): (address: string) => boolean {
  const network = parseCidr(cidr);
  return (address) => {
    const read = parseAddress(address);
    return !read.ok || !network.ok || contains(network.value, read.value);
  };
}
