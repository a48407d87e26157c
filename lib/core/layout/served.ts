import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import type { HostService, Layout, Subnet, Zone } from "./model";

/** What guests of a subnet are served with; a key that is missing stays as it is, an empty list takes it away. */
export interface Served {
  readonly snat?: boolean | undefined;
  readonly ranges?: readonly { readonly start: string; readonly end: string }[] | undefined;
  readonly dnsServers?: readonly string[] | undefined;
}

/** Proxmox serves simple and EVPN zones itself; for the others it is the node's host services. */
export const servesItself = (zone: Pick<Zone, "type"> | null | undefined): boolean =>
  zone?.type === "simple" || zone?.type === "evpn";

type Known = { readonly [K in keyof Served]-?: NonNullable<Served[K]> };

/** What a subnet has now, wherever it stands. */
export function servedBy(subnet: Subnet, service: HostService | null | undefined): Known {
  const own = subnet["dhcp-range"] ?? [];
  const server = subnet["dhcp-dns-server"];
  return {
    snat: subnet.snat === true || service?.snat === true,
    ranges: [
      ...own.map((range) => ({ start: range["start-address"], end: range["end-address"] })),
      ...(service?.dhcp?.ranges ?? []),
    ],
    dnsServers: [...(server ? [server] : []), ...(service?.dhcp?.dnsServers ?? [])],
  };
}

/**
 * Sets what many subnets are served with, each where its zone has it: on the subnet where Proxmox serves, in the host
 * services elsewhere. Walks each list once.
 */
export function setServed(layout: Layout, wanted: ReadonlyMap<EntityKey, Served>): Layout {
  if (wanted.size === 0) return layout;
  const zones = new Map(layout.zones.map((zone) => [zone.id, zone]));
  const homes = new Map(layout.vnets.map(({ id, zone }) => [id, zones.get(zone)]));
  const missing = new Map<EntityKey, HostService>();
  const subnets = layout.subnets.map((subnet) => {
    const key = subnetKey(subnet.vnet, subnet.cidr);
    const served = wanted.get(key);
    if (!served) return subnet;
    if (servesItself(homes.get(subnet.vnet))) return withServed(subnet, served);
    if (!isNothing(served)) missing.set(key, { vnet: subnet.vnet, cidr: subnet.cidr });
    return subnet;
  });
  const services = (layout.hostServices ?? []).map((service) => {
    const key = subnetKey(service.vnet, service.cidr);
    const served = servesItself(homes.get(service.vnet)) ? undefined : wanted.get(key);
    missing.delete(key);
    return served ? withService(service, served) : service;
  });
  for (const [key, service] of missing) services.push(withService(service, wanted.get(key) ?? {}));
  return { ...layout, subnets, ...(services.length > 0 || layout.hostServices ? { hostServices: services } : {}) };
}

/** Nothing that a subnet without host services would need them for. */
const isNothing = ({ snat, ranges, dnsServers }: Served): boolean =>
  snat !== true && (ranges?.length ?? 0) === 0 && (dnsServers?.length ?? 0) === 0;

function withServed(subnet: Subnet, { snat, ranges, dnsServers }: Served): Subnet {
  const next = { ...subnet };
  if (snat === true) next.snat = true;
  else if (snat === false) delete next.snat;
  if (ranges && ranges.length > 0)
    next["dhcp-range"] = ranges.map(({ start, end }) => ({ "start-address": start, "end-address": end }));
  else if (ranges) delete next["dhcp-range"];
  const [server] = dnsServers ?? [];
  if (server !== undefined) next["dhcp-dns-server"] = server;
  else if (dnsServers) delete next["dhcp-dns-server"];
  return next;
}

function withService(service: HostService, { snat, ranges, dnsServers }: Served): HostService {
  const next = { ...service };
  if (snat !== undefined) next.snat = snat;
  if (ranges === undefined && dnsServers === undefined) return next;
  const dhcp = { ...next.dhcp };
  if (ranges && ranges.length > 0) dhcp.ranges = ranges.map((range) => ({ ...range }));
  else if (ranges) delete dhcp.ranges;
  if (dnsServers && dnsServers.length > 0) dhcp.dnsServers = [...dnsServers];
  else if (dnsServers) delete dhcp.dnsServers;
  next.dhcp = dhcp;
  return next;
}
