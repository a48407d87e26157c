import type { OptionTable } from "@/lib/simulator/sdn/section";

const common: OptionTable = {
  nodes: "optional",
  mtu: "optional",
  ipam: "optional",
  dns: "optional",
  reversedns: "optional",
  dnszone: "optional",
};

/** Which options each zone type takes. A request with any other is refused. */
export const zoneTypes: Readonly<Record<string, OptionTable>> = {
  simple: { ...common, dhcp: "optional" },
  vlan: { bridge: "required", ...common, "bridge-disable-mac-learning": "optional" },
  qinq: {
    tag: "required",
    bridge: "required",
    ...common,
    "vlan-protocol": "optional",
    "bridge-disable-mac-learning": "optional",
  },
  vxlan: { ...common, peers: "optional", fabric: "optional", "vxlan-port": "optional" },
  evpn: {
    "vrf-vxlan": "required",
    controller: "required",
    ...common,
    "bridge-disable-mac-learning": "optional",
    mac: "optional",
    exitnodes: "optional",
    "exitnodes-primary": "optional",
    "exitnodes-local-routing": "optional",
    "advertise-subnets": "optional",
    "disable-arp-nd-suppression": "optional",
    "rt-import": "optional",
    "vxlan-port": "optional",
  },
  faucet: { "dp-id": "required", controller: "required", nodes: "optional", mtu: "optional" },
};
