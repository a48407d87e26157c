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
import { missingBridge } from "@/lib/simulator/nodes/vlan-stanzas";
import { option } from "@/lib/simulator/sdn/section";

/** A VLAN-aware bridge `z_<zone>` on the service tag; each vnet takes its customer tag there, a tag-less one a virtual port. */
export function qinqStanzas(one: VnetOnNode, into: Stanzas): string | undefined {
  const name = option(one.zone, "bridge");
  const bridge = bridgeOf(one.node, name);
  if (bridge === undefined) return missingBridge(name);
  const service = option(one.zone, "tag");
  const protocol = option(one.zone, "vlan-protocol");
  const mtu = option(one.zone, "mtu");
  const near = `ln_${one.zoneId}`;
  const far = `pr_${one.zoneId}`;
  const zoneBridge = `z_${one.zoneId}`;
  vethPair(into, near, far, mtu);
  const uplinks: string[] = [];
  if (bridge.bridge_vlan_aware === 1) {
    if (protocol !== "") into.add(name, [`bridge-vlan-protocol ${protocol}`]);
    into.add(`${name}.${service}`, [line("vlan-protocol", protocol), line("mtu", mtu)]);
    uplinks.push(`${name}.${service}`);
  } else {
    const device = (bridge.bridge_ports ?? "").split(" ")[0] ?? "";
    into.add(`sv_${one.zoneId}`, [
      `vlan-raw-device ${device}`,
      `vlan-id ${service}`,
      line("vlan-protocol", protocol),
      line("mtu", mtu),
    ]);
    uplinks.push(`sv_${one.zoneId}`);
  }
  into.add(zoneBridge, [
    "bridge-stp off",
    `bridge-ports ${[...uplinks, near].join(" ")}`,
    "bridge-fd 0",
    "bridge-vlan-aware yes",
    "bridge-vids 2-4094",
    line("mtu", mtu),
  ]);
  const tag = option(one.vnet, "tag");
  into.add(one.id, [
    `bridge_ports ${tag === "" ? far : `${zoneBridge}.${tag}`}`,
    ...quietBridge,
    ...awareLines(one.vnet),
    line("mtu", mtu),
    aliasLine(one.vnet),
  ]);
  return undefined;
}
