import type { NodeTask } from "../ports";
import { type Events, note, pauses, phase, type RunContext, readPatiently } from "./context";
import type { NodeState } from "./events";

export interface Reload {
  /** Unix time in seconds from which node tasks belong to this run, by the cluster's clock; null when unknown. */
  readonly since: number | null;
  /** Last known reload task of each node. */
  readonly tasks: ReadonlyMap<string, NodeTask>;
  /** What the parent task's log says went wrong with a node. */
  readonly troubles: ReadonlyMap<string, string>;
  /** What a node's own task says although it ended well: zones whose bridge it does not have. */
  readonly bridgeless: ReadonlyMap<string, readonly Bridgeless[]>;
}

/** A zone that a node left out, because the zone's bridge does not exist there. */
export interface Bridgeless {
  readonly zone: string;
  readonly bridge: string;
}

/** A task id carries its start in hexadecimal: UPID:node:pid:pstart:starttime:type:id:user: (PVE::Tools::upid_decode). */
export function taskStart(upid: string): number | null {
  const start = Number.parseInt(upid.split(":")[4] ?? "", 16);
  return Number.isFinite(start) ? start : null;
}

/** A lock token is a UUID of version 7, which begins with the time it was made, by the cluster's clock (RFC 9562). */
function lockedAt(token: string | null): number | null {
  const [, high, low] = /^([0-9a-f]{8})-([0-9a-f]{4})-7/i.exec(token ?? "") ?? [];
  return high && low ? Math.floor(Number.parseInt(high + low, 16) / 1000) : null;
}

/**
 * The task of a commit whose answer was lost, or null. While a run holds the lock nobody else can commit, so an apply
 * that was started since then is its own.
 */
export async function findReload(run: RunContext): Promise<string | null> {
  const since = lockedAt(run.token);
  if (since === null) return null;
  for (const node of run.plan.nodes) {
    const tasks = await run.cluster.readReloadTasks(node, since, "reloadnetworkall");
    const found = tasks.ok ? tasks.value[0] : undefined;
    if (found) return found.upid;
  }
  return null;
}

/** The only trace of a node that could not be told to reload (PVE::API2::Network::SDN, reloadnetworkall). */
const NOT_STARTED = /pvesh set \/nodes\/([^/\s]+)\/network.* failed: (.+)$/;
/** A task that leaves a VNet out ends OK all the same (PVE::Network::SDN::Zones::VlanPlugin, QinQPlugin). */
const NO_BRIDGE = /zone (\S+) : vnet \S+ : can't find bridge (\S+)/;

/** Zones that a reload left out on its node, by its log. */
function bridgelessZones(log: readonly string[]): Bridgeless[] {
  return log.flatMap((line) => {
    const [, zone, bridge] = NO_BRIDGE.exec(line) ?? [];
    return zone && bridge ? [{ zone, bridge }] : [];
  });
}

/** Watches the reload of all nodes until the parent task stops. It says OK whatever happens, so it proves nothing. */
export async function* watchReload(run: RunContext, task: string | null): Events<Reload> {
  yield phase("reload", "started");
  const tasks = new Map<string, NodeTask>();
  const troubles = new Map<string, string>();
  const bridgeless = new Map<string, readonly Bridgeless[]>();
  if (task === null) {
    yield phase("reload", "skipped", "The reload task is not known; each node is looked at instead.");
    return { since: null, tasks, troubles, bridgeless };
  }
  const since = taskStart(task);
  const said = new Map<string, string>();
  for (const node of run.plan.nodes) {
    said.set(node, "waiting");
    yield { type: "node", node, state: "waiting" };
  }
  yield* untilStopped(run, task, () => lookAtNodes(run, since, tasks, said, bridgeless));
  const log = await run.cluster.readTaskLog(task);
  if (log.ok && log.value.length > 0) yield { type: "log", node: null, lines: log.value };
  for (const line of log.ok ? log.value : []) {
    const [, node, reason] = NOT_STARTED.exec(line) ?? [];
    if (node && reason) troubles.set(node, `Its reload could not be started (${reason}).`);
  }
  yield phase("reload", "done");
  return { since, tasks, troubles, bridgeless };
}

/** Polls a task until it has stopped, cannot be read or the patience is over; `look` runs after each look at it. */
export async function* untilStopped(run: RunContext, task: string, look: () => Events<void>): Events<void> {
  const deadline = run.clock.now() + run.patience.reloadMs;
  const pause = pauses(run);
  let warned = false;
  for (;;) {
    const state = await readPatiently(run, () => run.cluster.readTask(task));
    yield* look();
    if (run.cancelled() && !warned) {
      warned = true;
      yield note(
        "warning",
        "The change is committed, so it cannot be stopped any more; it is watched to its end. To go back, revert the run afterwards.",
      );
    }
    if (!state.ok) {
      yield note("warning", `The reload task cannot be followed: ${state.error.message}`);
      return;
    }
    if (!state.value.running) return;
    if (run.clock.now() >= deadline) {
      yield note("warning", "The reload takes longer than expected; the nodes are judged as they are now.");
      return;
    }
    await pause();
  }
}

async function* lookAtNodes(
  run: RunContext,
  since: number | null,
  tasks: Map<string, NodeTask>,
  said: Map<string, string>,
  bridgeless: Map<string, readonly Bridgeless[]>,
): Events<void> {
  if (since === null) return;
  for (const node of run.plan.nodes) {
    if (said.get(node) === "reloaded" || said.get(node) === "failed") continue;
    const found = await run.cluster.readReloadTasks(node, since);
    const task = found.ok ? found.value[0] : undefined;
    if (!task) continue;
    tasks.set(node, task);
    const state = taskState(task);
    if (said.get(node) === state) continue;
    said.set(node, state);
    yield nodeTaskEvent(node, task);
    if (!task.running) yield* readNodeLog(run, node, task, bridgeless);
  }
}

/** The log of a node's reload that has stopped: kept when it failed, and read for what a good end hides. */
export async function* readNodeLog(
  run: RunContext,
  node: string,
  task: NodeTask,
  bridgeless: Map<string, readonly Bridgeless[]>,
): Events<void> {
  const log = await run.cluster.readTaskLog(task.upid);
  if (!log.ok) return;
  const left = bridgelessZones(log.value);
  bridgeless.set(node, left);
  if (log.value.length > 0 && (task.exitStatus !== "OK" || left.length > 0))
    yield { type: "log", node, lines: log.value };
}

const taskState = (task: NodeTask): NodeState =>
  task.running ? "reloading" : task.exitStatus === "OK" ? "reloaded" : "failed";

const nodeTaskEvent = (node: string, task: NodeTask) => {
  const state = taskState(task);
  const detail = state === "failed" ? { detail: task.exitStatus ?? "" } : {};
  return { type: "node" as const, node, state, task: task.upid, ...detail };
};
