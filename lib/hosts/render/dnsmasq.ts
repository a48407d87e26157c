import type { DhcpState, SubnetState, VnetState } from "@/lib/core/hosts/node-state";
import { renderAddress } from "@/lib/core/net/address";
import { readCidr } from "@/lib/core/net/cidr";
import { HEADER } from "./header";

/** Whether a VNet needs a dnsmasq of its own: it serves DHCP, or tells IPv6 guests of the router. */
export const needsDnsmasq = ({ ra, subnets }: VnetState): boolean =>
  ra !== null || subnets.some(({ dhcp }) => dhcp !== null);

/**
 * /etc/trunkline/dhcp/<vnet>.conf: one dnsmasq per VNet, bound to its interface alone, because two that share a socket get
 * each other's unicast. No DNS (`port=0`). Every line is made of checked values; nothing is free text.
 */
export function renderDnsmasqConf(state: VnetState): string {
  const { vnet } = state;
  const fixed = [
    "port=0",
    "no-hosts",
    "no-resolv",
    `interface=${vnet}`,
    "bind-interfaces",
    "dhcp-authoritative",
    // dnsmasq's own limit is 1000, less than a /22 holds.
    "dhcp-lease-max=65536",
    `dhcp-leasefile=/var/lib/trunkline/leases/${vnet}.leases`,
    `dhcp-hostsfile=/etc/trunkline/dhcp/${vnet}.hosts`,
    ...(state.ra ? ["enable-ra"] : []),
  ];
  const subnets = state.subnets.flatMap((subnet, at) => subnetLines(subnet, `s${at}`, state));
  return `${HEADER}${[...fixed, ...subnets].join("\n")}\n`;
}

function subnetLines(subnet: SubnetState, tag: string, { ra, mtu }: VnetState): string[] {
  const network = readCidr(subnet.cidr)?.network;
  if (!network) return [];
  const first = renderAddress({ family: network.family, value: network.first });
  if (network.family === 6) return ipv6Lines(subnet, tag, first, ra?.mode ?? null);
  const { dhcp, gateway } = subnet;
  if (!dhcp) return [];
  const mask = renderAddress({ family: 4, value: ((1n << 32n) - 1n) ^ (network.last - network.first) });
  const ranges = dhcp.ranges.map(({ start, end }) => `dhcp-range=set:${tag},${start},${end},${mask},${dhcp.lease}`);
  const option = (name: string, value: string) => `dhcp-option=tag:${tag},${name},${value}`;
  return [
    ...(ranges.length > 0 ? ranges : [`dhcp-range=set:${tag},${first},static,${mask},${dhcp.lease}`]),
    option("option:router", gateway),
    ...listed("option:dns-server", dhcp.dnsServers, option),
    ...(dhcp.domain === null ? [] : [option("option:domain-name", dhcp.domain)]),
    ...ipv4Options(dhcp, mtu, option),
  ];
}

type Write = (name: string, value: string) => string;

function ipv4Options({ options }: DhcpState, mtu: number | null, option: Write): string[] {
  const routes = (options["static-routes"] ?? []).map(({ destination, via }) => `${destination},${via}`);
  const packet = options.mtu ?? mtu;
  return [
    ...listed("option:ntp-server", options["ntp-servers"] ?? [], option),
    ...listed("option:domain-search", options.search ?? [], option),
    ...listed("option:classless-static-route", routes, option),
    ...(options["tftp-server"] === undefined ? [] : [option("option:tftp-server", options["tftp-server"])]),
    ...(options["boot-file"] === undefined ? [] : [option("option:bootfile-name", options["boot-file"])]),
    ...(packet === null ? [] : [option("option:mtu", String(packet))]),
  ];
}

function ipv6Lines({ dhcp }: SubnetState, tag: string, first: string, mode: string | null): string[] {
  const option = (name: string, value: string) => `dhcp-option=tag:${tag},${name},${value}`;
  const advertised = mode === "slaac" ? "ra-only" : mode === "stateless" ? "ra-stateless" : null;
  const ranges = (mode === "stateful" ? (dhcp?.ranges ?? []) : []).map(
    ({ start, end }) => `dhcp-range=set:${tag},${start},${end},64,${dhcp?.lease}`,
  );
  return [
    ...(advertised === null ? ranges : [`dhcp-range=set:${tag},${first},${advertised},64`]),
    ...listed(
      "option6:dns-server",
      (dhcp?.dnsServers ?? []).map((server) => `[${server}]`),
      option,
    ),
    ...listed("option6:domain-search", searchOf(dhcp), option),
    ...listed(
      "option6:ntp-server",
      (dhcp?.options["ntp-servers"] ?? []).map((server) => `[${server}]`),
      option,
    ),
  ];
}

/** DHCPv6 has a search list only; the domain is its first entry. */
const searchOf = (dhcp: DhcpState | null): string[] => [
  ...(dhcp?.domain ? [dhcp.domain] : []),
  ...(dhcp?.options.search ?? []).filter((name) => name !== dhcp?.domain),
];

const listed = (name: string, values: readonly string[], option: Write): string[] =>
  values.length === 0 ? [] : [option(name, values.join(","))];

/** /etc/trunkline/dhcp/<vnet>.hosts: reservations, one per line. dnsmasq reads it again on SIGHUP. */
export function renderDnsmasqHosts({ subnets }: VnetState): string {
  const lines = subnets.flatMap(({ dhcp }) =>
    (dhcp?.reservations ?? []).map(({ mac, ip, hostname }) => {
      const address = ip.includes(":") ? `[${ip}]` : ip;
      return `${mac},${address}${hostname === null ? "" : `,${hostname}`}\n`;
    }),
  );
  return `${HEADER}${lines.join("")}`;
}
