import { readDhcpOptions } from "@/lib/core/hosts/dhcp-options";
import type { DhcpOptions } from "@/lib/core/hosts/node-state";
import { isByAgent } from "@/lib/core/hosts/zone-abilities";
import type { HostService } from "@/lib/core/layout/model";
import { type Family, type NumericAddress, readAddress, renderAddress } from "@/lib/core/net/address";
import { broadcastOf, type Network, renderCidr } from "@/lib/core/net/cidr";
import { isDnsName } from "@/lib/core/net/dns-name";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { type HostServiceInPlace, problem, type Rule, type SubnetInPlace, setFix } from "../subject";

/** What a host service's DHCP hands out: lease time, domain, name servers, options and reservations. */
export const leases: Rule = ({ hostServices }) => {
  const gateways = agentGateways(hostServices);
  const problems: Problem[] = [];
  const byNode = new Map<string, Seen>();
  for (const { key, service, place } of hostServices) {
    if (!service.dhcp) continue;
    problems.push(...settings(key, service.dhcp, place?.network ?? null));
    if (isByAgent(service)) problems.push(...unanswered(key, service.dhcp, gateways.get(service.gatewayNode)));
    // One gateway node serves all subnets of a VNet, so a MAC or address may be reserved once there.
    const seen = byNode.get(service.vnet) ?? { macs: new Map(), addresses: new Map() };
    byNode.set(service.vnet, seen);
    for (const entry of service.dhcp.reservations ?? []) problems.push(...reservation(key, entry, place, seen));
  }
  return problems;
};

type Dhcp = NonNullable<HostService["dhcp"]>;
type Reservation = NonNullable<Dhcp["reservations"]>[number];

interface Seen {
  readonly macs: Map<string, string>;
  readonly addresses: Map<string, string>;
}

/** dnsmasq takes a number with a unit; a bare number would silently be seconds. */
const LEASE = /^[1-9][0-9]{0,6}[smhd]$/;

/** `network` of the subnet; null while its CIDR is none, and then only what holds for both families is judged. */
function settings(key: EntityKey, dhcp: Dhcp, network: Network | null): Problem[] {
  const problems = dhcp.lease === undefined ? [] : lease(key, dhcp.lease);
  if (dhcp.domain !== undefined && !isDnsName(dhcp.domain)) {
    const message = `${said(dhcp.domain)} is not a DNS name; use letters, digits, dashes and dots, or leave it out.`;
    problems.push(problem("domain-invalid", "error", key, message, { field: "dhcp.domain" }));
  }
  for (const server of dhcp.dnsServers ?? []) {
    const read = readAddress(server);
    const message = serverFault(server, read, network?.family ?? null);
    if (message !== null)
      problems.push(problem("dns-server-invalid", "error", key, message, { field: "dhcp.dnsServers" }));
  }
  const { options, faults } = readDhcpOptions(dhcp.options ?? {}, network?.family ?? 4);
  for (const reason of [...faults.map((fault) => fault.reason), ...farHops(options, network)]) {
    problems.push(problem("dhcp-option-invalid", "error", key, reason, { field: "dhcp.options" }));
  }
  return problems;
}

function serverFault(text: string, read: NumericAddress | null, family: Family | null): string | null {
  if (!read) return `${said(text)} is not an address; write a DNS server like 8.8.8.8.`;
  if (family !== null && read.family !== family) {
    return `${text} is no IPv${family} address, so a guest of this subnet cannot be told to use it; name it on a subnet of its family.`;
  }
  // dnsmasq puts its own address in the place of 0.0.0.0 and ::, and the agent's answers no DNS (port=0).
  if (read.value !== 0n) return null;
  return `${text} names no server: dnsmasq would give its own address, where no DNS answers. Write a DNS server like 8.8.8.8.`;
}

/** The gateways that each node's agent holds, as `spelled`. */
function agentGateways(hostServices: readonly HostServiceInPlace[]): ReadonlyMap<string | undefined, Set<string>> {
  const gateways = new Map<string | undefined, Set<string>>();
  for (const { service, place } of hostServices) {
    const gateway = place?.subnet.gateway;
    if (gateway === undefined || !isByAgent(service)) continue;
    gateways.set(service.gatewayNode, (gateways.get(service.gatewayNode) ?? new Set()).add(spelled(gateway)));
  }
  return gateways;
}

/** The guard lets guests ask a gateway that they are told of, but the agent's dnsmasq answers no DNS (port=0). */
function unanswered(key: EntityKey, dhcp: Dhcp, gateways: ReadonlySet<string> | undefined): Problem[] {
  const asked = (dhcp.dnsServers ?? []).filter((server) => gateways?.has(spelled(server)));
  return asked.map((server) => {
    const message = `${server} is a gateway of the node, and its agent answers no DNS: guests get an answer only if the node runs a DNS server of its own. Else write one like 8.8.8.8.`;
    return problem("dns-server-is-gateway", "warning", key, message, { field: "dhcp.dnsServers" });
  });
}

