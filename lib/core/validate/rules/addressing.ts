import { readAddress, renderAddress } from "@/lib/core/net/address";
import { broadcastOf, hostsOf, type Network, parseCidr, renderCidr } from "@/lib/core/net/cidr";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import type { Fix, Problem } from "@/lib/core/problem";
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
    const id = `${place.vnet?.zone ?? place.subnet.vnet}|${place.read ? renderCidr(place.read.network) : place.subnet.cidr}`;
    const first = seen.get(id);
    if (first === undefined) seen.set(id, place.key);
    else problems.push(duplicate(place, first));
  }
  return problems;
};

function network({ key, subnet, read }: SubnetInPlace, isTaken: (cidr: string) => boolean): Problem[] {
  if (!read) {
    const parsed = parseCidr(subnet.cidr);
    const reason = parsed.ok ? `${subnet.cidr} has spaces around it; remove them.` : parsed.error;
    const fix = parsed.ok ? setFix(`Use ${parsed.value}`, key, "cidr", parsed.value) : null;
    return [problem("cidr-invalid", "error", key, reason, { field: "cidr", fix })];
  }
  const cidr = renderCidr(read.network);
  const fix: Fix | null = isTaken(cidr) ? null : setFix(`Use ${cidr}`, key, "cidr", cidr);
  if (read.address !== read.network.first) {
    const message = `${subnet.cidr} has host bits set: it is an address within ${cidr}. Proxmox would keep it as a network of its own; did you mean ${cidr}?`;
    return [problem("cidr-host-bits", "error", key, message, { field: "cidr", fix })];
  }
  if (read.network.prefix < SHORTEST_PREFIX) {
    const message = `${subnet.cidr} is too large: Proxmox takes networks from /${SHORTEST_PREFIX} on.`;
    return [problem("cidr-prefix", "error", key, message, { field: "cidr" })];
  }
  if (subnet.cidr === cidr) return [];
  // Proxmox compares IPv6 networks by their spelling, so another spelling would be another object.
  const message = `${subnet.cidr} is usually written ${cidr}. Proxmox takes each spelling for a network of its own.`;
  return [problem("address-spelling", "warning", key, message, { field: "cidr", fix })];
}

function gateway({ key, subnet, zone }: SubnetInPlace, net: Network): Problem[] {
  const text = subnet.gateway;
  if (text === undefined) return [];
  const first = renderAddress({ family: net.family, value: hostsOf(net).first });
  const fix = setFix(`Use ${first}`, key, "gateway", first);
  const wrong = (code: Parameters<typeof problem>[0], message: string, repair: Fix | null = fix) => [
    problem(code, "error", key, message, { field: "gateway", fix: repair }),
  ];
  const read = readAddress(text);
  const cidr = renderCidr(net);
  if (!read)
    return wrong(
      "gateway-invalid",
      `${text === "" ? "An empty gateway" : text} is not an address; use one of ${cidr} such as ${first}, or leave it out.`,
    );
  const pointToPoint = net.family === 4 && net.prefix === 32;
  const inside = read.family === net.family && read.value >= net.first && read.value <= net.last;
  // A /32 is point-to-point: Proxmox lets its gateway lie anywhere.
  if (!inside && !(pointToPoint && read.family === 4)) {
    return wrong(
      "gateway-outside",
      `The gateway ${text} lies outside ${cidr}; use an address of it, such as ${first}.`,
    );
  }
  if (broadcastOf(net) !== null && read.value === net.first) {
    return wrong(
      "gateway-is-network",
      `${text} is the network address of ${cidr}, which no host can have; use ${first}.`,
    );
  }
  if (broadcastOf(net) === read.value) {
    return wrong(
      "gateway-is-broadcast",
      `${text} is the broadcast address of ${cidr}, which no host can have; use ${first}.`,
    );
  }
  const usual = renderAddress(read);
  if (usual === text) return [];
  const spelling = setFix(`Use ${usual}`, key, "gateway", usual);
  const severity = zone && servedByProxmox(zone) ? "warning" : "info";
  return [
    problem("address-spelling", severity, key, `${text} is usually written ${usual}.`, {
      field: "gateway",
      fix: spelling,
    }),
  ];
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

const LABEL = "[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?";
const DNS_NAME = new RegExp(`^${LABEL}([.]${LABEL})*$`);

/** Labels of letters, digits and dashes, joined by dots; 253 characters at most. */
export const isDnsName = (text: string): boolean => text.length <= 253 && DNS_NAME.test(text);

function duplicate({ key, subnet, zone }: SubnetInPlace, first: EntityKey): Problem {
  const where = zone ? `zone ${zone.id}` : "its zone";
  const message = `${subnet.cidr} exists twice in ${where}; Proxmox takes a network once per zone. Delete one or change its address.`;
  return problem("subnet-duplicate", "error", [key, first], message, { field: "cidr" });
}
