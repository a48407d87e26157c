import { readAddress } from "../../net/address";
import { type Carrier, narrowest, narrowestUnder } from "../../validate/underlay";
import type { Entity } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, nodeFacts, touchedZones, zoneNodes } from "./check";

/**
 * Whether whole packets pass. What a zone's own MTU asks for is among the rules of a layout (validate/rules/mtu.ts); here
 * is what no API tells, with the command that proves it.
 */

/** What Proxmox gives the VNets of a tunnelled zone without an MTU (PVE::Network::SDN::Zones::VxlanPlugin). */
const TUNNELLED = 1450;

/** IP and ICMP headers around what ping sends. */
const HEADERS = { four: 28, six: 48 };

/** Tunnels between the nodes: what cannot be seen from here, and how a person can prove it. */
export function tunnelCheck(input: CheckInput): Check[] {
  const zones = touchedZones(input).filter(({ props }) => props["type"] === "vxlan" || props["type"] === "evpn");
  if (zones.length === 0) return [];
  const ports = [...new Set(zones.map(({ props }) => props["vxlan-port"] ?? 4789))].sort();
  const bgp = zones.some(({ props }) => props["type"] === "evpn") ? " and TCP 179 (BGP)" : "";
  const mtus = zones.map((zone) => ({ zone: zone.id, mtu: mtuOf(zone) }));
  const named = few(
    mtus.map(({ zone, mtu }) => `${zone} ${mtu}`),
    4,
  );
  const next = [...new Set(zones.flatMap((zone) => underlayPing(zone, peersOf(zone, input))))];
  const least = Math.min(...mtus.map(({ mtu }) => mtu));
  const from = next.length > 0 ? "From a node to another, then from" : "From";
  const detail = `Not checked: whether UDP ${ports.join(", ")}${bgp} passes between the nodes, and whether whole packets do (MTU of the VNets: ${named}). Guests do not learn the MTU by themselves. ${from} a guest to one on another node; an answer proves that packets of full size arrive unbroken:`;
  const at = zones.map(({ key }) => key);
  const pings = [...next.slice(0, 3), `ping -M do -s ${least - HEADERS.four} <the other guest>`];
  return [check("tunnels", "Tunnels between the nodes", "unknown", detail, at, pings)];
}

const mtuOf = ({ props }: Entity): number => Number(props["mtu"] ?? TUNNELLED);

/** A packet as large as the tunnel makes of a whole one: VXLAN adds 50 bytes over IPv4 and 70 over IPv6. */
function underlayPing(zone: Entity, peers: readonly string[]): string[] {
  // For a shell to run, so nothing but an address.
  const peer = peers.findLast((text) => readAddress(text) !== null);
  if (peer === undefined) return [];
  return peer.includes(":")
    ? [`ping -6 -M do -s ${mtuOf(zone) + 70 - HEADERS.six} ${peer}`]
    : [`ping -M do -s ${mtuOf(zone) + 50 - HEADERS.four} ${peer}`];
}

/** Addresses the tunnels of a zone run between, as far as they are known. */
function peersOf({ props }: Entity, { facts }: CheckInput): readonly string[] {
  if (props["type"] === "vxlan") return (props["peers"] as readonly string[] | undefined) ?? [];
  return facts.controllers?.find(({ id }) => id === props["controller"])?.peers ?? [];
}

/** The second tag of QinQ, and the most that a VNet of such a zone has by itself: a pair of veths is in between. */
const SECOND_TAG = 4;
const BY_ITSELF = 1500;

/**
 * A QinQ zone without an MTU has that of its bridge, and its frames are 4 bytes longer. Many switches let them pass, some
 * do not; only large packets are lost then, which is hard to find.
 */
export function secondTagCheck(input: CheckInput): Check[] {
  const [id, title] = ["second-tag", "Room for the second tag"];
  const zones = touchedZones(input).filter(({ props }) => props["type"] === "qinq" && props["mtu"] === undefined);
  if (zones.length === 0) return [];
  const places = zones.flatMap((zone) => zoneNodes(zone, input.facts).map((node) => ({ zone, node })));
  const tight = narrowest(places.flatMap((place) => bridgeOf(input, place) ?? []));
  const mtu = Math.min(tight?.mtu ?? BY_ITSELF, BY_ITSELF);
  if (tight && tight.mtu < mtu + SECOND_TAG) {
    const names = few(
      zones.map((zone) => zone.id),
      4,
    );
    const detail = `VNets of ${names} take the MTU of their bridge (${tight.face} of ${tight.node}: ${tight.mtu}), and the second tag makes their frames ${SECOND_TAG} bytes longer. Set mtu of the zone to ${mtu - SECOND_TAG}, raise that of the bridges to ${mtu + SECOND_TAG}, or prove from a guest to one on another node that whole packets pass:`;
    const at = zones.map(({ key }) => key);
    return [check(id, title, "warn", detail, at, [`ping -M do -s ${mtu - HEADERS.four} <the other guest>`])];
  }
  const unseen = places.filter((place) => bridgeOf(input, place) === null).map(({ node }) => node);
  if (unseen.length > 0) {
    const detail = `Not checked on ${few([...new Set(unseen)], 5)}: the network of these nodes is not readable.`;
    return [check(id, title, "unknown", detail)];
  }
  return [check(id, title, "pass", "The bridges have room for both tags.")];
}

/** Where the bridge of a zone is narrowest on a node; null where that cannot be seen. */
function bridgeOf(input: CheckInput, { zone, node }: { readonly zone: Entity; readonly node: string }): Carrier | null {
  const facts = nodeFacts(input, node);
  const face = facts?.bridges && facts.interfaces.find(({ name }) => name === zone.props["bridge"]);
  return facts && face ? narrowestUnder(facts, face) : null;
}
