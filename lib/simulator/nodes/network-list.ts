import type { Caller } from "@/lib/simulator/access/accounts";
import { may } from "@/lib/simulator/access/check";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { interfacesOf, waitingEdits } from "@/lib/simulator/control/circumstances";
import { type Context, WithChanges } from "@/lib/simulator/http/context";
import { died } from "@/lib/simulator/http/refusal";
import { zoneCoversNode } from "@/lib/simulator/nodes/generated-interfaces";
import { bridgeOf } from "@/lib/simulator/nodes/stanzas";
import type { SceneInterface, SceneNode } from "@/lib/simulator/scenes/scene";
import { optionalText, text } from "@/lib/simulator/schema/parameters";
import { committed } from "@/lib/simulator/sdn/sdn-config";
import { isSet, option } from "@/lib/simulator/sdn/section";

const users = ["SDN.Audit", "SDN.Use"] as const;

function maySeeBridge(caller: Caller, zone: string, bridge: string): boolean {
  return may(caller, `/sdn/zones/${zone}/${bridge}`, users, true);
}

/** Vnets of the running configuration; listed as active whether or not the node has brought them up. */
function localVnets(cluster: Cluster, caller: Caller, node: SceneNode) {
  const zones = committed(cluster.running, "zones");
  const list: unknown[] = [];
  for (const [iface, vnet] of committed(cluster.running, "vnets")) {
    const zoneId = option(vnet ?? undefined, "zone");
    const zone = zones.get(zoneId);
    if (!vnet || !zone || !zoneCoversNode(zone, node.name) || !maySeeBridge(caller, zoneId, iface)) continue;
    list.push({
      iface,
      type: "vnet",
      active: "1",
      comments: option(vnet, "alias") || null,
      ipam: option(zone, "ipam") === "" ? 0 : 1,
      vlanaware: isSet(vnet, "vlanaware") ? 1 : 0,
    });
  }
  return list;
}

const bridgeFilters: ReadonlySet<string> = new Set(["bridge", "any_bridge", "any_local_bridge"]);

function wanted(one: SceneInterface, type: string | undefined): boolean {
  if (type === undefined || type === "include_sdn") return true;
  return bridgeFilters.has(type) ? one.type === "bridge" : one.type === type;
}

/** GET /nodes/{node}/network: bridges only for those who may use or audit them. */
export function listInterfaces({ cluster, caller, parameters }: Context) {
  const node = cluster.node(text(parameters, "node"));
  const type = optionalText(parameters, "type");
  const own: readonly unknown[] = interfacesOf(cluster, node)
    .filter((one) => wanted(one, type))
    .filter((one) => one.type !== "bridge" || maySeeBridge(caller, "localnetwork", one.iface));
  const withVnets = type === "any_bridge" || type === "include_sdn" || type === "vnet";
  const list = withVnets ? [...own, ...localVnets(cluster, caller, node)] : own;
  const edits = waitingEdits(cluster, node);
  return edits === undefined ? list : new WithChanges(list, edits);
}

/** GET /nodes/{node}/network/{iface}. */
export function readInterface({ cluster, parameters }: Context) {
  const found = bridgeOf(cluster.node(text(parameters, "node")), text(parameters, "iface"));
  if (found === undefined) throw died("interface does not exist");
  const { iface: _, ...fields } = found;
  return fields;
}
