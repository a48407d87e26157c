import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";

/**
 * Documents that break the rules on purpose, a topic each. Together they break every rule that can be broken inside the
 * designer; the journey that shows them checks that.
 */
const document = (zones: Zone[], vnets: Vnet[], subnets: Subnet[], more: Partial<Layout> = {}): Layout => ({
  version: 1,
  name: "Broken on purpose",
  zones,
  vnets,
  subnets,
  ...more,
});

const vlan = (more: Partial<Zone> = {}): Zone => ({ id: "corp", type: "vlan", bridge: "vmbr0", ipam: "pve", ...more });
const range = (start: string, end: string) => ({ "start-address": start, "end-address": end });

const names = document(
  [
    vlan(),
    vlan({ id: "twin" }),
    vlan({ id: "corp" }),
    vlan({ id: "9lives", nodes: ["pve9", "pve1", "pve1"], ipam: "nobody", mtu: 10, "vlan-protocol": "802.1q" }),
    vlan({ id: "hollow", bridge: "", nodes: [] }),
    vlan({ id: "bare" }),
    vlan({ id: "bridge9", bridge: "vmbr99" }),
  ],
  [
    { id: "toolongname", zone: "corp", tag: 10 },
    { id: "vmbr0", zone: "corp", tag: 11 },
    { id: "tap100i0", zone: "corp", tag: 12 },
    { id: "eth10", zone: "corp", tag: 13 },
    { id: "lost", zone: "nowhere", tag: 14 },
    { id: "tagless", zone: "corp" },
    { id: "high", zone: "corp", tag: 4095 },
    { id: "native", zone: "corp", tag: 1 },
    { id: "same", zone: "corp", tag: 20 },
    { id: "same2", zone: "corp", tag: 20 },
    { id: "across", zone: "twin", tag: 20 },
    { id: "alias", zone: "corp", tag: 21, alias: 'not "allowed" {here}' },
    { id: "mute", zone: "corp", tag: 23, alias: "" },
    { id: "aware", zone: "corp", tag: 22, vlanaware: true },
  ],
  [
    { vnet: "aware", cidr: "10.9.0.0/24" },
    { vnet: "nobody", cidr: "10.8.0.0/24" },
  ],
);
delete names.zones[5]?.bridge;

