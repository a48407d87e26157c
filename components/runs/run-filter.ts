import { RUN_STATES } from "@/lib/core/apply/events";
import type { RunFilter } from "@/lib/server/views";

/** The filter of the history, as it stands in the address: `?cluster=…&state=…&person=…&object=…`. */
export function readRunFilter(query: { get(name: string): string | null }): RunFilter {
  const state = RUN_STATES.find((known) => known === query.get("state"));
  const clusterId = query.get("cluster");
  const actor = query.get("person");
  const object = query.get("object")?.trim();
  return {
    ...(state ? { state } : {}),
    ...(clusterId ? { clusterId } : {}),
    ...(actor ? { actor } : {}),
    ...(object ? { object } : {}),
  };
}

/** The same filter as query parameters of a page address. */
export function runFilterQuery(filter: RunFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.clusterId) query.set("cluster", filter.clusterId);
  if (filter.state) query.set("state", filter.state);
  if (filter.actor) query.set("person", filter.actor);
  if (filter.object) query.set("object", filter.object);
  return query;
}

export const isRunFiltered = (filter: RunFilter): boolean => runFilterQuery(filter).size > 0;
