import type { NodeState } from "@/lib/core/hosts/node-state";

type Vnet = NodeState["vnets"][number];
type Subnet = Vnet["subnets"][number];
type Dhcp = NonNullable<Subnet["dhcp"]>;

/** A state for the lab with one owner. */
export const labState = (revision: number, vnets: Vnet[], more: Partial<NodeState> = {}): NodeState => ({
  ...{ schema: 1, owner: "trunkline-lab", revision, repairSeconds: 60, vnets, routes: [] },
  ...more,
});

export const labVnet = (vnet: string, subnets: Subnet[], more: Partial<Vnet> = {}): Vnet => ({
  ...{ vnet, mac: "02:54:4c:00:00:0a", mtu: null, guard: true, guardExceptions: [], forward: "allow", ra: null },
  subnets,
  ...more,
});

/** A /24 with gateway .1, SNAT through vmbr0 and DHCP from .120 to .220. */
export function labSubnet(net: string, dhcp: Partial<Dhcp> | null = {}, more: Partial<Subnet> = {}): Subnet {
  const base: Dhcp = {
    ranges: [{ start: `${net}.120`, end: `${net}.220` }],
    lease: "7m",
    domain: "lab.example",
    dnsServers: ["9.9.9.9", "8.8.8.8"],
    reservations: [],
    options: {},
  };
  return {
    cidr: `${net}.0/24`,
    gateway: `${net}.1`,
    snat: { uplink: "vmbr0", exclude: [] },
    dhcp: dhcp && { ...base, ...dhcp },
    ...more,
  };
}