/** One address can be written in many ways; this is one of them. A text that is none stays as it is. */
function spelled(address: string): string {
  const read = readAddress(address);
  return read ? renderAddress(read) : address;
}

/** The routes of a guest lead through its own subnet: to it no other router is within reach (RFC 3442). */
function farHops(options: DhcpOptions, network: Network | null): string[] {
  if (!network) return [];
  return (options["static-routes"] ?? []).flatMap(({ destination, via }) => {
    const hop = readAddress(via);
    if (hop && hop.family === network.family && hop.value >= network.first && hop.value <= network.last) return [];
    return `The DHCP option static-routes sends ${destination} through ${via}, which guests cannot reach: it lies outside ${renderCidr(network)}. Name a router within it.`;
  });
}

function lease(key: EntityKey, text: string): Problem[] {
  if (LEASE.test(text)) return shortLease(key, text);
  const bare = /^[1-9][0-9]{0,6}$/.test(text);
  const offer = bare ? `${text}h` : "24h";
  const message = `${said(text)} ${bare ? "needs a unit" : "is not a lease time"}; write a number and s, m, h or d, such as ${offer}.`;
  const fix = setFix(`Use ${offer}`, key, "dhcp.lease", offer);
  return [problem("lease-invalid", "error", key, message, { field: "dhcp.lease", fix })];
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };
const SHORTEST = 120;

/** dnsmasq takes two minutes for anything shorter, without a word. */
function shortLease(key: EntityKey, text: string): Problem[] {
  if (Number(text.slice(0, -1)) * (SECONDS[text.slice(-1)] ?? 0) >= SHORTEST) return [];
  const message = `${text} is too short; dnsmasq would take 2m, its least. Write 2m or more.`;
  const fix = setFix("Use 2m", key, "dhcp.lease", "2m");
  return [problem("lease-invalid", "error", key, message, { field: "dhcp.lease", fix })];
}

function reservation(key: EntityKey, entry: Reservation, place: SubnetInPlace | null, seen: Seen): Problem[] {
  const { mac, ip, hostname } = entry;
  const wrong = (code: "reservation-invalid" | "reservation-duplicate", message: string) => [
    problem(code, "error", key, message, { field: "dhcp.reservations" }),
  ];
  const problems: Problem[] = [];
  const cleanMac = mac.trim().toLowerCase().replaceAll("-", ":");
  const earlier = seen.macs.get(cleanMac);
  if (MAC.test(cleanMac) && !isUnicast(cleanMac)) {
    const message = `${mac} is no address of a single interface, so no guest has it; write that of a guest's network card.`;
    problems.push(...wrong("reservation-invalid", message));
  } else if (!MAC.test(cleanMac)) {
    problems.push(
      ...wrong("reservation-invalid", `${said(mac)} is not a MAC address; write it like BC:24:11:00:00:01.`),
    );
  } else if (earlier !== undefined) {
    problems.push(...wrong("reservation-duplicate", `${mac} has two reservations, ${earlier} and ${ip}; keep one.`));
  } else seen.macs.set(cleanMac, ip);

  const fault = addressFault(ip, place);
  if (fault !== null)
    problems.push(...wrong("reservation-invalid", `The reservation for ${said(mac)} does not work: ${fault}`));
  const address = spelled(ip);
  const owner = seen.addresses.get(address);
  if (owner === undefined) seen.addresses.set(address, mac);
  else {
    const message = `${said(ip)} is reserved for ${said(owner)} and for ${said(mac)}; give one of them another address.`;
    problems.push(...wrong("reservation-duplicate", message));
  }
  if (hostname !== undefined && (!isDnsName(hostname) || hostname.includes("."))) {
    problems.push(
      ...wrong("reservation-invalid", `${said(hostname)} is not a host name; use letters, digits and dashes.`),
    );
  }
  return problems;
}

const MAC = /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/;

/** The lowest bit of the first byte marks a group (IEEE 802); the agent refuses those and the address of all zeros. */
const isUnicast = (mac: string): boolean =>
  Number.parseInt(mac.slice(0, 2), 16) % 2 === 0 && mac !== "00:00:00:00:00:00";

const said = (text: string): string => (text === "" ? "An empty text" : text);

/** Why an address cannot be reserved in its subnet, as the end of a sentence; null when it can. */
function addressFault(ip: string, place: SubnetInPlace | null): string | null {
  const read = readAddress(ip);
  if (!read) return `${said(ip)} is not an address.`;
  const { network = null, subnet } = place ?? {};
  if (!network || !subnet) return null;
  const { family, value } = read;
  if (family !== network.family || value < network.first || value > network.last) {
    return `${ip} lies outside ${subnet.cidr}.`;
  }
  if (broadcastOf(network) !== null && (value === network.first || value === network.last)) {
    return `${ip} is the network or broadcast address of ${subnet.cidr}.`;
  }
  const gateway = subnet.gateway === undefined ? null : readAddress(subnet.gateway);
  return gateway?.family === family && gateway.value === value ? `${ip} is the gateway.` : null;
}
