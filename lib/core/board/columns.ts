import type { Layout } from "@/lib/core/layout/model";
import type { Bridge, ClusterFacts } from "@/lib/core/ports";

/** One node of the cluster as a column of the Board. */
export interface BoardColumn {
  readonly name: string;
  /** null when nobody asked the cluster. */
  readonly online: boolean | null;
  /** null when unknown: no cluster, or its network could not be read. */
  readonly bridges: readonly Bridge[] | null;
  /** False for a node that the layout names and the cluster does not have. */
  readonly known: boolean;
  /** The node has edits to its own network that an apply would activate too. */
  readonly pending: boolean;
}

/**
 * The columns: the cluster's nodes by name, then nodes that only the layout names. Without a cluster these are all there
 * are; `names` (a template's chosen nodes) come first. An empty list means that nobody has named a node yet.
 */
export function boardColumns(layout: Layout, facts: ClusterFacts | null, names: readonly string[] = []): BoardColumn[] {
  const columns = new Map<string, BoardColumn>();
  for (const node of [...(facts?.nodes ?? [])].sort((a, b) => byName(a.name, b.name))) {
    columns.set(node.name, {
      name: node.name,
      online: node.online,
      bridges: node.bridges,
      known: true,
      pending: node.pendingInterfaces !== null,
    });
  }
  for (const name of [...names, ...namedNodes(layout)]) {
    if (columns.has(name)) continue;
    columns.set(name, { name, online: null, bridges: null, known: facts === null, pending: false });
  }
  return [...columns.values()];
}

/** Every node a layout mentions, by name. */
function namedNodes(layout: Layout): string[] {
  const names = new Set<string>();
  for (const zone of layout.zones) {
    for (const node of zone.nodes ?? []) names.add(node);
    for (const node of zone.exitnodes ?? []) names.add(node);
  }
  for (const service of layout.hostServices ?? []) {
    if (service.gatewayNode) names.add(service.gatewayNode);
  }
  return [...names].filter((name) => name !== "").sort(byName);
}

/** pve2 before pve10. */
function byName(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
