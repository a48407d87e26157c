import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import type { ClusterFacts, ControllerFact, NodeFacts, NodeInterface } from "@/lib/core/ports";
import { validateLayout } from "./validate";

/** Layouts and a cluster for the tests of the rules. Only tests import this file. */

/** One healthy zone of each type. */
export const VLAN: Zone = { id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"], ipam: "pve" };
export const SIMPLE: Zone = { id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq" };
export const VXLAN: Zone = { id: "vx", type: "vxlan", peers: ["192.168.1.11", "192.168.1.12", "192.168.1.13"] };
export const QINQ: Zone = { id: "qq", type: "qinq", bridge: "vmbr0", tag: 100 };
export const EVPN: Zone = { id: "ev", type: "evpn", controller: "evpn1", "vrf-vxlan": 10_000 };

/** A layout of the zone `hybzone` unless told otherwise. */
export const layoutOf = (more: Partial<Layout>): Layout => ({
  version: 1,
  name: "test",
  zones: [VLAN],
  vnets: [],
  subnets: [],
  ...more,
});

export const vnet = (more: Partial<Vnet> = {}): Vnet => ({ id: "vnetmgmt", zone: "hybzone", tag: 10, ...more });

/** An interface of a node, active and without a configured MTU. */
export const face = (
  name: string,
  addresses: readonly string[] = [],
  more: Partial<NodeInterface> = {},
): NodeInterface => ({ name, type: "eth", active: true, exists: true, addresses, mtu: null, vlan: null, ...more });

export const EVPN_CONTROLLER: ControllerFact = {
  id: "evpn1",
  type: "evpn",
  asn: 65000,
  node: null,
  peers: ["192.168.1.11", "192.168.1.12", "192.168.1.13"],
  fabric: null,
};

const PRIVILEGES = ["/sdn SDN.Audit", "/sdn SDN.Allocate", "/nodes Sys.Audit", "/vms VM.Audit", "/ Sys.Audit"];

export function node(name: string, last: number, more: Partial<NodeFacts> = {}): NodeFacts {
  const own = [`192.168.1.${last}/24`];
  const vmbr0 = { name: "vmbr0", vlanAware: true, active: true, addresses: own, ports: ["eno1"], mtu: null };
  return {
    name,
    online: true,
    address: `192.168.1.${last}`,
    bridges: [vmbr0],
    interfaces: [
      face("lo", ["127.0.0.1/8", "::1/128"], { type: "loopback" }),
      face("eno1"),
      face("vmbr0", [...own, "fe80::1/64"], { type: "bridge" }),
    ],
    pendingInterfaces: null,
    packages: { ifupdown2: "3.3.0", "frr-pythontools": "10.3", dnsmasq: "2.91" },
    ...more,
  };
}

/** Three nodes with vmbr0 in 192.168.1.0/24. */
export const FACTS: ClusterFacts = {
  name: "lab1",
  version: "9.2",
  quorate: true,
  nodes: [node("pve1", 11), node("pve2", 12), node("pve3", 13)],
  guests: [],
  ipams: ["pve"],
  controllers: [EVPN_CONTROLLER],
  ipam: [],
  privileges: PRIVILEGES.map((text) => {
    const [path = "", privilege = ""] = text.split(" ");
    return { path, privilege, purpose: "", granted: true, grant: `pveum acl modify ${path}` };
  }),
  unread: [],
};

/** `severity code field` of every problem. */
export const judged = (layout: Layout, facts?: ClusterFacts): string[] =>
  validateLayout(layout, facts ? { facts } : {}).map((p) => [p.severity, p.code, p.field].filter(Boolean).join(" "));

export const errorsOf = (layout: Layout, facts?: ClusterFacts): string[] =>
  judged(layout, facts).flatMap((text) => (text.startsWith("error ") ? [text.slice(6)] : []));

/** A layout of the simple zone `lab` with one VNet and these subnets. */
export const labWith = (...subnets: Partial<Subnet>[]): Layout =>
  layoutOf({
    zones: [SIMPLE],
    vnets: [{ id: "play", zone: "lab" }],
    subnets: subnets.map((more) => ({ vnet: "play", cidr: "10.10.0.0/24", ...more })),
  });

export const range = (start: string, end: string) => ({ "start-address": start, "end-address": end });
export const ranged = (cidr: string, gateway: string, ...ranges: [string, string][]): Layout =>
  labWith({ cidr, gateway, "dhcp-range": ranges.map(([start, end]) => range(start, end)) });

/** The VLAN layout of A03 and A10's other half: one subnet with a host service. */
export const hosted = (service: Partial<HostService> = {}, subnet: Partial<Subnet> = {}): Layout =>
  layoutOf({
    vnets: [vnet()],
    subnets: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1", ...subnet }],
    hostServices: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gatewayNode: "pve1", uplink: "vmbr0", ...service }],
  });
