import type { ZoneType } from "@/lib/core/layout/model";

/** What a zone type is and what Proxmox gives with it (PVE::Network::SDN::Zones), in the words of the add dialog. */
export interface ZoneTypeWords {
  readonly type: ZoneType;
  readonly title: string;
  readonly what: string;
  /** Gateway, SNAT and DHCP as Proxmox itself provides them. */
  readonly gateway: string;
  readonly snat: string;
  readonly dhcp: string;
}

export const ZONE_TYPES: readonly ZoneTypeWords[] = [
  {
    type: "vlan",
    title: "VLAN",
    what: "Tagged networks on a bridge your switches already know. The usual choice.",
    gateway: "Your router, or host services",
    snat: "Your router, or host services",
    dhcp: "Your network, or host services",
  },
  {
    type: "simple",
    title: "Simple",
    what: "A network inside each node. Guests on different nodes do not see each other.",
    gateway: "On every node",
    snat: "Yes",
    dhcp: "Yes, dnsmasq",
  },
  {
    type: "vxlan",
    title: "VXLAN",
    what: "Networks tunnelled between the nodes; the switches need not know them.",
    gateway: "A guest, or host services",
    snat: "No",
    dhcp: "No",
  },
  {
    type: "qinq",
    title: "QinQ",
    what: "VLANs inside one outer VLAN, when a provider gives you a single tag.",
    gateway: "Your router, or host services",
    snat: "No",
    dhcp: "No",
  },
  {
    type: "evpn",
    title: "EVPN",
    what: "Routed tunnels with the same gateway on every node. Needs an EVPN controller.",
    gateway: "On every node",
    snat: "On exit nodes",
    dhcp: "No",
  },
];

export const zoneTypeWords = (type: ZoneType): ZoneTypeWords | undefined =>
  ZONE_TYPES.find((words) => words.type === type);
