import { isByAgent, ZONE_ABILITIES } from "@/lib/core/hosts/zone-abilities";
import { updateHostService } from "@/lib/core/layout/edits";
import type { HostService, Layout, Subnet, Zone } from "@/lib/core/layout/model";
import { parseAddress } from "@/lib/core/net/address";
import { parseCidr } from "@/lib/core/net/cidr";
import { defaultRange } from "@/lib/core/net/range";
import type { Change } from "../designer-state";
import { isIpv6 } from "./shown-fields";

type Dhcp = NonNullable<HostService["dhcp"]>;

/**
 * A service with everything that is usual and works as it is: SNAT where a way out is known and, for IPv4, DHCP. An IPv6
 * subnet gets advertisements instead, where it can have them. What the VNet has already it keeps: its node, the uplink and
 * what its guests are told. Where no agent may serve, a guest does.
 */
export function freshService(layout: Layout, subnet: Subnet, zone: Zone | null, nodes: readonly string[]): HostService {
  const { vnet, cidr, gateway } = subnet;
  const six = isIpv6(cidr);
  if (zone && !ZONE_ABILITIES[zone.type].providers.includes("agent")) {
    return { vnet, cidr, provider: "guest", ...(six ? {} : { dhcp: freshDhcp(subnet) }) };
  }
  const home = layout.hostServices?.find((other) => other.vnet === vnet && isByAgent(other) && other.gatewayNode);
  const node = home?.gatewayNode ?? zone?.nodes?.[0] ?? nodes[0];
  const uplink = home?.uplink ?? zone?.bridge;
  const service = {
    vnet,
    cidr,
    ...(node === undefined ? {} : { gatewayNode: node }),
    ...(uplink === undefined ? {} : { uplink }),
  };
  if (!six) return { ...service, ...(uplink === undefined ? {} : { snat: true }), dhcp: freshDhcp(subnet) };
  // Only a /64 with a router can be advertised.
  if (gateway === undefined || !cidr.endsWith("/64")) return service;
  const ra = vnetSetting(layout, service, "ra") ?? "slaac";
  return { ...service, ra, ...(ra === "stateful" ? { dhcp: freshDhcp(subnet) } : {}) };
}

export function freshDhcp({ cidr, gateway }: Subnet): Dhcp {
  const parsed = parseCidr(cidr);
  const own = gateway === undefined ? null : parseAddress(gateway);
  const range = parsed.ok ? defaultRange(parsed.value, own?.ok ? own.value : undefined) : null;
  return { ranges: range ? [range] : [], lease: "24h" };
}

/** The service with a field set, or without it. */
export function withField<K extends keyof HostService>(
  service: HostService,
  field: K,
  value: HostService[K] | undefined,
): HostService {
  const next = { ...service };
  if (value === undefined) delete next[field];
  else next[field] = value;
  return next;
}

/** Empty texts and lists are left out: to Proxmox and the agent they mean "not set". */
export function withDhcp(service: HostService, patch: Partial<Dhcp>): HostService {
  const merged = Object.entries({ ...service.dhcp, ...patch }).filter(
    ([name, value]) => name === "ranges" || !isEmpty(value),
  );
  return { ...service, dhcp: Object.fromEntries(merged) };
}

function isEmpty(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

/** What holds for the whole VNet and may be written on any of its subnets. */
export type VnetField = "guard" | "forward" | "ra";

/** What a VNet's services say about a field: this one's word, else that of the first that says something. */
export function vnetSetting<F extends VnetField>(layout: Layout, service: HostService, field: F): HostService[F] {
  if (service[field] !== undefined) return service[field];
  return layout.hostServices?.find((other) => other.vnet === service.vnet && other[field] !== undefined)?.[field];
}

/** Sets a field of the VNet: on this service, and on those of the VNet that say something about it, so that they agree. */
export function vnetSettingCommand<F extends VnetField>(
  service: HostService,
  field: F,
  value: HostService[F] | undefined,
  label: string,
): Change {
  const concerned = (other: HostService) =>
    other.vnet === service.vnet && (other.cidr === service.cidr || other[field] !== undefined);
  return {
    label,
    apply: (layout) =>
      (layout.hostServices ?? [])
        .filter(concerned)
        .reduce((next, { vnet, cidr }) => updateHostService(next, { vnet, cidr }, { [field]: value }), layout),
  };
}
