import type { HostService, Layout, Subnet, Zone } from "@/lib/core/layout/model";
import { type Address, parseAddress, readAddress } from "@/lib/core/net/address";
import { type Cidr, type Network, parseCidr, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { type EntityKey, hostServiceKey, subnetKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { readDhcpOptions } from "./dhcp-options";
import type { DhcpState, SubnetState } from "./node-state";
import { usualRange } from "./usual-range";
import { isByAgent } from "./zone-abilities";

/** One subnet that the agent of a node shall serve. */
export interface ServedSubnet {
  readonly key: EntityKey;
  /** Name of the layout it comes from. */
  readonly layout: string;
  readonly node: string;
  readonly zone: Zone;
  readonly service: HostService;
  readonly network: Network;
  readonly state: SubnetState;
}

/** A declared service that no agent will provide, with the reason as a sentence. */
export interface Unserved {
  readonly key: EntityKey;
  readonly vnet: string;
  readonly cidr: string;
  readonly node: string | null;
  readonly reason: string;
}

/** What the agents shall serve of one layout, and what they will not. Services of guests and edge routers are in neither. */
export function servedSubnets(
  layout: Layout,
  facts: ClusterFacts | null,
): { readonly served: readonly ServedSubnet[]; readonly unserved: readonly Unserved[] } {
  const zones = new Map(layout.zones.map((zone) => [zone.id, zone]));
  const zoneOf = new Map(layout.vnets.map((vnet) => [vnet.id, zones.get(vnet.zone)]));
  const subnets = new Map(layout.subnets.map((subnet) => [subnetKey(subnet.vnet, subnet.cidr), subnet]));
  const served: ServedSubnet[] = [];
  const unserved: Unserved[] = [];
  for (const service of layout.hostServices ?? []) {
    if (!isByAgent(service)) continue;
    const { vnet, cidr } = service;
    const key = hostServiceKey(vnet, cidr);
    const zone = zoneOf.get(vnet);
    const subnet = subnets.get(subnetKey(vnet, cidr));
    const read: Result<Omit<ServedSubnet, "key" | "layout">, string> = zone && subnet
      ? readService(service, subnet, zone, facts)
      : err(`the layout has no such subnet, or its VNet is in no zone`);
    if (read.ok) served.push({ key, layout: layout.name, ...read.value });
    else unserved.push({ key, vnet, cidr, node: service.gatewayNode ?? null, reason: read.error });
  }
  return { served, unserved };
}

function readService(
  service: HostService,
  subnet: Subnet,
  zone: Zone,
  facts: ClusterFacts | null,
): Result<Omit<ServedSubnet, "key" | "layout">, string> {
  const node = gatewayNode(service, zone, facts);
  if (!node.ok) return node;
  const cidr = parseCidr(subnet.cidr);
  if (!cidr.ok) return err(`${subnet.cidr} is not a network`);
  const network = readCidr(cidr.value)?.network;
  const gateway = subnet.gateway === undefined ? null : parseAddress(subnet.gateway);
  if (!gateway?.ok || !network || !isIn(network, gateway.value)) return err("it has no gateway within it");
  if (service.snat && !service.uplink) return err("SNAT has no uplink");
  const exclude = (service.snatExclude ?? []).map((text) => readCidr(text)?.network ?? null);
  const state: SubnetState = {
    cidr: cidr.value,
    gateway: gateway.value,
    snat:
      service.snat && service.uplink
        ? { uplink: service.uplink, exclude: exclude.flatMap((one) => (one ? [renderCidr(one)] : [])).sort() }
        : null,
    dhcp: service.dhcp ? dhcpState(service.dhcp, cidr.value, gateway.value) : null,
  };
  return ok({ node: node.value, zone, service, network, state });
}

/** The node whose agent serves a subnet of this zone, or why none does. */
function gatewayNode(
  { gatewayNode: node }: HostService,
  zone: Zone,
  facts: ClusterFacts | null,
): Result<string, string> {
  if (zone.type === "simple") return err("Proxmox serves simple zones itself");
  if (zone.type === "evpn") return err("the agent does not serve EVPN zones");
  if (!node) return err("no gateway node is chosen");
  const nodes = zone.nodes ?? facts?.nodes.map(({ name }) => name);
  return nodes && !nodes.includes(node) ? err(`${node} is not in zone ${zone.id}`) : ok(node);
}

const DEFAULT_LEASE = "24h";

/** DHCP with everything spelled out. */
function dhcpState(dhcp: NonNullable<HostService["dhcp"]>, cidr: Cidr, gateway: Address): DhcpState {
  const reservations = dhcp.reservations ?? [];
  const usual = usualRange(dhcp, cidr, gateway);
  const ranges = (dhcp.ranges ?? []).map(({ start, end }) => ({ start: spelled(start), end: spelled(end) }));
  const family = readAddress(gateway)?.family ?? 4;
  return {
    ranges: usual ? [{ start: usual.start, end: usual.end }] : ranges,
    lease: dhcp.lease ?? DEFAULT_LEASE,
    domain: dhcp.domain ?? null,
    dnsServers: (dhcp.dnsServers ?? []).map(spelled),
    reservations: reservations
      .map(({ mac, ip, hostname }) => ({
        mac: mac.trim().toLowerCase().replaceAll("-", ":"),
        ip: spelled(ip),
        hostname: hostname ?? null,
      }))
      .sort((a, b) => (a.mac < b.mac ? -1 : a.mac > b.mac ? 1 : 0)),
    options: readDhcpOptions(dhcp.options ?? {}, family).options,
  };
}

/** The canonical spelling; a text that is no address stays, for the agent to refuse it with its place. */
function spelled(text: string): string {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.value : text;
}

function isIn(network: Network, address: Address): boolean {
  const read = readAddress(address);
  return read?.family === network.family && read.value >= network.first && read.value <= network.last;
}
