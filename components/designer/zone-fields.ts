import type { ZoneType } from "@/lib/core/layout/model";
import type { FieldKind } from "./field-text";

/** One property of a zone as a field: what it is called, what it means, which types have it. */
export interface ZoneFieldWords {
  readonly field: string;
  readonly label: string;
  readonly hint?: string;
  readonly kind: FieldKind | "flag";
  readonly optional: boolean;
  readonly types: readonly ZoneType[];
}

const OVERLAY: readonly ZoneType[] = ["vxlan", "evpn"];
const ALL: readonly ZoneType[] = ["simple", "vlan", "qinq", "vxlan", "evpn"];

/** Properties in Proxmox's spelling, in the order of the form; `nodes`, `bridge`, `ipam` and `dhcp` have their own controls. */
export const ZONE_FIELDS: readonly ZoneFieldWords[] = [
  { field: "tag", label: "Service tag", hint: "The outer VLAN", kind: "number", optional: false, types: ["qinq"] },
  {
    field: "peers",
    label: "Peers",
    hint: "Address of every node, separated by commas; or name a fabric instead",
    kind: "list",
    optional: true,
    types: ["vxlan"],
  },
  { field: "fabric", label: "Fabric", kind: "text", optional: true, types: ["vxlan"] },
  {
    field: "controller",
    label: "Controller",
    hint: "An EVPN controller of the cluster",
    kind: "text",
    optional: false,
    types: ["evpn"],
  },
  {
    field: "vrf-vxlan",
    label: "VRF VXLAN",
    hint: "Number of the zone's own tunnel, 1 to 16777215",
    kind: "number",
    optional: false,
    types: ["evpn"],
  },
  {
    field: "exitnodes",
    label: "Exit nodes",
    hint: "Where traffic leaves the zone",
    kind: "list",
    optional: true,
    types: ["evpn"],
  },
  { field: "exitnodes-primary", label: "Primary exit node", kind: "text", optional: true, types: ["evpn"] },
  { field: "mac", label: "Anycast MAC", kind: "text", optional: true, types: ["evpn"] },
  { field: "rt-import", label: "Route target import", kind: "text", optional: true, types: ["evpn"] },
  { field: "vxlan-port", label: "VXLAN port", hint: "4789 unless set", kind: "number", optional: true, types: OVERLAY },
  { field: "mtu", label: "MTU", hint: "Left to Proxmox unless set", kind: "number", optional: true, types: ALL },
  { field: "dns", label: "DNS", hint: "A DNS plugin of the cluster", kind: "text", optional: true, types: ALL },
  { field: "dnszone", label: "DNS zone", kind: "text", optional: true, types: ALL },
  { field: "reversedns", label: "Reverse DNS", kind: "text", optional: true, types: ALL },
  {
    field: "exitnodes-local-routing",
    label: "Local routing on exit nodes",
    kind: "flag",
    optional: true,
    types: ["evpn"],
  },
  { field: "advertise-subnets", label: "Advertise subnets", kind: "flag", optional: true, types: ["evpn"] },
  {
    field: "disable-arp-nd-suppression",
    label: "No ARP and ND suppression",
    kind: "flag",
    optional: true,
    types: ["evpn"],
  },
  {
    field: "bridge-disable-mac-learning",
    label: "No MAC learning on the bridge",
    kind: "flag",
    optional: true,
    types: ["vlan", "qinq", "evpn"],
  },
];

/** Fields most people never need; folded away until one of them is set or wrong. */
export const RARE_FIELDS: ReadonlySet<string> = new Set([
  "exitnodes-primary",
  "mac",
  "rt-import",
  "vxlan-port",
  "mtu",
  "dns",
  "dnszone",
  "reversedns",
  "exitnodes-local-routing",
  "advertise-subnets",
  "disable-arp-nd-suppression",
  "bridge-disable-mac-learning",
]);