const addresses = document(
  [
    { id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq" },
    { id: "noipam", type: "simple", dhcp: "dnsmasq" },
    vlan(),
  ],
  [
    { id: "play", zone: "lab" },
    { id: "tagged", zone: "lab", tag: 5 },
    { id: "other", zone: "noipam" },
    { id: "vlan5", zone: "corp", tag: 5 },
  ],
  [
    { vnet: "play", cidr: "ten dot nothing" },
    { vnet: "play", cidr: "10.1.0.5/24" },
    { vnet: "play", cidr: "0.0.0.0/4" },
    { vnet: "play", cidr: "2001:DB8::/64" },
    { vnet: "play", cidr: "10.2.0.0/24", gateway: "10.3.0.1" },
    { vnet: "play", cidr: "10.2.0.0/24", gateway: "gateway" },
    { vnet: "play", cidr: "10.2.0.0/25", gateway: "10.2.0.0" },
    { vnet: "play", cidr: "10.4.0.0/24", gateway: "10.4.0.255" },
    { vnet: "play", cidr: "192.0.2.0/25", gateway: "192.0.2.1" },
    { vnet: "play", cidr: "10.5.0.0/24", snat: true, "dhcp-range": [range("10.5.0.10", "10.5.0.20")] },
    {
      vnet: "play",
      cidr: "10.6.0.0/24",
      gateway: "10.6.0.1",
      "dhcp-dns-server": "resolver",
      dnszoneprefix: "not a name",
      "dhcp-range": [
        range("10.6.0.20", "10.6.0.10"),
        range("10.7.0.10", "10.7.0.20"),
        range("first", "last"),
        range("10.6.0.1", "10.6.0.9"),
        range("10.6.0.5", "10.6.0.30"),
        range("10.6.0.0", "10.6.0.3"),
      ],
    },
    { vnet: "other", cidr: "10.10.0.0/24", gateway: "10.10.0.1", "dhcp-range": [range("10.10.0.10", "10.10.0.20")] },
    { vnet: "vlan5", cidr: "10.11.0.0/24", gateway: "10.11.0.1", snat: true },
  ],
);

const options = document(
  [
    { id: "qq", type: "qinq", bridge: "vmbr0", tag: 30, ipam: "pve" },
    { id: "qqnotag", type: "qinq", bridge: "vmbr0" },
    vlan({ peers: ["192.0.2.11"], mtu: 9000 }),
    { id: "vx", type: "vxlan", peers: ["192.0.2.11"], fabric: "both", mtu: 1500 },
    { id: "vxdup", type: "vxlan", peers: ["192.0.2.11", "192.0.2.11", "somewhere"] },
    { id: "ev", type: "evpn", controller: "nobody", "vrf-vxlan": 7000, mac: "not a mac" },
  ],
  [
    { id: "inner", zone: "corp", tag: 30 },
    { id: "vni", zone: "vx", tag: 7000 },
    { id: "evaware", zone: "ev", tag: 7001, vlanaware: true },
  ],
  [],
);

const service = (more: Partial<HostService> = {}): HostService => ({
  vnet: "office",
  cidr: "10.20.0.0/24",
  gatewayNode: "pve1",
  uplink: "vmbr0",
  ...more,
});

const services = document(
  [
    vlan({ nodes: ["pve1", "pve2"] }),
    { id: "lab", type: "simple", ipam: "pve" },
    { id: "ev", type: "evpn", controller: "nobody", "vrf-vxlan": 7100 },
  ],
  [
    { id: "office", zone: "corp", tag: 40 },
    { id: "second", zone: "corp", tag: 41 },
    { id: "play", zone: "lab" },
    { id: "fabric", zone: "ev", tag: 7101 },
  ],
  [
    { vnet: "office", cidr: "10.20.0.0/24", gateway: "10.20.0.1" },
    { vnet: "office", cidr: "10.21.0.0/24", gateway: "10.21.0.1" },
    { vnet: "second", cidr: "10.22.0.0/24" },
    { vnet: "second", cidr: "10.23.0.0/24", gateway: "10.23.0.1" },
    { vnet: "second", cidr: "10.24.0.0/32", gateway: "10.24.0.0" },
    { vnet: "fabric", cidr: "10.27.0.0/24", gateway: "10.27.0.1" },
    { vnet: "play", cidr: "10.25.0.0/24", gateway: "10.25.0.1" },
    { vnet: "play", cidr: "10.26.0.0/24", gateway: "10.26.0.1", "dhcp-range": [range("10.26.0.10", "10.26.0.20")] },
  ],
  {
    name: "",
    hostServices: [
      service({
        dhcp: {
          ranges: [{ start: "10.20.0.120", end: "10.20.0.220" }],
          lease: "forever",
          domain: "no domain!",
          dnsServers: ["10.20.0.1"],
          reservations: [
            { mac: "zz", ip: "10.20.0.5" },
            { mac: "bc:24:11:00:00:01", ip: "10.20.0.6" },
            { mac: "bc:24:11:00:00:01", ip: "10.20.0.6" },
          ],
          options: { "Not an option": "x" },
        },
        forward: "allow",
        snatExclude: ["10.0.0.0/8"],
        guardExceptions: [{ protocol: "tcp", port: 0 }],
        ra: "slaac",
        routes: [
          { destination: "everywhere", via: "10.20.0.9" },
          { destination: "10.90.0.0/16", via: "10.99.0.1" },
          { destination: "10.20.0.0/24", via: "10.20.0.9" },
          { destination: "10.91.0.0/16", via: "10.20.0.9" },
          { destination: "10.91.0.0/16", via: "10.20.0.9" },
        ],
      }),
      service({}),
      service({ cidr: "10.21.0.0/24", gatewayNode: "pve2", uplink: "not an interface", forward: "deny" }),
      service({ vnet: "fabric", cidr: "10.27.0.0/24", dhcp: {} }),
      service({
        vnet: "second",
        cidr: "10.22.0.0/24",
        snat: true,
        routes: [{ destination: "10.92.0.0/16", via: "10.22.0.9" }],
      }),
      { vnet: "second", cidr: "10.23.0.0/24", snat: true },
      service({ vnet: "second", cidr: "10.24.0.0/32", gatewayNode: "pve3", dhcp: {} }),
      service({ vnet: "second", cidr: "10.29.0.0/24" }),
      service({ vnet: "play", cidr: "10.25.0.0/24" }),
    ],
    exceptions: [
      { problem: "gateway-outside", at: ["subnet/office/10.20.0.0/24"], reason: "why not" },
      { problem: "subnet-overlap", at: ["subnet/office/10.20.0.0/24"], reason: "" },
      { problem: "subnet-overlap", at: ["subnet/play/10.25.0.0/24"], reason: "never needed" },
    ],
  },
);

export const BROKEN: readonly { readonly topic: string; readonly layout: Layout }[] = [
  { topic: "Names and tags", layout: names },
  { topic: "Addresses and DHCP", layout: addresses },
  { topic: "Zone options", layout: options },
  { topic: "Host services", layout: services },
];
