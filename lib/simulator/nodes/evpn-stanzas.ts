import { aliasLine, line, quietBridge, type Stanzas, type VnetOnNode } from "@/lib/simulator/nodes/stanzas";
import { subnetLines } from "@/lib/simulator/nodes/subnet-lines";
import { tunnelMtu } from "@/lib/simulator/nodes/vxlan-stanzas";
import { splitList } from "@/lib/simulator/schema/formats";
import { isSet, option } from "@/lib/simulator/sdn/section";

const unreachable = "unreachable default metric 4278198272";

function vrfStanzas(one: VnetOnNode, into: Stanzas, mtu: string, exit: boolean): void {
  const vrf = `vrf_${one.zoneId}`;
  const tunnel = `vrfvx_${one.zoneId}`;
  into.add(vrf, ["vrf-table auto", `post-up ip route ${exit ? "del" : "add"} vrf ${vrf} ${unreachable}`]);
  into.add(`vrfbr_${one.zoneId}`, [`bridge-ports ${tunnel}`, ...quietBridge, mtu, `vrf ${vrf}`]);
  into.add(tunnel, [
    `vxlan-id ${option(one.zone, "vrf-vxlan")}`,
    `vxlan-local-tunnelip ${one.node.address}`,
    "bridge-learning off",
    "bridge-arp-nd-suppress on",
    line("vxlan-port", option(one.zone, "vxlan-port")),
    mtu,
  ]);
  if (!exit || !isSet(one.zone, "exitnodes-local-routing")) return;
  const inner = `xvrf_${one.zoneId}`;
  const outer = `xvrfp_${one.zoneId}`;
  into.add(inner, ["link-type veth", "address 10.255.255.1/30", `veth-peer-name ${outer}`, "mtu 1500"]);
  into.add(outer, ["link-type veth", "address 10.255.255.2/30", `veth-peer-name ${inner}`, `vrf ${vrf}`, "mtu 1500"]);
}

/** The vnet's bridge in the zone's routing table, its tunnel, and the table itself. Source NAT only on exit nodes. */
export function evpnStanzas(one: VnetOnNode, into: Stanzas): string | undefined {
  const exit = splitList(option(one.zone, "exitnodes")).includes(one.node.name);
  const mtu = `mtu ${tunnelMtu(one.zone)}`;
  const { head, forwarding } = subnetLines(one.subnets, one.node, exit);
  const tunnel = `vxlan_${one.id}`;
  const suppress = isSet(one.zone, "disable-arp-nd-suppression") ? undefined : "bridge-arp-nd-suppress on";
  into.add(tunnel, [
    `vxlan-id ${option(one.vnet, "tag")}`,
    `vxlan-local-tunnelip ${one.node.address}`,
    "bridge-learning off",
    suppress,
    line("vxlan-port", option(one.zone, "vxlan-port")),
    mtu,
  ]);
  into.add(one.id, [
    ...head.map((text) => text.replace("@self", one.id)),
    `hwaddress ${option(one.zone, "mac")}`,
    `bridge_ports ${tunnel}`,
    ...quietBridge,
    mtu,
    aliasLine(one.vnet),
    ...forwarding,
    head.length > 0 ? "arp-accept on" : undefined,
    `vrf vrf_${one.zoneId}`,
  ]);
  vrfStanzas(one, into, mtu, exit);
  return undefined;
}
