import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { generateInterfaces, interfacesFile } from "@/lib/simulator/nodes/generated-interfaces";
import { unifiedDiff } from "@/lib/simulator/nodes/unified-diff";
import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { committed } from "@/lib/simulator/sdn/sdn-config";

function stamp(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().replace("T", " ").replace("Z", "000000")} +0000`;
}

/**
 * GET /cluster/sdn/dry-run: what an apply would change in the node's file.
 * As in the real service, subnets are taken from what runs, not from what was edited, and the version is not raised.
 */
export function dryRun(cluster: Cluster, node: SceneNode) {
  const { zones, vnets } = cluster.files;
  const { stanzas } = generateInterfaces(node, {
    zones: zones.snapshot(),
    vnets: vnets.snapshot(),
    subnets: committed(cluster.running, "subnets"),
  });
  const current = cluster.nodeState(node.name).interfacesFile;
  const diff = unifiedDiff(current ?? "", interfacesFile(cluster.running?.version ?? 1, stanzas));
  const now = cluster.surroundings.now();
  const head = `--- /etc/network/interfaces.d/sdn\t${stamp(current === undefined ? 0 : now)}\n+++ /proc/self/fd/12\t${stamp(now)}\n`;
  return { "interfaces-diff": diff === undefined ? null : head + diff, "frr-diff": "" };
}
