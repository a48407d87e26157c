import type { HostService } from "@/lib/core/layout/model";
import { readAddress, renderAddress } from "@/lib/core/net/address";
import { broadcastOf, type Network } from "@/lib/core/net/cidr";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { problem, type Rule, type SubnetInPlace, setFix } from "../subject";
import { isDnsName } from "./addressing";

/** What a host service's DHCP hands out: lease time, domain, name servers, options and reservations. */
export const leases: Rule = ({ hostServices }) => {
  const problems: Problem[] = [];
  const byNode = new Map<string, Seen>();
  for (const { key, service, place } of hostServices) {
    if (!service.dhcp) continue;
    problems.push(...settings(key, service.dhcp));
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

function settings(key: EntityKey, dhcp: Dhcp): Problem[] {
  const problems: Problem[] = [];
  if (dhcp.lease !== undefined && !LEASE.test(dhcp.lease)) {
    const bare = /^[1-9][0-9]{0,6}$/.test(dhcp.lease) ? `${dhcp.lease}h` : null;
    const reason = bare ? "needs a unit" : "is not a lease time";
    const message = `${dhcp.lease === "" ? "An empty text" : dhcp.lease} ${reason}; write a number and s, m, h or d, such as ${bare ?? "24h"}.`;
    const fix = setFix(`Use ${bare ?? "24h"}`, key, "dhcp.lease", bare ?? "24h");
    problems.push(problem("lease-invalid", "error", key, message, { field: "dhcp.lease", fix }));
  }
  if (dhcp.domain !== undefined && !isDnsName(dhcp.domain)) {
    const message = `${dhcp.domain === "" ? "An empty text" : dhcp.domain} is not a DNS name; use letters, digits, dashes and dots, or leave it out.`;
    problems.push(problem("domain-invalid", "error", key, message, { field: "dhcp.domain" }));
  }
  for (const server of dhcp.dnsServers ?? []) {
    if (readAddress(server)) continue;
    const message = `${server === "" ? "An empty DNS server" : server} is not an address; write one like 8.8.8.8.`;
    problems.push(problem("dns-server-invalid", "error", key, message, { field: "dhcp.dnsServers" }));
  }
  for (const [name, value] of Object.entries(dhcp.options ?? {})) {
    // Options end up in dnsmasq's configuration: a line break there would be another directive.
    const texts = (Array.isArray(value) ? value : [value]).map(String);
    if (/^[a-z0-9][a-z0-9-]{0,40}$/.test(name) && texts.every((text) => /^[^\p{Cc},]{1,255}$/u.test(text))) continue;
    const message = `The DHCP option ${name.slice(0, 40)} is not usable: its name is lower-case letters, digits and dashes, and its values hold no commas or control characters.`;
    problems.push(problem("dhcp-option-invalid", "error", key, message, { field: "dhcp.options" }));
  }
  return problems;
}

function reservation(
  key: EntityKey,
  { mac, ip, hostname }: Reservation,
  place: SubnetInPlace | null,
  seen: Seen,
): Problem[] {
  const field = "dhcp.reservations";
  const problems: Problem[] = [];
  const add = (code: "reservation-invalid" | "reservation-duplicate", message: string) =>
    problems.push(problem(code, "error", key, message, { field }));
  const address = readAddress(ip);
  const cleanMac = mac.trim().toLowerCase().replaceAll("-", ":");
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(cleanMac)) {
    add(
      "reservation-invalid",
      `${mac === "" ? "An empty text" : mac} is not a MAC address; write it like BC:24:11:00:00:01.`,
    );
  } else if (seen.macs.has(cleanMac)) {
    add("reservation-duplicate", `${mac} has two reservations, ${seen.macs.get(cleanMac)} and ${ip}; keep one.`);
  } else seen.macs.set(cleanMac, ip);
  const fault = address
    ? addressFault(ip, address.family, address.value, place)
    : `${ip === "" ? "An empty text" : ip} is not an address.`;
  if (fault !== null) add("reservation-invalid", `The reservation for ${mac} does not work: ${fault}`);
  if (address) {
    const text = renderAddress(address);
    const owner = seen.addresses.get(text);
    if (owner === undefined) seen.addresses.set(text, mac);
    else
      add("reservation-duplicate", `${ip} is reserved for ${owner} and for ${mac}; give one of them another address.`);
  }
  if (hostname !== undefined && !/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/.test(hostname)) {
    add(
      "reservation-invalid",
      `${hostname === "" ? "An empty text" : hostname} is not a host name; use letters, digits and dashes.`,
    );
  }
  return problems;
}

function addressFault(ip: string, family: number, value: bigint, place: SubnetInPlace | null): string | null {
  const network: Network | null = place?.network ?? null;
  if (!place || !network) return null;
  if (family !== network.family || value < network.first || value > network.last) {
    return `${ip} lies outside ${place.subnet.cidr}.`;
  }
  if (broadcastOf(network) !== null && (value === network.first || value === network.last)) {
    return `${ip} is the network or broadcast address of ${place.subnet.cidr}.`;
  }
  const gateway = place.subnet.gateway === undefined ? null : readAddress(place.subnet.gateway);
  return gateway && gateway.family === family && gateway.value === value ? `${ip} is the gateway.` : null;
}
