import type { Entity } from "../entity";

/** A number that only one object may have: a VLAN of a bridge on a node, or a VNI in the whole cluster. */
export interface Claim {
  readonly kind: "vlan" | "vni";
  readonly name: string;
  readonly entity: Entity;
  readonly zone: Entity;
}

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
  const { type, bridge, tag, "vrf-vxlan": vrf } = zone.props;
  if (type === "qinq" && bridge !== undefined && tag !== undefined)
    return [{ kind: "vlan", name: `VLAN ${tag} on ${bridge}`, entity: zone, zone }];
  if (type === "evpn" && vrf !== undefined) return [{ kind: "vni", name: `VNI ${vrf}`, entity: zone, zone }];
  return [];
}

function ofVnet(vnet: Entity, zone: Entity): Claim[] {
  const { type, bridge } = zone.props;
  const { tag } = vnet.props;
  // Inside a QinQ zone one VNet may go without a tag, and only one.
  if (type === "qinq")
    return [
      { kind: "vlan", name: `${tag === undefined ? "No VLAN" : `VLAN ${tag}`} in zone ${zone.id}`, entity: vnet, zone },
    ];
  if (tag === undefined) return [];
  if (type === "vlan" && bridge !== undefined)
    return [{ kind: "vlan", name: `VLAN ${tag} on ${bridge}`, entity: vnet, zone }];
  if (type === "vxlan" || type === "evpn") return [{ kind: "vni", name: `VNI ${tag}`, entity: vnet, zone }];
  return [];
}

/** How the holder of a number is called. */
export function nameOf({ kind, entity, zone }: Claim): string {
  if (entity.kind === "vnet") return `VNet ${entity.id} of zone ${zone.id}`;
  return kind === "vni" ? `vrf-vxlan of zone ${zone.id}` : `the service tag of zone ${zone.id}`;
}
