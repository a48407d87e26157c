import {
  aliasLine,
  awareLines,
  bridgeOf,
  line,
  quietBridge,
  type Stanzas,
  type VnetOnNode,
  vethPair,
} from "@/lib/simulator/nodes/stanzas";
import { isSet, option } from "@/lib/simulator/sdn/section";

/** What a node without the zone's bridge says in its task. */
export function missingBridge(bridge: string): string {
  return `can't find bridge ${bridge} at /usr/share/perl5/PVE/Network/SDN/Zones/Plugin.pm line 323.`;
}

/**
 * A VLAN of the zone's bridge. On a VLAN-aware bridge the vnet sits on `bridge.tag`; on a plain one a second
 * bridge `<bridge>v<tag>` joins the tagged physical port with a pair of virtual ports towards the vnet.
 */
export function vlanStanzas(one: VnetOnNode, into: Stanzas): string | undefined {
  const name = option(one.zone, "bridge");
  const bridge = bridgeOf(one.node, name);
  if (bridge === undefined) return missingBridge(name);
  const tag = option(one.vnet, "tag");
  const mtu = option(one.zone, "mtu");
  const learning = isSet(one.zone, "bridge-disable-mac-learning") ? "bridge-disable-mac-learning 1" : undefined;
  const aware = bridge.bridge_vlan_aware === 1;
  const near = `ln_${one.id}`;
  const far = `pr_${one.id}`;
  into.add(one.id, [
    `bridge_ports ${aware ? `${name}.${tag}` : near}`,
    ...quietBridge,
    ...awareLines(one.vnet),
    line("mtu", mtu),
    learning,
    aliasLine(one.vnet),
  ]);
  if (aware) return undefined;
  vethPair(into, near, far, mtu);
  const ports = (bridge.bridge_ports ?? "").split(" ").map((port) => `${port}.${tag}`);
  into.add(`${name}v${tag}`, [
    `bridge_ports  ${[...ports, far].join(" ")}`,
    ...quietBridge,
    ...awareLines(one.vnet),
    line("mtu", mtu),
  ]);
  return undefined;
}
