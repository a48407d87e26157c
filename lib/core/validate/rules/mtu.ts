import type { Zone } from "@/lib/core/layout/model";
import { zoneKey } from "@/lib/core/plan/entity";
import type { ClusterFacts, NodeFacts, NodeInterface } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { nodesOf, problem, removeFix, setFix } from "../subject";
import { type Carrier, narrowest, narrowestUnder } from "../underlay";

/** IPv6 needs 1280; 65520 is the most a bridge takes. Proxmox stores any number, 0 and -1 too. */
const LEAST = 1280;
const MOST = 65_520;
/** What is between the nodes when nothing is known of it. */
const COMMON = 1500;
/** What Proxmox gives the VNets of a tunnelled zone without an MTU (PVE::Network::SDN::Zones::VxlanPlugin). */
const TUNNELLED = 1450;

/** The MTU of a zone: of a sensible size, and small enough for what carries it between the nodes, as far as that is known. */
export function mtu(zone: Zone, facts: ClusterFacts | null): Problem[] {
  const key = zoneKey(zone.id);
  if (zone.mtu !== undefined && (!Number.isInteger(zone.mtu) || zone.mtu < LEAST || zone.mtu > MOST)) {
    const message = `An MTU of ${zone.mtu} does not work; it is a whole number from ${LEAST} to ${MOST}. Leave it out for the usual one.`;
    return [problem("mtu-out-of-range", "error", key, message, { field: "mtu", fix: removeFix(key, "mtu") })];
  }
  return zone.type === "vxlan" || zone.type === "evpn" ? inTunnel(zone, facts) : onBridge(zone, facts);
}

/** Between the nodes VXLAN wraps each frame, in headers that are longer over IPv6. */
function inTunnel(zone: Zone, facts: ClusterFacts | null): Problem[] {
  const peers = peersOf(zone, facts);
  const overhead = peers?.some((peer) => peer.includes(":")) ? 70 : 50;
  const wanted = zone.mtu ?? TUNNELLED;
  const carrier = peers && carrierOf(zone, facts, (node) => tunnelFace(node, peers));
  const room = carrier?.mtu ?? COMMON;
  if (wanted + overhead <= room || (carrier === null && zone.mtu === undefined)) return [];
  const key = zoneKey(zone.id);
  const fits = room - overhead;
  const fix = setFix(`Use ${fits}`, key, "mtu", fits);
  const needs = zone.mtu === undefined ? `Proxmox gives VNets of this zone an MTU of ${wanted}` : `An MTU of ${wanted}`;
  const where = carrier ? `${carrier.face} of ${carrier.node} has ${room}` : `the usual ${COMMON} there is too little`;
  const sum = `${zone.mtu === undefined ? `${needs}, which` : needs} needs ${wanted} + ${overhead} = ${wanted + overhead} between the nodes`;
  const message = `${sum}, for VXLAN adds ${overhead} bytes; ${where}. Use ${fits}, or raise the MTU there.`;
  const severity = carrier ? "error" : "warning";
  return [problem("mtu-needs-larger-underlay", severity, key, message, { field: "mtu", fix })];
}

/** On a bridge frames pass as they are; the second tag of QinQ takes 4 bytes more. */
function onBridge(zone: Zone, facts: ClusterFacts | null): Problem[] {
  if (zone.mtu === undefined || !zone.bridge) return [];
  const overhead = zone.type === "qinq" ? 4 : 0;
  const carrier = carrierOf(zone, facts, (node) => node.interfaces.find(({ name }) => name === zone.bridge) ?? null);
  if (carrier === null || zone.mtu + overhead <= carrier.mtu) return [];
  const key = zoneKey(zone.id);
  const fits = carrier.mtu - overhead;
  const sum = overhead > 0 ? `${zone.mtu} + ${overhead} for the second tag = ${zone.mtu + overhead}` : String(zone.mtu);
  const message = `An MTU of ${zone.mtu} needs ${sum} on the bridge; ${carrier.face} of ${carrier.node} has ${carrier.mtu}. Use ${fits}, or raise it there.`;
  const more = { field: "mtu", fix: setFix(`Use ${fits}`, key, "mtu", fits) };
  return [problem("mtu-needs-larger-underlay", "warning", key, message, more)];
}

/** The narrowest of the places that carry a zone; null when none of them is known. */
function carrierOf(
  zone: Zone,
  facts: ClusterFacts | null,
  faceOf: (node: NodeFacts) => NodeInterface | null,
): Carrier | null {
  const names = nodesOf(zone, facts) ?? [];
  return narrowest(
    (facts?.nodes ?? []).flatMap((node) => {
      const face = names.includes(node.name) && node.bridges !== null ? faceOf(node) : null;
      return face ? [narrowestUnder(node, face)] : [];
    }),
  );
}

/** Addresses between which the tunnels run; null where a fabric carries them, or where they cannot be read. */
function peersOf(zone: Zone, facts: ClusterFacts | null): readonly string[] | null {
  if (zone.type === "vxlan") return zone.fabric ? null : (zone.peers ?? []);
  const controller = facts?.controllers?.find(({ id }) => id === zone.controller);
  return controller && controller.fabric === null ? controller.peers : null;
}

/** The interface of a node that has one of the peers' addresses, or the node's own. */
function tunnelFace(node: NodeFacts, peers: readonly string[]): NodeInterface | null {
  const holding = (wanted: readonly string[]) =>
    node.interfaces.find(({ addresses }) => addresses.some((text) => wanted.includes(text.split("/")[0] ?? "")));
  return holding(peers) ?? (node.address ? holding([node.address]) : undefined) ?? null;
}
