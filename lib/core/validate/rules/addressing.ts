import { type NumericAddress, readAddress, renderAddress } from "@/lib/core/net/address";
import { broadcastOf, hostsOf, type Network, parseCidr } from "@/lib/core/net/cidr";
import { isDnsName } from "@/lib/core/net/dns-name";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import type { Fix, Problem } from "@/lib/core/problem";
import type { ProblemCode } from "../codes";
import { problem, type Rule, type SubnetInPlace, servedByProxmox, setFix } from "../subject";

/** Proxmox takes IPv4 /8 to /32 and IPv6 /8 to /128 (PVE::Network::SDN::SubnetPlugin, CIDR format). */
const SHORTEST_PREFIX = 8;

/** Networks and gateways, one subnet at a time. Overlaps are in overlaps.ts. */
export const addressing: Rule = ({ subnets, subnetAt }) => {
  const problems: Problem[] = [];
  const seen = new Map<string, EntityKey>();
  for (const place of subnets) {
    problems.push(...network(place, (cidr) => subnetAt.has(subnetKey(place.subnet.vnet, cidr))));
    if (place.read) problems.push(...gateway(place, place.read.network));
    problems.push(...names(place));
    // Proxmox keys a subnet by zone and CIDR, so it exists once per zone, whatever the VNet.
    const id = `${place.vnet?.zone ?? place.subnet.vnet}|${place.cidr ?? place.subnet.cidr}`;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, place.key);
    else problems.push(duplicate(place, first));
  }
  return problems;
};

function network({ key, subnet, read, cidr }: SubnetInPlace, isTaken: (cidr: string) => boolean): Problem[] {
  if (!read || cidr === null) {
    const parsed = parseCidr(subnet.cidr);
    const reason = parsed.ok ? `${subnet.cidr} has spaces around it; remove them.` : parsed.error;
    const fix = parsed.ok ? setFix(`Use ${parsed.value}`, key, "cidr", parsed.value) : null;
    return [problem("cidr-invalid", "error", key, reason, { field: "cidr", fix })];
  }
  if (subnet.cidr === cidr && read.network.prefix >= SHORTEST_PREFIX) return [];
  const fix: Fix | null = isTaken(cidr) ? null : setFix(`Use ${cidr}`, key, "cidr", cidr);
  if (read.address !== read.network.first) {
    const message = `${subnet.cidr} has host bits set: it is an address within ${cidr}. Proxmox would keep it as a network of its own; did you mean ${cidr}?`;
    return [problem("cidr-host-bits", "error", key, message, { field: "cidr", fix })];
  }
  if (read.network.prefix < SHORTEST_PREFIX) {
    const message = `${subnet.cidr} is too large: Proxmox takes networks from /${SHORTEST_PREFIX} on.`;
    return [problem("cidr-prefix", "error", key, message, { field: "cidr" })];
  }
  // Proxmox compares IPv6 networks by their spelling, so another spelling would be another object.
  const message = `${subnet.cidr} is usually written ${cidr}. Proxmox takes each spelling for a network of its own.`;
  return [problem("address-spelling", "warning", key, message, { field: "cidr", fix })];
}

function gateway({ key, subnet, zone, cidr }: SubnetInPlace, net: Network): Problem[] {
  const text = subnet.gateway;
  if (text === undefined) return [];
  const read = readAddress(text);
  const fault = gatewayFault(net, read);
  if (fault !== null) {
    const first = renderAddress({ family: net.family, value: hostsOf(net).first });
    const fix = setFix(`Use ${first}`, key, "gateway", first);
    const message = `${text === "" ? "An empty gateway" : text} ${FAULTS[fault]} ${cidr}. Use an address of it, such as ${first}.`;
    return [problem(fault, "error", key, message, { field: "gateway", fix })];
  }
  const usual = read && renderAddress(read);
  if (usual === null || usual === text) return [];
  const fix = setFix(`Use ${usual}`, key, "gateway", usual);
  const severity = zone && servedByProxmox(zone) ? "warning" : "info";
  return [
    problem("address-spelling", severity, key, `${text} is usually written ${usual}.`, { field: "gateway", fix }),
  ];
}

const FAULTS = {
  "gateway-invalid": "is not an address and cannot be the gateway of",
  "gateway-outside": "cannot be the gateway: it lies outside",
  "gateway-is-network": "cannot be the gateway: it is the network address of",
  "gateway-is-broadcast": "cannot be the gateway: it is the broadcast address of",
} as const satisfies Partial<Record<ProblemCode, string>>;

/** Proxmox accepts the network and the broadcast address; no host can have them. */
function gatewayFault(net: Network, read: NumericAddress | null): keyof typeof FAULTS | null {
  if (!read) return "gateway-invalid";
  // A /32 is point-to-point: Proxmox lets its gateway lie anywhere.
  if (net.family === 4 && net.prefix === 32 && read.family === 4) return null;
  if (read.family !== net.family || read.value < net.first || read.value > net.last) return "gateway-outside";
  const broadcast = broadcastOf(net);
  if (broadcast === null) return null;
  if (read.value === broadcast) return "gateway-is-broadcast";
  return read.value === net.first ? "gateway-is-network" : null;
}

/** Proxmox takes one address as DNS server, and a DNS name as prefix. */
function names({ key, subnet }: SubnetInPlace): Problem[] {
  const problems: Problem[] = [];
  const server = subnet["dhcp-dns-server"];
  if (server !== undefined && !readAddress(server)) {
    const message = `${server === "" ? "An empty DNS server" : server} is not an address; write one like 8.8.8.8, or leave it out.`;
    problems.push(problem("dns-server-invalid", "error", key, message, { field: "dhcp-dns-server" }));
  }
  const prefix = subnet.dnszoneprefix;
  if (prefix !== undefined && !isDnsName(prefix)) {
    const message = `${prefix === "" ? "An empty text" : prefix} is not a DNS name; use letters, digits, dashes and dots, or leave it out.`;
    problems.push(problem("domain-invalid", "error", key, message, { field: "dnszoneprefix" }));
  }
  return problems;
}

function duplicate({ key, subnet, zone }: SubnetInPlace, first: EntityKey): Problem {
  const where = zone ? `zone ${zone.id}` : "its zone";
  const message = `${subnet.cidr} exists twice in ${where}; Proxmox takes a network once per zone. Delete one or change its address.`;
  return problem("subnet-duplicate", "error", [key, first], message, { field: "cidr" });
}
