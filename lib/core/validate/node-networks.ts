import { type Network, readCidr, renderCidr } from "@/lib/core/net/cidr";
import type { ClusterFacts } from "@/lib/core/ports";

/** A network that a node has an address in. */
export interface NodeNetwork {
  readonly network: Network;
  readonly node: string;
  readonly face: string;
  /** The address with its prefix length, as it stands on the interface. */
  readonly text: string;
}

/**
 * Networks the nodes have addresses in. Nodes mostly share them, so each is kept once. `vnets` are left out: an applied
 * VNet shows up as an interface with its gateway address.
 */
export function nodeNetworks(
  facts: ClusterFacts | null,
  vnets: { readonly has: (name: string) => boolean },
): NodeNetwork[] {
  const all = (facts?.nodes ?? []).flatMap((node) =>
    node.interfaces.flatMap((face) =>
      vnets.has(face.name) ? [] : face.addresses.map((text) => ({ node: node.name, face: face.name, text })),
    ),
  );
  const found = new Map<string, NodeNetwork>();
  for (const own of all) {
    const network = readCidr(own.text)?.network;
    if (!network || isLocal(network)) continue;
    const cidr = renderCidr(network);
    if (!found.has(cidr)) found.set(cidr, { network, ...own });
  }
  return [...found.values()];
}

/** Loopback and link-local networks are on every machine. */
function isLocal(network: Network): boolean {
  const top = network.family === 4 ? network.first >> 24n : network.first >> 118n;
  if (network.family === 6) return top === 0x3fan || network.first === 1n;
  return top === 127n || network.first >> 16n === 0xa9fen;
}
