import type { Zone } from "@/lib/core/layout/model";
import { readAddress } from "@/lib/core/net/address";
import { readCidr } from "@/lib/core/net/cidr";
import type { NodeFacts } from "@/lib/core/ports";
import { narrowestUnder } from "@/lib/core/validate/underlay";

/** Bytes a VXLAN header and what carries it take from every packet (IPv4 underlay). */
const VXLAN_COST = 50;

/**
 * The MTU guests of a zone have to use, or null for the usual 1500. A VXLAN zone without an MTU of its own gets what its
 * underlay leaves, 1450 where nothing else is known (PVE::Network::SDN::Zones::VxlanPlugin).
 */
export function vnetMtu(zone: Zone, node: NodeFacts | null): number | null {
  if (zone.mtu !== undefined) return zone.mtu;
  if (zone.type !== "vxlan") return null;
  const peers = new Set((zone.peers ?? []).map((peer) => readAddress(peer)?.value));
  const underlay = node?.interfaces.find(({ addresses }) =>
    addresses.some((text) => peers.has(readCidr(text)?.address)),
  );
  return (node && underlay ? narrowestUnder(node, underlay).mtu : 1500) - VXLAN_COST;
}
