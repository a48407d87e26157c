import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Task } from "@/lib/simulator/cluster/task-log";
import { dnsmasqFiles } from "@/lib/simulator/nodes/dnsmasq-files";
import { generateInterfaces, type InterfaceSource, interfacesFile } from "@/lib/simulator/nodes/generated-interfaces";
import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { committed } from "@/lib/simulator/sdn/sdn-config";

const ifreloadFailed = "command 'ifreload -a' failed: exit code 1";

/** What the running configuration gives the nodes. */
function runningSource(cluster: Cluster): InterfaceSource {
  return {
    zones: committed(cluster.running, "zones"),
    vnets: committed(cluster.running, "vnets"),
    subnets: committed(cluster.running, "subnets"),
  };
}

function reloadMilliseconds(cluster: Cluster, node: string): number {
  const slow = Number(cluster.flags.get(`slow-ifreload-${node}`) ?? 0);
  const usual = cluster.speed === "real" ? 300 + cluster.surroundings.random() * 500 : 0;
  return usual + (Number.isFinite(slow) ? slow * 1000 : 0);
}

/** One node's reload: writes its file from what runs now, brings the interfaces up, and returns its exit status. */
async function reloadNode(cluster: Cluster, node: SceneNode, task: Task): Promise<string> {
  const state = cluster.nodeState(node.name);
  const source = runningSource(cluster);
  const { stanzas, warnings } = generateInterfaces(node, source);
  for (const warning of warnings) task.log.push(warning, "");
  state.interfacesFile = interfacesFile(cluster.running?.version ?? 1, stanzas);
  const dnsmasq = dnsmasqFiles(source, node);
  if (dnsmasq === undefined) delete state.dnsmasq;
  else state.dnsmasq = dnsmasq;
  await cluster.surroundings.sleep(reloadMilliseconds(cluster, node.name));
  if (dnsmasq !== undefined && cluster.flags.has(`without-dnsmasq-${node.name}`)) {
    task.log.push("cannot reload with missing 'dnsmasq' package", "");
    return "cannot reload with missing 'dnsmasq' package";
  }
  const failure = cluster.flags.get(`fail-ifreload-${node.name}`);
  if (failure === undefined) {
    state.up = new Map(stanzas);
    state.reloads += 1;
    return "OK";
  }
  const named = /^error: (\S+?):/.exec(failure)?.[1] ?? "networking";
  task.log.push(`${named} : ${failure} `, "");
  return ifreloadFailed;
}

/** Runs `srvreload` on one node as root; returns its exit status. */
async function reloadTask(cluster: Cluster, node: SceneNode): Promise<string> {
  const tasks = cluster.tasks;
  const task = tasks.start(node.name, "srvreload", "networking", "root@pam", cluster.nowSeconds());
  const status = await reloadNode(cluster, node, task);
  tasks.finish(task, status, cluster.nowSeconds());
  return status;
}

function shuffled(cluster: Cluster): readonly SceneNode[] {
  const order = [...cluster.scene.nodes];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const pick = Math.floor(cluster.surroundings.random() * (last + 1));
    const [a, b] = [order[last], order[pick]];
    if (a !== undefined && b !== undefined) [order[last], order[pick]] = [b, a];
  }
  return order;
}

async function reloadInTurn(cluster: Cluster, parent: Task): Promise<void> {
  const { generation, tasks } = cluster;
  for (const node of shuffled(cluster)) {
    if (cluster.generation !== generation) return;
    parent.log.push(`${node.name}: reloading network config`);
    if (cluster.isOffline(node.name)) {
      parent.log.push(`command 'pvesh set /nodes/${node.name}/network --regenerate-frr 1' failed: exit code 255`);
      continue;
    }
    const status = await reloadTask(cluster, node);
    if (status !== "OK") parent.log.push(status);
  }
  if (cluster.generation !== generation) return;
  // The parent ends well whatever the nodes did.
  tasks.finish(parent, "OK", cluster.nowSeconds());
  cluster.onChange(true);
}

/** Starts `reloadnetworkall`: the nodes one after another, in random order, in the background. Out: its UPID. */
export function reloadAllNodes(cluster: Cluster, account: string): string {
  const parent = cluster.tasks.start(
    cluster.answeringNode().name,
    "reloadnetworkall",
    "",
    account,
    cluster.nowSeconds(),
  );
  void reloadInTurn(cluster, parent);
  return parent.upid;
}

/** Starts a reload of one node alone, as `account`. Out: its UPID. */
export function reloadOneNode(cluster: Cluster, node: SceneNode, account: string): string {
  const { tasks } = cluster;
  const task = tasks.start(node.name, "srvreload", "networking", account, cluster.nowSeconds());
  void reloadNode(cluster, node, task).then((status) => {
    tasks.finish(task, status, cluster.nowSeconds());
    cluster.onChange(true);
  });
  return task.upid;
}
