import { may } from "@/lib/simulator/access/check";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Context, Handlers } from "@/lib/simulator/http/context";
import { died, diedAt } from "@/lib/simulator/http/refusal";
import type { ParameterValue } from "@/lib/simulator/schema/parameters";
import { text, without } from "@/lib/simulator/schema/parameters";
import { guarded } from "@/lib/simulator/sdn/lock";
import { option } from "@/lib/simulator/sdn/section";
import type { SectionFile } from "@/lib/simulator/sdn/section-file";
import { requestedView, type ViewedObject, viewObjects } from "@/lib/simulator/sdn/views";

/** Fabric values are kept as the text that was sent. */
function asSent(values: Readonly<Record<string, ParameterValue>>): Record<string, ParameterValue> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === "number" ? String(value) : value]),
  );
}

/** Unlike elsewhere, every view of a fabric carries the digest. */
function fields(file: SectionFile, { values, pending, state }: ViewedObject, type: "fabric" | "node") {
  return {
    ...values,
    type,
    digest: file.digest(),
    ...(pending === undefined ? {} : { pending }),
    ...(state === undefined ? {} : { state }),
  };
}

function listFabrics({ cluster, caller, parameters }: Context) {
  return viewObjects(cluster, "fabrics", requestedView(parameters))
    .filter((one) => may(caller, `/sdn/fabrics/${one.id}`, ["SDN.Audit", "SDN.Allocate"], true))
    .map((one) => fields(cluster.files.fabrics, one, "fabric"));
}

function listNodes({ cluster, caller, parameters }: Context) {
  return viewObjects(cluster, "fabricNodes", requestedView(parameters))
    .filter((one) => may(caller, `/sdn/fabrics/${one.id.split("/")[0] ?? ""}`, ["SDN.Audit", "SDN.Allocate"], true))
    .map((one) => fields(cluster.files.fabricNodes, one, "node"));
}

function createFabric({ cluster, parameters }: Context) {
  const id = text(parameters, "id");
  guarded(cluster, parameters, "creating fabric failed", () => {
    if (cluster.files.fabrics.has(id)) throw died(`fabric '${id}' already exists`);
    cluster.files.fabrics.put(id, asSent(without(parameters, ["lock-token", "digest"])), {});
  });
  return "";
}

function createNode({ cluster, parameters }: Context) {
  const fabric = text(parameters, "fabric_id");
  const id = `${fabric}/${text(parameters, "node_id")}`;
  guarded(cluster, parameters, "creating fabric node failed", () => {
    if (!cluster.files.fabrics.has(fabric)) throw died(`fabric '${fabric}' does not exist`);
    if (cluster.files.fabricNodes.has(id)) throw died(`fabric node '${id}' already exists`);
    cluster.files.fabricNodes.put(id, asSent(without(parameters, ["lock-token", "digest"])), {});
  });
  return "";
}

function zoneUsing(cluster: Cluster, fabric: string): string | undefined {
  for (const [zone, section] of cluster.files.zones.readable()) if (option(section, "fabric") === fabric) return zone;
  return undefined;
}

function deleteFabric({ cluster, parameters }: Context): null {
  const id = text(parameters, "id");
  return guarded(cluster, parameters, "deleting fabric failed", () => {
    if (!cluster.files.fabrics.has(id)) throw died(`fabric '${id}' does not exist`);
    const zone = zoneUsing(cluster, id);
    if (zone !== undefined)
      throw diedAt(`this fabric is still used in the VXLAN zone "${zone}"`, "API2/Network/SDN/Fabrics/Fabric", 252);
    for (const node of cluster.files.fabricNodes.ids())
      if (node.startsWith(`${id}/`)) cluster.files.fabricNodes.remove(node);
    cluster.files.fabrics.remove(id);
  });
}

function deleteNode({ cluster, parameters }: Context): null {
  const id = `${text(parameters, "fabric_id")}/${text(parameters, "node_id")}`;
  return guarded(cluster, parameters, "deleting fabric node failed", () => {
    if (!cluster.files.fabricNodes.has(id)) throw died(`fabric node '${id}' does not exist`);
    cluster.files.fabricNodes.remove(id);
  });
}

/** Fabrics: kept, committed and rolled back, but without routing behind them. */
export const fabricHandlers: Handlers = {
  "GET /cluster/sdn/fabrics": () => ["fabric", "node", "all"].map((subdir) => ({ subdir })),
  "GET /cluster/sdn/fabrics/all": (context) => ({ fabrics: listFabrics(context), nodes: listNodes(context) }),
  "GET /cluster/sdn/fabrics/fabric": listFabrics,
  "POST /cluster/sdn/fabrics/fabric": createFabric,
  "GET /cluster/sdn/fabrics/fabric/{id}": ({ cluster, parameters }) => {
    const id = text(parameters, "id");
    const section = cluster.files.fabrics.get(id);
    if (section === undefined) throw died(`fabric '${id}' does not exist`);
    return { ...section, type: "fabric", digest: cluster.files.fabrics.digest() };
  },
  "DELETE /cluster/sdn/fabrics/fabric/{id}": deleteFabric,
  "GET /cluster/sdn/fabrics/node": listNodes,
  "POST /cluster/sdn/fabrics/node/{fabric_id}": createNode,
  "DELETE /cluster/sdn/fabrics/node/{fabric_id}/{node_id}": deleteNode,
};
