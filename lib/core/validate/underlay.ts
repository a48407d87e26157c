import type { NodeFacts, NodeInterface } from "@/lib/core/ports";

/** What an interface has when nothing is configured. */
const COMMON_MTU = 1500;

/** An interface and the largest packet it takes. */
export interface Carrier {
  readonly node: string;
  readonly face: string;
  readonly mtu: number;
}

/**
 * The narrowest place on the way out through an interface: itself, or what is under it. A bridge without an MTU of its own
 * takes the smallest of its ports, a VLAN interface that of its device (Linux: br_mtu_auto_adjust, vlan_dev_init).
 */
export function narrowestUnder(node: NodeFacts, face: NodeInterface, seen: readonly string[] = []): Carrier {
  const ports = node.bridges?.find(({ name }) => name === face.name)?.ports ?? [];
  const names = face.vlan ? [face.vlan.device] : ports;
  const under = node.interfaces
    .filter(({ name }) => names.includes(name) && !seen.includes(name))
    .map((lower) => narrowestUnder(node, lower, [...seen, face.name]));
  const own = { node: node.name, face: face.name, mtu: face.mtu ?? COMMON_MTU };
  const known = face.mtu === null && under.length > 0 ? under : [own, ...under];
  return narrowest(known) ?? own;
}

/** The first of those with the smallest MTU. */
export const narrowest = (carriers: readonly Carrier[]): Carrier | null =>
  carriers.reduce<Carrier | null>((least, one) => (least && least.mtu <= one.mtu ? least : one), null);
