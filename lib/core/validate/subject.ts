import { nextFreeTag, takenIds } from "@/lib/core/layout/free";
import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { type AddressInNetwork, type Cidr, type Network, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { type EntityKey, hostServiceKey, subnetKey } from "@/lib/core/plan/entity";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Fix, Problem, Severity } from "@/lib/core/problem";
import type { ProblemCode } from "./codes";

/** A subnet with what it belongs to. `read` is null when its CIDR is no network, `vnet` and `zone` when they are missing. */
export interface SubnetInPlace {
  readonly key: EntityKey;
  readonly subnet: Subnet;
  readonly vnet: Vnet | null;
  readonly zone: Zone | null;
  readonly read: AddressInNetwork | null;
  /** Its network, host bits cleared, and that network's usual spelling. */
  readonly network: Network | null;
  readonly cidr: Cidr | null;
}

export interface HostServiceInPlace {
  readonly key: EntityKey;
  readonly service: HostService;
  readonly place: SubnetInPlace | null;
  readonly zone: Zone | null;
}

/** The layout, indexed and parsed once for all rules. */
export interface Subject {
  readonly layout: Layout;
  readonly facts: ClusterFacts | null;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly vnets: ReadonlyMap<string, Vnet>;
  readonly vnetsOf: ReadonlyMap<string, readonly Vnet[]>;
  readonly subnets: readonly SubnetInPlace[];
  readonly subnetAt: ReadonlyMap<EntityKey, SubnetInPlace>;
  readonly hostServices: readonly HostServiceInPlace[];
  /** Ids of all zones and VNets. */
  readonly ids: ReadonlySet<string>;
  /** A tag that is free in a zone, searched once per zone however many problems want to offer it. */
  readonly freeTag: (zone: string) => number | null;
}

/** One topic of rules: everything wrong in its field, in the layout's order. */
export type Rule = (subject: Subject) => Problem[];

export function toSubject(layout: Layout, facts: ClusterFacts | null): Subject {
  const zones = new Map(layout.zones.map((zone) => [zone.id, zone]));
  const vnets = new Map(layout.vnets.map((vnet) => [vnet.id, vnet]));
  const vnetsOf = new Map<string, Vnet[]>();
  for (const vnet of layout.vnets) {
    const list = vnetsOf.get(vnet.zone);
    if (list) list.push(vnet);
    else vnetsOf.set(vnet.zone, [vnet]);
  }
  const subnets = layout.subnets.map((subnet): SubnetInPlace => {
    const vnet = vnets.get(subnet.vnet) ?? null;
    const read = readCidr(subnet.cidr);
    return {
      key: subnetKey(subnet.vnet, subnet.cidr),
      subnet,
      vnet,
      zone: (vnet && zones.get(vnet.zone)) ?? null,
      read,
      network: read?.network ?? null,
      cidr: read && renderCidr(read.network),
    };
  });
  const subnetAt = new Map(subnets.map((place) => [place.key, place]));
  const hostServices = (layout.hostServices ?? []).map((service): HostServiceInPlace => {
    const place = subnetAt.get(subnetKey(service.vnet, service.cidr)) ?? null;
    return { key: hostServiceKey(service.vnet, service.cidr), service, place, zone: place?.zone ?? null };
  });
  const freeTags = new Map<string, number | null>();
  const freeTag = (zone: string): number | null => {
    const known = freeTags.get(zone);
    if (known !== undefined) return known;
    const tag = nextFreeTag(layout, zone);
    freeTags.set(zone, tag);
    return tag;
  };
  return { layout, facts, zones, vnets, vnetsOf, subnets, subnetAt, hostServices, ids: takenIds(layout), freeTag };
}

/** Writes a problem. `field` and `fix` may be left out. */
export function problem(
  code: ProblemCode,
  severity: Severity,
  at: EntityKey | readonly EntityKey[],
  message: string,
  more: { readonly field?: string; readonly fix?: Fix | null } = {},
): Problem {
  return {
    code,
    severity,
    at: typeof at === "string" ? [at] : at,
    ...(more.field === undefined ? {} : { field: more.field }),
    message,
    ...(more.fix ? { fix: more.fix } : {}),
  };
}

export const setFix = (label: string, key: EntityKey, field: string, value: unknown): Fix => ({
  kind: "set",
  label,
  key,
  field,
  value,
});

export const removeFix = (key: EntityKey, field: string): Fix => ({
  kind: "set",
  label: `Remove ${field}`,
  key,
  field,
});

/** Nodes a zone is on: its list, or every node of the cluster; null when that is not known. */
export function nodesOf(zone: Zone, facts: ClusterFacts | null): readonly string[] | null {
  return zone.nodes ?? facts?.nodes.map((node) => node.name) ?? null;
}

/** Whether Proxmox itself puts gateway and SNAT of this zone type on the nodes (contracts; PVE::Network::SDN::Zones). */
export const servedByProxmox = (zone: Zone): boolean => zone.type === "simple" || zone.type === "evpn";
