import { aliasLine, awareLines, line, quietBridge, type Stanzas, type VnetOnNode } from "@/lib/simulator/nodes/stanzas";
import { subnetLines } from "@/lib/simulator/nodes/subnet-lines";
import { option } from "@/lib/simulator/sdn/section";

/** A bridge without ports on every node, with the gateways and source NAT of its subnets. */
export function simpleStanzas(one: VnetOnNode, into: Stanzas): undefined {
  const { head, forwarding } = subnetLines(one.subnets, one.node, true);
  into.add(one.id, [
    ...head.map((text) => text.replace("@self", one.id)),
    "bridge_ports none",
    ...quietBridge,
    ...awareLines(one.vnet),
    line("mtu", option(one.zone, "mtu")),
    aliasLine(one.vnet),
    ...forwarding,
  ]);
}
