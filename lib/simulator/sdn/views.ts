import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { died } from "@/lib/simulator/http/refusal";
import { flag, type Parameters } from "@/lib/simulator/schema/parameters";
import { pendingEntry } from "@/lib/simulator/sdn/pending-view";
import { type CommittedCollection, committed } from "@/lib/simulator/sdn/sdn-config";
import { option, type Section } from "@/lib/simulator/sdn/section";

/** An object as one of the three views shows it. `digest` is only given in the plain view. */
export interface ViewedObject {
  readonly id: string;
  readonly values: Section;
  readonly digest: string | null;
  readonly pending?: Section;
  readonly state?: string;
}

export type View = "plain" | "running" | "pending";

/** Which view the request asks for; `pending` wins over `running`. */
export function requestedView(parameters: Parameters): View {
  if (flag(parameters, "pending")) return "pending";
  return flag(parameters, "running") ? "running" : "plain";
}

/** How a missing object is named in "… does not exist". */
const nouns: Readonly<Record<CommittedCollection, string>> = {
  zones: "sdn",
  vnets: "sdn vnet",
  subnets: "sdn subnet",
  controllers: "sdn",
  fabrics: "sdn",
  fabricNodes: "sdn",
};

/** The object in the view asked for. Throws a refusal (500) when the view has none. */
export function viewObject(cluster: Cluster, collection: CommittedCollection, id: string, view: View): ViewedObject {
  const file = cluster.files[collection];
  const running = committed(cluster.running, collection).get(id) ?? undefined;
  const missing = () => died(`${nouns[collection]} '${id}' does not exist`);
  if (view === "running") {
    if (running === undefined) throw missing();
    return { id, values: running, digest: null };
  }
  const edited = file.get(id);
  if (view === "plain") {
    if (edited === undefined) throw missing();
    return { id, values: edited, digest: file.digest() };
  }
  if (edited === undefined && running === undefined) throw missing();
  return { id, digest: null, ...pendingEntry(running, edited) };
}

/** All objects of a view in ASCII order of their identifiers. Throws a refusal (500) when one cannot be read. */
export function viewObjects(cluster: Cluster, collection: CommittedCollection, view: View): readonly ViewedObject[] {
  const running = committed(cluster.running, collection);
  const edited = cluster.files[collection];
  if (view === "plain") return edited.ids().map((id) => viewObject(cluster, collection, id, view));
  const ids = view === "running" ? [...running.keys()] : [...new Set([...running.keys(), ...edited.ids()])];
  return ids.sort().map((id) => viewObject(cluster, collection, id, view));
}

/** The fields every answer about an object shares. */
export function viewFields(object: ViewedObject): Record<string, unknown> {
  const fields: Record<string, unknown> = { ...object.values, digest: object.digest };
  if (object.pending !== undefined) fields["pending"] = object.pending;
  if (object.state !== undefined) fields["state"] = object.state;
  return fields;
}

/** The objects with the option reading `value`, edited or running. */
export function viewObjectsWhere(
  cluster: Cluster,
  collection: CommittedCollection,
  view: View,
  name: string,
  value: string,
): readonly ViewedObject[] {
  const running = committed(cluster.running, collection).idsWhere(name, value);
  const edited = cluster.files[collection].where(name, value).map(([id]) => id);
  const ids = { plain: edited, running, pending: [...new Set([...running, ...edited])] }[view];
  const objects = [...ids].sort().map((id) => viewObject(cluster, collection, id, view));
  return objects.filter((object) => option(object.values, name) === value);
}

/** True when any object of the collection differs from the last apply. */
export function hasPendingChanges(cluster: Cluster, collection: CommittedCollection): boolean {
  return viewObjects(cluster, collection, "pending").some((object) => object.state !== undefined);
}
