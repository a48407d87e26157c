import type { Layout } from "@/lib/core/layout/model";
import { toEntities } from "@/lib/core/plan/entity";
import type { ClusterFacts, LiveConfig } from "@/lib/core/ports";

/** A valid layout with `vnets` VLANs, one subnet each, spread over `zones` zones on `nodes` nodes. */
export function largeLayout(vnets: number, zones: number, nodes: number): Layout {
  const names = nodeNames(nodes);
  const zoneOf = (index: number) => `zone${(index % zones) + 1}`;
  return {
    version: 1,
    name: `${vnets} VNets`,
    zones: Array.from({ length: zones }, (_, i) => ({
      id: `zone${i + 1}`,
      type: "vlan",
      bridge: `vmbr${i}`,
      nodes: names,
      ipam: "pve",
    })),
    vnets: Array.from({ length: vnets }, (_, i) => ({
      id: `v${i + 1}`,
      zone: zoneOf(i),
      tag: i + 1,
      alias: `Network ${i + 1}`,
    })),
    subnets: Array.from({ length: vnets }, (_, i) => {
      const block = `10.${Math.floor(i / 256)}.${i % 256}`;
      return { vnet: `v${i + 1}`, cidr: `${block}.0/24`, gateway: `${block}.1` };
    }),
  };
}

export const nodeNames = (nodes: number): string[] => Array.from({ length: nodes }, (_, i) => `pve${i + 1}`);

/** Facts of a healthy cluster that fits `largeLayout`: every bridge on every node, no guests. */
export function largeFacts(zones: number, nodes: number): ClusterFacts {
  const bridges = Array.from({ length: zones }, (_, i) => ({
    name: `vmbr${i}`,
    vlanAware: true,
    active: true,
    addresses: [],
    ports: [],
    mtu: null,
  }));
  return {
    name: "bench",
    version: "9.2",
    quorate: true,
    nodes: nodeNames(nodes).map((name, i) => ({
      name,
      online: true,
      address: `192.0.2.${i + 1}`,
      bridges,
      interfaces: bridges.map(({ name: bridge }) => ({
        name: bridge,
        type: "bridge",
        active: true,
        exists: true,
        addresses: [],
        mtu: null,
        vlan: null,
      })),
      pendingInterfaces: null,
      packages: null,
    })),
    guests: [],
    ipams: ["pve"],
    controllers: [],
    ipam: [],
    privileges: null,
    unread: [],
  };
}

export function liveOf(layout: Layout): LiveConfig {
  const entities = toEntities(layout);
  return { entities, running: entities, pending: [], others: [] };
}
