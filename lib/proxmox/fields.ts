import type { DhcpRange, EntityKind, PropValue } from "@/lib/core/plan/entity";

/**
 * How Proxmox writes the properties that are not plain texts (schema of pve-network 1.3.0). On the wire a number may
 * come as text and a boolean as 1, "1" or true; a list is one text. Everything not named here stays as it came.
 */
type FieldKind = "text" | "number" | "flag" | "list" | "ranges";

const ZONE: Readonly<Record<string, FieldKind>> = {
  type: "text",
  nodes: "list",
  mtu: "number",
  ipam: "text",
  dns: "text",
  reversedns: "text",
  dnszone: "text",
  dhcp: "text",
  bridge: "text",
  "bridge-disable-mac-learning": "flag",
  tag: "number",
  "vlan-protocol": "text",
  peers: "list",
  fabric: "text",
  "vxlan-port": "number",
  controller: "text",
  "vrf-vxlan": "number",
  mac: "text",
  exitnodes: "list",
  "exitnodes-primary": "text",
  "exitnodes-local-routing": "flag",
  "advertise-subnets": "flag",
  "disable-arp-nd-suppression": "flag",
  "rt-import": "text",
  "dp-id": "number",
};
const VNET: Readonly<Record<string, FieldKind>> = {
  zone: "text",
  tag: "number",
  alias: "text",
  vlanaware: "flag",
  "isolate-ports": "flag",
};
const SUBNET: Readonly<Record<string, FieldKind>> = {
  zone: "text",
  vnet: "text",
  gateway: "text",
  snat: "flag",
  "dhcp-range": "ranges",
  "dhcp-dns-server": "text",
  dnszoneprefix: "text",
};
export const FIELDS: Readonly<Record<EntityKind, Readonly<Record<string, FieldKind>>>> = {
  zone: ZONE,
  vnet: VNET,
  subnet: SUBNET,
};

/** One value as it came, in the form `normalProps` expects. Not for "deleted" markers: those are no values. */
export function fromWire(kind: EntityKind, name: string, value: unknown): unknown {
  switch (FIELDS[kind][name]) {
    case "text":
      return typeof value === "number" ? String(value) : value;
    case "number":
      return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    case "flag":
      return value === 1 || value === "1" || value === true;
    case "list":
      return typeof value === "string" ? value.split(/[,;\s]+/).filter((part) => part !== "") : value;
    case "ranges":
      return (Array.isArray(value) ? value : [value]).flatMap(toRange);
    default:
      return typeof value === "object" ? undefined : value;
  }
}

/** Whether a value is of a form that `fromWire` understands. A property nobody here models may be anything. */
export function isReadable(kind: EntityKind, name: string, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  const known = FIELDS[kind][name];
  if (known === "ranges") return typeof value === "string" || (Array.isArray(value) && value.every(isRangeLike));
  return known === undefined || typeof value !== "object";
}

const isRangeLike = (value: unknown): boolean => typeof value === "string" || toRange(value).length === 1;

/** A range comes as an object from the running view, and as `start-address=..,end-address=..` inside `pending`. */
function toRange(value: unknown): DhcpRange[] {
  const pairs: [string, unknown][] =
    typeof value === "string"
      ? value.split(",").map((part): [string, unknown] => {
          const [name = "", text = ""] = part.split("=");
          return [name.trim(), text.trim()];
        })
      : Object.entries(typeof value === "object" && value !== null ? value : {});
  const found = new Map(pairs);
  const start = found.get("start-address");
  const end = found.get("end-address");
  return typeof start === "string" && typeof end === "string" ? [{ "start-address": start, "end-address": end }] : [];
}

/** One value as Proxmox takes it in a form: lists joined by commas, ranges as repeated keys. */
export function toWire(value: PropValue): string | number | boolean | readonly string[] {
  if (typeof value !== "object") return value;
  if (isRanges(value))
    return value.map((range) => `start-address=${range["start-address"]},end-address=${range["end-address"]}`);
  return value.join(",");
}

const isRanges = (value: readonly string[] | readonly DhcpRange[]): value is readonly DhcpRange[] =>
  typeof value[0] === "object";
