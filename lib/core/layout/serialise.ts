import type { Layout } from "./model";

/**
 * Every field name of the layout document, in the order in which its text lists them. Written out, and held equal to the
 * schemas by a test: the browser writes layouts too, and need not load the schemas for that.
 */
export const FIELD_ORDER: readonly string[] = [
  "version",
  "name",
  "description",
  "site",
  "status",
  "zones",
  "vnets",
  "subnets",
  "hostServices",
  "exceptions",
  "id",
  "type",
  "nodes",
  "mtu",
  "ipam",
  "dns",
  "reversedns",
  "dnszone",
  "dhcp",
  "bridge",
  "bridge-disable-mac-learning",
  "tag",
  "vlan-protocol",
  "peers",
  "fabric",
  "vxlan-port",
  "controller",
  "vrf-vxlan",
  "mac",
  "exitnodes",
  "exitnodes-primary",
  "exitnodes-local-routing",
  "advertise-subnets",
  "disable-arp-nd-suppression",
  "rt-import",
  "proxmox",
  "zone",
  "alias",
  "vlanaware",
  "isolate-ports",
  "role",
  "vnet",
  "cidr",
  "gateway",
  "snat",
  "dhcp-range",
  "dhcp-dns-server",
  "dnszoneprefix",
  "provider",
  "gatewayNode",
  "uplink",
  "snatExclude",
  "guard",
  "guardExceptions",
  "forward",
  "ra",
  "routes",
  "problem",
  "at",
  "reason",
];

const RANK: ReadonlyMap<string, number> = new Map(FIELD_ORDER.map((name, at) => [name, at]));

/** The canonical text of a layout: JSON, two spaces, keys in a fixed order, a newline at the end. */
export function layoutToJson(layout: Layout): string {
  return `${JSON.stringify(ordered(layout), null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const rank = (name: string) => RANK.get(name) ?? RANK.size;
  const entries = Object.entries(value).sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, ordered(inner)]));
}
