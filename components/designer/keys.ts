import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";

/** What a key of the layout stands for. `host` keys name the services of a subnet. */
export type KeyParts =
  | { readonly kind: "zone" | "vnet"; readonly id: string }
  | { readonly kind: "subnet" | "host"; readonly vnet: string; readonly cidr: string };

/** Takes a key apart; null for one of another shape. */
export function keyParts(key: EntityKey): KeyParts | null {
  const [kind, ...rest] = key.split("/");
  const [first = "", ...tail] = rest;
  if (kind === "zone" || kind === "vnet") return { kind, id: rest.join("/") };
  if (kind === "subnet" || kind === "host") return { kind, vnet: first, cidr: tail.join("/") };
  return null;
}

/** The name people use for an object: "prod", "10.10.10.0/24". */
export function keyName(key: EntityKey): string {
  const parts = keyParts(key);
  if (!parts) return key;
  return "id" in parts ? parts.id : parts.cidr;
}

/** "VNet prod", "subnet 10.10.10.0/24": for sentences. */
export function keyTitle(key: EntityKey): string {
  const kind = keyParts(key)?.kind;
  const noun = kind === "vnet" ? "VNet" : kind === "host" ? "host services of" : (kind ?? "object");
  return `${noun} ${keyName(key)}`;
}

export type Found =
  | { readonly kind: "zone"; readonly zone: Zone }
  | { readonly kind: "vnet"; readonly vnet: Vnet; readonly zone: Zone | null }
  | {
      readonly kind: "subnet";
      readonly subnet: Subnet;
      readonly vnet: Vnet | null;
      readonly zone: Zone | null;
      readonly service: HostService | null;
    };

/** The object of a key with what surrounds it. A `host` key finds its subnet. */
export function findKey(layout: Layout, key: EntityKey): Found | null {
  const parts = keyParts(key);
  if (!parts) return null;
  if (parts.kind === "zone") {
    const zone = layout.zones.find(({ id }) => id === parts.id);
    return zone ? { kind: "zone", zone } : null;
  }
  const vnetId = parts.kind === "vnet" ? parts.id : "vnet" in parts ? parts.vnet : "";
  const vnet = layout.vnets.find(({ id }) => id === vnetId) ?? null;
  const zone = layout.zones.find(({ id }) => id === vnet?.zone) ?? null;
  if (!("cidr" in parts)) return vnet ? { kind: "vnet", vnet, zone } : null;
  const { cidr } = parts;
  const subnet = layout.subnets.find((each) => each.vnet === vnetId && each.cidr === cidr);
  const service = (layout.hostServices ?? []).find((each) => each.vnet === vnetId && each.cidr === cidr) ?? null;
  return subnet ? { kind: "subnet", subnet, vnet, zone, service } : null;
}

/** Those of the keys that name an object of the layout. Keys are only made of what may be asked for. */
export function presentKeys(layout: Layout, keys: Iterable<EntityKey>): Set<EntityKey> {
  const wanted = new Set(keys);
  const parts = [...wanted].map(keyParts);
  const ids = new Set(parts.flatMap((part) => (part && "id" in part ? [part.id] : [])));
  const vnets = new Set(parts.flatMap((part) => (part && "vnet" in part ? [part.vnet] : [])));
  const there = [
    ...layout.zones.filter(({ id }) => ids.has(id)).map(({ id }) => zoneKey(id)),
    ...layout.vnets.filter(({ id }) => ids.has(id)).map(({ id }) => vnetKey(id)),
    ...layout.subnets.filter(({ vnet }) => vnets.has(vnet)).map(({ vnet, cidr }) => subnetKey(vnet, cidr)),
    ...(layout.hostServices ?? [])
      .filter(({ vnet }) => vnets.has(vnet))
      .map(({ vnet, cidr }) => hostServiceKey(vnet, cidr)),
  ];
  return new Set(there.filter((key) => wanted.has(key)));
}
