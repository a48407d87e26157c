import { plural } from "../plural";
import type { Plan } from "./plan";

/** What a plan does beside the objects of the cluster. */
export interface HostCounts {
  readonly changes: number;
  /** Nodes whose agents get something. */
  readonly nodes: readonly string[];
  /** Other host services are declared than before, whoever provides them. */
  readonly records: boolean;
}

export function hostCounts({ hosts = [], records = false }: Pick<Plan, "hosts" | "records">): HostCounts {
  const changes = hosts.reduce((sum, target) => sum + target.changes.length, 0);
  return { changes, nodes: hosts.map(({ node }) => node), records };
}

/** In a few words: "Host services: 2 changes on pve1"; null where nothing is done there and nothing else declared. */
export function hostWords({ changes, nodes, records }: HostCounts): string | null {
  const where = nodes.join(", ");
  if (where !== "")
    return `Host services: ${changes > 0 ? `${plural(changes, "change")} on` : "sent again to"} ${where}`;
  return records ? "Host services: declared only" : null;
}
