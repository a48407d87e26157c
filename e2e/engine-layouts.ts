import type { Layout } from "@/lib/core/layout/model";

export const two: Layout = {
  version: 1,
  name: "two",
  zones: [{ id: "office", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: [
    { id: "mgmt", zone: "office", tag: 10, alias: "Management" },
    { id: "voip", zone: "office", tag: 20 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    { vnet: "voip", cidr: "10.20.0.0/24", gateway: "10.20.0.1" },
  ],
};
export const swapped: Layout = {
  ...two,
  vnets: [
    { id: "mgmt", zone: "office", tag: 20, alias: "Management" },
    { id: "voip", zone: "office", tag: 10 },
  ],
};
export const nothing: Layout = { ...two, zones: [], vnets: [], subnets: [] };
/** The built-in IPAM lists its addresses only where there is DHCP. */
export const lab: Layout = {
  ...nothing,
  zones: [{ id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq" }],
  vnets: [{ id: "lab1", zone: "lab" }],
  subnets: [{ vnet: "lab1", cidr: "10.60.0.0/24", gateway: "10.60.0.1" }],
};
