import { may } from "@/lib/simulator/access/check";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { died, diedAt } from "@/lib/simulator/http/refusal";
import { splitList } from "@/lib/simulator/schema/formats";
import { optionalText, type Parameters, text, without } from "@/lib/simulator/schema/parameters";
import { demandDigest } from "@/lib/simulator/sdn/digest";
import { guarded } from "@/lib/simulator/sdn/lock";
import { checkOptions, type OptionTable, option, type Section, updateSection } from "@/lib/simulator/sdn/section";
import { requestedView, viewFields, viewObject, viewObjects } from "@/lib/simulator/sdn/views";

const controllerTypes: Readonly<Record<string, OptionTable>> = {
  evpn: { asn: "required", peers: "optional", fabric: "optional" },
  bgp: {
    node: "required",
    asn: "required",
    peers: "required",
    "bgp-multipath-as-path-relax": "optional",
    ebgp: "optional",
    "ebgp-multihop": "optional",
    loopback: "optional",
  },
  isis: {
    "isis-domain": "required",
    "isis-ifaces": "required",
    "isis-net": "required",
    node: "required",
    loopback: "optional",
  },
  faucet: {},
};

/** Two is the most the answering node may have before the check refuses every further one, for any node. */
const controllersPerNode = 2;

function typeRules(cluster: Cluster, id: string, section: Section): void {
  const type = option(section, "type");
  const others = [...cluster.files.controllers.readable()].filter(
    ([other, one]) => other !== id && option(one, "type") === type,
  );
  if (type === "evpn") {
    if (others.length > 0)
      throw diedAt("only 1 global evpn controller can be defined", "Network/SDN/Controllers/EvpnPlugin", 491);
    if ((option(section, "peers") === "") === (option(section, "fabric") === ""))
      throw diedAt("must have exactly one of peers / fabric defined", "Network/SDN/Controllers/EvpnPlugin", 498);
    return;
  }
  if (type !== "bgp" && type !== "isis") return;
  const here = cluster.answeringNode().name;
  const counted = others.filter(([, one]) => option(one, "node") === here).length;
  if (counted >= controllersPerNode)
    throw diedAt(`only 1 ${type} controller can be defined`, "Network/SDN/Controllers/BgpPlugin", 183);
}

function createController(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "controller");
  const type = text(parameters, "type");
  const table = controllerTypes[type] ?? {};
  const sent = checkOptions(table, without(parameters, ["controller", "type", "lock-token"]), true);
  return guarded(cluster, parameters, "create sdn controller object failed", () => {
    const { controllers } = cluster.files;
    if (controllers.has(id)) throw died(`sdn controller object ID '${id}' already defined`);
    const section = { type, ...sent };
    typeRules(cluster, id, section);
    controllers.put(id, section, table);
  });
}

function updateController(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "controller");
  return guarded(cluster, parameters, "update sdn controller object failed", () => {
    const { controllers } = cluster.files;
    demandDigest(controllers, parameters);
    const before = controllers.get(id);
    if (before === undefined) throw died(`sdn '${id}' does not exist`);
    const table = controllerTypes[option(before, "type")] ?? {};
    const sent = checkOptions(table, without(parameters, ["controller", "lock-token", "digest", "delete"]), false);
    const after = updateSection(table, before, sent, splitList(optionalText(parameters, "delete") ?? ""));
    typeRules(cluster, id, after);
    controllers.put(id, after, table);
  });
}

/** The zone that keeps a controller from being deleted: one that names it, or for bgp any EVPN zone leaving through its node. */
function zoneUsing(cluster: Cluster, id: string, section: Section): string | undefined {
  for (const [zone, one] of cluster.files.zones.readable()) {
    if (option(section, "type") === "evpn" && option(one, "controller") === id) return zone;
    const exits = splitList(option(one, "exitnodes"));
    if (option(section, "type") === "bgp" && option(one, "type") === "evpn" && exits.includes(option(section, "node")))
      return zone;
  }
  return undefined;
}

function deleteController(cluster: Cluster, parameters: Parameters): null {
  const id = text(parameters, "controller");
  return guarded(cluster, parameters, "delete sdn controller object failed", () => {
    const section = cluster.files.controllers.get(id);
    if (section === undefined) throw died(`sdn '${id}' does not exist`);
    const zone = zoneUsing(cluster, id, section);
    if (zone !== undefined)
      throw diedAt(`controller ${id} is used by ${zone}`, "Network/SDN/Controllers/EvpnPlugin", 476);
    cluster.files.controllers.remove(id);
  });
}

function listControllers({ cluster, caller, parameters }: Context) {
  const type = optionalText(parameters, "type");
  return viewObjects(cluster, "controllers", requestedView(parameters))
    .filter((one) => type === undefined || option(one.values, "type") === type)
    .filter((one) => may(caller, `/sdn/controllers/${one.id}`, ["SDN.Audit", "SDN.Allocate"], true))
    .map((one) => ({ ...viewFields(one), controller: one.id }));
}

/** Routing controllers. */
export const controllerHandlers: Handlers = {
  "GET /cluster/sdn/controllers": listControllers,
  "POST /cluster/sdn/controllers": ({ cluster, parameters }) => createController(cluster, parameters),
  "GET /cluster/sdn/controllers/{controller}": ({ cluster, parameters }) => {
    const one = viewObject(cluster, "controllers", text(parameters, "controller"), requestedView(parameters));
    return { ...viewFields(one), controller: one.id };
  },
  "PUT /cluster/sdn/controllers/{controller}": ({ cluster, parameters }) => updateController(cluster, parameters),
  "DELETE /cluster/sdn/controllers/{controller}": ({ cluster, parameters }) => deleteController(cluster, parameters),
};
