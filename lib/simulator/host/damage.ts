import type { Cluster } from "@/lib/simulator/cluster/cluster";

/** What somebody may do to a node behind the agent's back. */
const kinds: Readonly<Record<string, (what: string) => boolean>> = {
  rules: (what) => what === "nft",
  addresses: (what) => what === "address" || what === "mac",
  dhcp: (what) => what === "server",
  snippet: (what) => what === "snippet",
  routes: (what) => what === "route",
};

/**
 * Takes something away that the agent made on a node: `rules`, `addresses`, `dhcp` (the servers are stopped), `snippet`,
 * `routes`; `state` breaks the state's file. Returns one sentence when that is nothing to break.
 */
export function damageHost(cluster: Cluster, node: string, kind: string): string | undefined {
  if (!cluster.scene.nodes.some(({ name }) => name === node)) return `host, node: there is no node ${node}`;
  const record = cluster.host(node);
  const matches = Object.entries(kinds).find(([name]) => name === kind)?.[1];
  if (kind === "state") record.damaged = true;
  else if (matches) record.parts = record.parts.filter(({ what }) => !matches(what));
  else return `host, damage: one of ${Object.keys(kinds).join(", ")}, state`;
  cluster.onChange(true);
  return undefined;
}
