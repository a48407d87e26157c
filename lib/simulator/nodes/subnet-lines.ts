import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { isSet, option, type Section } from "@/lib/simulator/sdn/section";
import { type SubnetIdentity, subnetIdentity } from "@/lib/simulator/sdn/subnet-identity";

/** The interface towards the outside: the one with the management address. */
function outInterface(node: SceneNode): string {
  return node.interfaces.find((candidate) => candidate.address === node.address)?.iface ?? "vmbr0";
}

function snatLines(node: SceneNode, cidr: string): readonly string[] {
  const rule = `POSTROUTING -s '${cidr}' -o ${outInterface(node)} -j SNAT --to-source ${node.address}`;
  const zone = "PREROUTING -i fwbr+ -j CT --zone 1";
  return [
    `post-up iptables -t nat -A ${rule}`,
    `post-down iptables -t nat -D ${rule}`,
    `post-up iptables -t raw -I ${zone}`,
    `post-down iptables -t raw -D ${zone}`,
  ];
}

/** Lines a routed vnet bridge gets from its subnets. */
export interface SubnetLines {
  readonly head: readonly string[];
  /** Which families the node has to forward. */
  readonly forwarding: readonly string[];
}

function gatewayLines({ network, mask }: SubnetIdentity, gateway: string): readonly string[] {
  const pointToPoint = mask === "32" && !network.includes(":");
  return pointToPoint
    ? [`address ${gateway}/32`, `up ip route add ${network}/32 dev @self`]
    : [`address ${gateway}/${mask}`];
}

/**
 * Gateways and source NAT of the subnets. A /32 with a gateway is point to point: the gateway's address
 * becomes a /32 of its own and the subnet's address a route. `natAllowed`: EVPN zones do it on exit nodes only.
 */
export function subnetLines(
  subnets: readonly (readonly [string, Section])[],
  node: SceneNode,
  natAllowed: boolean,
): SubnetLines {
  const head: string[] = [];
  const gateways = new Set<string>();
  const families = new Set<"ip" | "ip6">();
  for (const [id, subnet] of subnets) {
    const identity = subnetIdentity(id);
    const gateway = option(subnet, "gateway");
    const snat = natAllowed && isSet(subnet, "snat");
    if (gateway !== "" && !gateways.has(gateway)) head.push(...gatewayLines(identity, gateway));
    gateways.add(gateway);
    if (snat) head.push(...snatLines(node, identity.cidr));
    if (gateway !== "" || snat) families.add(identity.network.includes(":") ? "ip6" : "ip");
  }
  return { head, forwarding: [...families].sort().map((family) => `${family}-forward on`) };
}
