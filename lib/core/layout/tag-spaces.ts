import { vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { highestTag } from "./free";
import type { Layout, Vnet, Zone } from "./model";
import type { Taken, TakenVnet, TakenZone } from "./taken";

/** One tag in use: the number space it belongs to, and who has it. */
export interface TagUse {
  /** `bridge vmbr0` for its VLANs and service tags, `vni` for the one space of all VXLAN and EVPN zones. */
  readonly space: string;
  readonly tag: number;
  /** The object that has it, and how a sentence calls it. */
  readonly key: string;
  readonly owner: string;
}

export const VNI_SPACE = "vni";

/** The highest number of a space. */
export const spaceEnd = (space: string): number => highestTag(space === VNI_SPACE ? "vxlan" : "vlan");
/** VLAN 1 is usually the untagged one of the trunk, so it is never offered. */
export const spaceStart = (space: string): number => (space === VNI_SPACE ? 1 : 2);
/** "VLAN 10 on vmbr0", "VNI 10". */
export const tagTitle = (space: string, tag: number): string =>
  space === VNI_SPACE ? `VNI ${tag}` : `VLAN ${tag} on ${space.slice("bridge ".length)}`;

/** The space the VNets of a zone take their tags from; null where tags cannot meet those of other zones. */
export function vnetSpace(zone: TakenZone | Zone | undefined): string | null {
  if (zone?.type === "vxlan" || zone?.type === "evpn") return VNI_SPACE;
  return zone?.type === "vlan" && zone.bridge ? `bridge ${zone.bridge}` : null;
}

/** The space of a zone's own tag, the service tag of QinQ; null where it has none. */
export const serviceSpace = (zone: TakenZone | Zone): string | null =>
  zone.type === "qinq" && zone.bridge ? `bridge ${zone.bridge}` : null;

/** Every tag that zones and VNets use, in a space that others use too. Tags outside of their range are left out. */
export function tagUses({ zones, vnets }: Pick<Layout | Taken, "zones" | "vnets">): TagUse[] {
  const known = new Map<string, TakenZone | Zone>(zones.map((zone) => [zone.id, zone]));
  const uses = [...zones.flatMap(zoneUses), ...vnets.flatMap((vnet: Vnet | TakenVnet) => vnetUses(vnet, known))];
  return uses.filter(({ space, tag }) => Number.isInteger(tag) && tag >= 1 && tag <= spaceEnd(space));
}

function zoneUses(zone: TakenZone | Zone): TagUse[] {
  const space = serviceSpace(zone);
  const key = zoneKey(zone.id);
  if (space !== null && zone.tag !== undefined) {
    return [{ space, tag: zone.tag, key, owner: `the service tag of zone ${zone.id}` }];
  }
  const vrf = zone["vrf-vxlan"];
  if (zone.type !== "evpn" || vrf === undefined) return [];
  return [{ space: VNI_SPACE, tag: vrf, key, owner: `the vrf-vxlan of zone ${zone.id}` }];
}

function vnetUses(vnet: Vnet | TakenVnet, zones: ReadonlyMap<string, TakenZone | Zone>): TagUse[] {
  const space = vnetSpace(zones.get(vnet.zone));
  if (space === null || vnet.tag === undefined) return [];
  return [{ space, tag: vnet.tag, key: vnetKey(vnet.id), owner: `used by VNet ${vnet.id}` }];
}
