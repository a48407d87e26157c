import type { Caller } from "@/lib/simulator/access/accounts";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { reloadAllNodes } from "@/lib/simulator/nodes/reload";
import type { Parameters } from "@/lib/simulator/schema/parameters";
import { guarded, releaseAfterwards } from "@/lib/simulator/sdn/lock";
import { committed, committedCollections } from "@/lib/simulator/sdn/sdn-config";

/** PUT /cluster/sdn: commits at once, then reloads the nodes in the background. Out: the parent task's UPID. */
export function applyConfig(cluster: Cluster, caller: Caller, parameters: Parameters): string {
  guarded(cluster, parameters, "could not commit SDN config", () => {
    const files = cluster.files;
    cluster.running = {
      version: (cluster.running?.version ?? 0) + 1,
      collections: {
        zones: files.zones.snapshot(),
        vnets: files.vnets.snapshot(),
        subnets: files.subnets.snapshot(),
        controllers: files.controllers.snapshot(),
        fabrics: files.fabrics.snapshot(),
        fabricNodes: files.fabricNodes.snapshot(),
      },
    };
    releaseAfterwards(cluster, parameters);
  });
  const upid = reloadAllNodes(cluster, caller.id);
  cluster.onChange(true);
  return upid;
}

/** POST /cluster/sdn/rollback: everybody's edits are replaced by what runs. Ipams, DNS and registered addresses stay. */
export function rollbackConfig(cluster: Cluster, parameters: Parameters): null {
  return guarded(cluster, parameters, "could not rollback SDN configuration", () => {
    for (const name of committedCollections) cluster.files[name].replaceAll(committed(cluster.running, name));
    releaseAfterwards(cluster, parameters);
  });
}
