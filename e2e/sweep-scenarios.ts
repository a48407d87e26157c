import type { Layout } from "@/lib/core/layout/model";
import type { PendingChoice } from "@/lib/core/plan/plan";

/** One run to be broken: what is there before, and what it leads to. */
export interface Scenario {
  readonly name: string;
  /** Applied before, so that the run has something to change. */
  readonly before: Layout;
  readonly target: Layout;
  /** What others left pending, and what is chosen for it. */
  readonly foreign?: PendingChoice;
  /** A node whose reload fails. */
  readonly failing?: string;
}

const empty: Layout = { version: 1, name: "sweep", zones: [], vnets: [], subnets: [] };
const office: Layout = {
  ...empty,
  zones: [{ id: "office", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: [
    { id: "mgmt", zone: "office", tag: 10, alias: "Management" },
    { id: "voip", zone: "office", tag: 20 },
  ],
  subnets: [{ vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }],
};
const lab: Layout = {
  ...empty,
  zones: [{ id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq", nodes: ["pve1"] }],
  vnets: [{ id: "lab1", zone: "lab" }],
  subnets: [{ vnet: "lab1", cidr: "10.60.0.0/24", gateway: "10.60.0.1", snat: true }],
};
/** Both together; with the tags swapped, another gateway, and the lab moved to an overlay. */
const both = join(office, lab);
const moved: Layout = {
  ...both,
  zones: [
    { id: "office", type: "vlan", bridge: "vmbr0", ipam: "pve", mtu: 1400 },
    { id: "lab", type: "vxlan", ipam: "pve", peers: ["192.0.2.11", "192.0.2.12", "192.0.2.13"] },
  ],
  vnets: [
    { id: "mgmt", zone: "office", tag: 20 },
    { id: "voip", zone: "office", tag: 10 },
    { id: "lab1", zone: "lab", tag: 60 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.254" },
    { vnet: "lab1", cidr: "10.60.0.0/24", gateway: "10.60.0.1" },
  ],
};

function join(a: Layout, b: Layout): Layout {
  return {
    ...a,
    zones: [...a.zones, ...b.zones],
    vnets: [...a.vnets, ...b.vnets],
    subnets: [...a.subnets, ...b.subnets],
  };
}

export const SCENARIOS = {
  create: { name: "create", before: empty, target: office },
  update: {
    name: "update",
    before: join(office, lab),
    target: {
      ...both,
      vnets: [
        { id: "mgmt", zone: "office", tag: 20 },
        { id: "voip", zone: "office", tag: 10 },
        { id: "lab1", zone: "lab" },
      ],
      subnets: [
        { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.254" },
        { vnet: "lab1", cidr: "10.60.0.0/24", gateway: "10.60.0.254" },
      ],
    },
  },
  delete: { name: "delete", before: both, target: lab },
  mixed: { name: "mixed", before: both, target: moved },
  failing: { name: "failing", before: empty, target: office, failing: "pve2" },
  include: { name: "include", before: office, target: both, foreign: "include" },
  discard: { name: "discard", before: office, target: both, foreign: "discard" },
} as const satisfies Record<string, Scenario>;
