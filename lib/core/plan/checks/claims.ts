import type { Entity } from "../entity";

/** A number that only one object may have: a VLAN of a bridge on a node, or a VNI in the whole cluster. */
export interface Claim {
  readonly kind: "vlan" | "vni";
  readonly name: string;
  readonly entity: Entity;
  readonly zone: Entity;
  /** A VLAN of a bridge; absent inside a QinQ zone and for VNIs. */
  readonly vlan?: { readonly tag: number; readonly bridge: string };
}

export type VlanOnBridge = Claim & Required<Pick<Claim, "vlan">>;

/** What occupies a VLAN of a bridge. */
export const vlansOnBridges = (entities: readonly Entity[]): VlanOnBridge[] =>
  claimsOf(entities).filter((claim): claim is VlanOnBridge => claim.vlan !== undefined);

/** What each zone and VNet occupies beside its name. */
export function claimsOf(entities: readonly Entity[]): Claim[] {
  const zones = new Map(entities.filter(({ kind }) => kind === "zone").map((zone) => [zone.id, zone]));
  return entities.flatMap((entity) => {
    if (entity.kind === "zone") return ofZone(entity);
    const zone = zones.get(String(entity.props["zone"]));
    return zone && entity.kind === "vnet" ? ofVnet(entity, zone) : [];
  });
}

/** A QinQ zone occupies its service tag, an EVPN zone the VNI of its VRF. */
function ofZone(zone: Entity): Claim[] {
  const { type, "vrf-vxlan": vrf } = zone.props;
  if (type === "qinq") return onBridge(zone, zone);
  return type === "evpn" && vrf !== undefined ? [{ kind: "vni", name: `VNI ${vrf}`, entity: zone, zone }] : [];
}

function ofVnet(vnet: Entity, zone: Entity): Claim[] {
  const { type } = zone.props;
  const { tag } = vnet.props;
  if (type === "qinq") {
    // One VNet may go without a tag, and only one.
    const name = `${tag === undefined ? "No VLAN" : `VLAN ${tag}`} in zone ${zone.id}`;
    return [{ kind: "vlan", name, entity: vnet, zone }];
  }
  if (type === "vlan") return onBridge(vnet, zone);
  const tunnelled = (type === "vxlan" || type === "evpn") && tag !== undefined;
  return tunnelled ? [{ kind: "vni", name: `VNI ${tag}`, entity: vnet, zone }] : [];
}

function onBridge(entity: Entity, zone: Entity): Claim[] {
  const { bridge } = zone.props;
  const { tag } = entity.props;
  if (typeof bridge !== "string" || tag === undefined) return [];
  return [{ kind: "vlan", name: `VLAN ${tag} on ${bridge}`, entity, zone, vlan: { tag: Number(tag), bridge } }];
}

/** How the holder of a number is called. */
export function nameOf({ kind, entity, zone }: Claim): string {
  if (entity.kind === "vnet") return `VNet ${entity.id} of zone ${zone.id}`;
  return kind === "vni" ? `vrf-vxlan of zone ${zone.id}` : `the service tag of zone ${zone.id}`;
}
