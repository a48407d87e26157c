import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { subnetKey } from "@/lib/core/plan/entity";

/** A subnet of a VNet with its host service; either may be missing in a layout that is not finished. */
export interface Network {
  readonly vnet: string;
  readonly cidr: string;
  readonly subnet: Subnet | null;
  readonly service: HostService | null;
}

/** A VNet with what is on it. */
export interface VnetNetworks {
  readonly vnet: Vnet;
  readonly networks: readonly Network[];
}

/** Everything that hangs on one zone. `zone` is null for what names a zone that the layout does not have. */
export interface ZoneNetworks {
  readonly zone: Zone | null;
  readonly vnets: readonly VnetNetworks[];
}

/**
 * A layout as a person reads it, from the zone down, in the document's order. Nothing is left out: `stray` are networks
 * whose VNet the layout does not have.
 */
export function networksOf(layout: Layout): {
  readonly zones: readonly ZoneNetworks[];
  readonly stray: readonly Network[];
} {
  const services = new Map((layout.hostServices ?? []).map((service) => [keyOf(service), service]));
  const served = new Set(layout.subnets.map(keyOf));
  const networks: readonly Network[] = [
    ...layout.subnets.map((subnet) => place(subnet, subnet, services.get(keyOf(subnet)) ?? null)),
    ...[...services].flatMap(([key, service]) => (served.has(key) ? [] : [place(service, null, service)])),
  ];
  const onVnet = grouped(networks, ({ vnet }) => vnet);
  const inZone = grouped(layout.vnets, ({ zone }) => zone);
  const known = new Set(layout.zones.map(({ id }) => id));
  const vnetsOf = (vnets: readonly Vnet[]) => vnets.map((vnet) => ({ vnet, networks: onVnet.get(vnet.id) ?? [] }));
  const zoneless = vnetsOf(layout.vnets.filter(({ zone }) => !known.has(zone)));
  const vnets = new Set(layout.vnets.map(({ id }) => id));
  return {
    zones: [
      ...layout.zones.map((zone) => ({ zone, vnets: vnetsOf(inZone.get(zone.id) ?? []) })),
      ...(zoneless.length > 0 ? [{ zone: null, vnets: zoneless }] : []),
    ],
    stray: networks.filter(({ vnet }) => !vnets.has(vnet)),
  };
}

type Place = Pick<Network, "vnet" | "cidr">;
const keyOf = ({ vnet, cidr }: Place): string => subnetKey(vnet, cidr);
const place = ({ vnet, cidr }: Place, subnet: Subnet | null, service: HostService | null): Network => ({
  vnet,
  cidr,
  subnet,
  service,
});

/** Whether the network has source NAT, whoever provides it. */
export const hasSnat = ({ subnet, service }: Network): boolean => subnet?.snat === true || service?.snat === true;

/** DHCP ranges as `first-last`, Proxmox's own and those of the host service. */
export const rangesOf = ({ subnet, service }: Network): string[] => [
  ...(subnet?.["dhcp-range"] ?? []).map((range) => `${range["start-address"]}-${range["end-address"]}`),
  ...(service?.dhcp?.ranges ?? []).map(({ start, end }) => `${start}-${end}`),
];

/** Who provides gateway, SNAT and DHCP beyond Proxmox itself: agent, guest or edge; empty where nobody is named. */
export const providerOf = ({ service }: Network): string => (service ? (service.provider ?? "agent") : "");

function grouped<T>(items: Iterable<T>, by: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const list = groups.get(by(item));
    if (list) list.push(item);
    else groups.set(by(item), [item]);
  }
  return groups;
}
