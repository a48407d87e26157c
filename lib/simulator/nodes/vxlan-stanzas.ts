import { aliasLine, awareLines, line, quietBridge, type Stanzas, type VnetOnNode } from "@/lib/simulator/nodes/stanzas";
import { splitList } from "@/lib/simulator/schema/formats";
import { option } from "@/lib/simulator/sdn/section";

/** The tunnel's own mtu: the zone's, or 50 below the usual 1500. */
export function tunnelMtu(zone: VnetOnNode["zone"]): string {
  return option(zone, "mtu") || "1450";
}

/** A tunnel to every other peer. */
export function vxlanStanzas(one: VnetOnNode, into: Stanzas): string | undefined {
  const peers = splitList(option(one.zone, "peers"));
  const fabric = option(one.zone, "fabric");
  if (peers.length === 0)
    return `failed to generate vxlan configuration: fabric '${fabric}' has no configuration on this node`;
  const tunnel = `vxlan_${one.id}`;
  const mtu = `mtu ${tunnelMtu(one.zone)}`;
  into.add(tunnel, [
    `vxlan-id ${option(one.vnet, "tag")}`,
    ...peers.filter((peer) => peer !== one.node.address).map((peer) => `vxlan_remoteip ${peer}`),
    line("vxlan-port", option(one.zone, "vxlan-port")),
    mtu,
  ]);
  into.add(one.id, [`bridge_ports ${tunnel}`, ...quietBridge, ...awareLines(one.vnet), mtu, aliasLine(one.vnet)]);
  return undefined;
}
