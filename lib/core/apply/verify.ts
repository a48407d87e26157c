import type { LiveConfig, NodeTask, ZoneStatus } from "../ports";
import { type Events, isRunningGoal, note, phase, type RunContext, readPatiently } from "./context";
import type { NodeState } from "./events";

export interface Reload {
  /** Unix time in seconds from which node tasks belong to this run, by the cluster's clock; null when unknown. */
  readonly since: number | null;
  /** Last known reload task of each node. */
  readonly tasks: ReadonlyMap<string, NodeTask>;
}

/** A task id carries its start in hexadecimal: UPID:node:pid:pstart:starttime:type:id:user: (PVE::Tools::upid_decode). */
function taskStart(upid: string): number | null {
  const start = Number.parseInt(upid.split(":")[4] ?? "", 16);
  return Number.isFinite(start) ? start : null;
}

/** Watches the reload of all nodes until the parent task stops. It says OK whatever happens, so it proves nothing. */
export async function* watchReload(run: RunContext, task: string | null): Events<Reload> {
  yield phase("reload", "started");
  const tasks = new Map<string, NodeTask>();
  if (task === null) {
    yield phase("reload", "skipped", "The reload task is not known; each node is looked at instead.");
    return { since: null, tasks };
  }
  const since = taskStart(task);
  const said = new Map<string, string>();
  for (const node of run.plan.nodes) {
    said.set(node, "waiting");
    yield { type: "node", node, state: "waiting" };
  }
  const deadline = run.clock.now() + run.patience.reloadMs;
  let warned = false;
  for (;;) {
    const state = await readPatiently(run, () => run.cluster.readTask(task));
    yield* lookAtNodes(run, since, tasks, said);
    if (run.cancelled() && !warned) {
      warned = true;
      yield note(
        "warning",
        "The change is committed, so it cannot be cancelled any more; it is watched to its end. To go back, plan the previous layout.",
      );
    }
    if (!state.ok) {
      yield note("warning", `The reload task cannot be followed: ${state.error.message}`);
      break;
    }
    if (!state.value.running) break;
    if (run.clock.now() >= deadline) {
      yield note("warning", "The reload takes longer than expected; the nodes are judged as they are now.");
      break;
    }
    await run.clock.sleep(run.patience.pollMs);
  }
  const log = await run.cluster.readTaskLog(task);
  if (log.ok && log.value.length > 0) yield { type: "log", node: null, lines: log.value };
  yield phase("reload", "done");
  return { since, tasks };
}

async function* lookAtNodes(
  run: RunContext,
  since: number | null,
  tasks: Map<string, NodeTask>,
  said: Map<string, string>,
): Events<void> {
  if (since === null) return;
  for (const node of run.plan.nodes) {
    if (said.get(node) === "reloaded" || said.get(node) === "failed") continue;
    const found = await run.cluster.readReloadTasks(node, since);
    const task = found.ok ? found.value[0] : undefined;
    if (!task) continue;
    tasks.set(node, task);
    const state: NodeState = task.running ? "reloading" : task.exitStatus === "OK" ? "reloaded" : "failed";
    if (said.get(node) === state) continue;
    said.set(node, state);
    yield {
      type: "node",
      node,
      state,
      task: task.upid,
      ...(state === "failed" ? { detail: task.exitStatus ?? "" } : {}),
    };
    if (state !== "failed") continue;
    const log = await run.cluster.readTaskLog(task.upid);
    if (log.ok && log.value.length > 0) yield { type: "log", node, lines: log.value };
  }
}

export interface Proof {
  readonly goalReached: boolean;
  readonly proven: readonly string[];
  readonly nodes: readonly string[];
}

/**
 * Proves the result: the running configuration is the goal, and each node that has a touched zone shows that zone and
 * every vnet in it as available. A node whose reload failed or that does not answer is named, not glossed over.
 */
export async function* verify(run: RunContext, reload: Reload): Events<Proof> {
  yield phase("verify", "started");
  const config = await readPatiently(run, () => run.cluster.readConfig());
  const goalReached = config.ok && isRunningGoal(run, config.value);
  if (!config.ok) yield note("warning", config.error.message);
  else if (!goalReached)
    yield note("warning", "The running configuration is not the planned one: somebody changed it meanwhile.");

  const expected = config.ok ? expectedVnets(config.value) : new Map<string, string[]>();
  const zonesOf = new Map<string, string[]>();
  for (const [zone, nodes] of Object.entries(run.plan.prove)) {
    for (const node of nodes) zonesOf.set(node, [...(zonesOf.get(node) ?? []), zone]);
  }
  // Where only things were removed no zone is left to look at: then the reload of every node is what can be proven.
  const nodes = zonesOf.size > 0 ? [...zonesOf.keys()].sort() : [...run.plan.nodes];
  const proven: string[] = [];
  for (const node of nodes) {
    const verdict = await proveNode(run, node, zonesOf.get(node) ?? [], expected, reload);
    if (verdict.state === "proven") proven.push(node);
    const task = reload.tasks.get(node)?.upid;
    yield {
      type: "node",
      node,
      state: verdict.state,
      ...(task ? { task } : {}),
      ...(verdict.detail ? { detail: verdict.detail } : {}),
    };
  }
  const whole = goalReached && proven.length === nodes.length;
  yield phase(
    "verify",
    whole ? "done" : "failed",
    whole ? undefined : `${proven.length} of ${nodes.length} nodes proven.`,
  );
  return { goalReached, proven, nodes };
}

function expectedVnets(config: LiveConfig): Map<string, string[]> {
  const vnets = new Map<string, string[]>();
  for (const entity of config.running) {
    if (entity.kind !== "vnet") continue;
    const zone = String(entity.props["zone"]);
    vnets.set(zone, [...(vnets.get(zone) ?? []), entity.id]);
  }
  return vnets;
}

interface Verdict {
  readonly state: NodeState;
  readonly detail?: string;
}

async function proveNode(
  run: RunContext,
  node: string,
  zones: readonly string[],
  expected: ReadonlyMap<string, readonly string[]>,
  reload: Reload,
): Promise<Verdict> {
  const failed = await reloadFailure(run, node, reload);
  if (failed) return failed;
  if (zones.length === 0) {
    return reload.tasks.has(node)
      ? { state: "proven" }
      : { state: "unproven", detail: "Its reload task is not visible." };
  }
  const deadline = run.clock.now() + run.patience.verifyMs;
  for (;;) {
    const status = await run.cluster.readZoneStatus(node, zones);
    if (!status.ok && (status.error.kind === "node-unreachable" || !status.error.retry)) {
      return {
        state: status.error.kind === "node-unreachable" ? "unreachable" : "unproven",
        detail: status.error.message,
      };
    }
    const verdict: Verdict = status.ok
      ? judge(zones, expected, status.value)
      : { state: "unproven", detail: status.error.message };
    // "pending" and silence may pass by themselves; an error does not.
    if (verdict.state !== "unproven" || run.clock.now() >= deadline) return verdict;
    await run.clock.sleep(run.patience.pollMs);
  }
}

async function reloadFailure(run: RunContext, node: string, reload: Reload): Promise<Verdict | null> {
  if (reload.since === null) return null;
  const known = reload.tasks.get(node);
  const found = known && !known.running ? null : await run.cluster.readReloadTasks(node, reload.since);
  if (found && !found.ok && found.error.kind === "node-unreachable")
    return { state: "unreachable", detail: found.error.message };
  const task = (found?.ok ? found.value[0] : undefined) ?? known;
  if (task && !task.running && task.exitStatus !== "OK")
    return { state: "failed", detail: task.exitStatus ?? "The reload failed." };
  return null;
}

function judge(
  zones: readonly string[],
  expected: ReadonlyMap<string, readonly string[]>,
  status: readonly ZoneStatus[],
): Verdict {
  const waiting: string[] = [];
  for (const zone of zones) {
    const seen = status.find((candidate) => candidate.zone === zone);
    if (!seen) {
      waiting.push(`zone ${zone} is not listed`);
      continue;
    }
    if (seen.vnets) {
      for (const vnet of expected.get(zone) ?? []) {
        const found = seen.vnets.find((candidate) => candidate.vnet === vnet);
        if (found?.status === "error") return { state: "failed", detail: `vnet ${vnet}: ${found.message ?? "error"}` };
        if (found?.status !== "available") waiting.push(`vnet ${vnet} is ${found ? found.status : "missing"}`);
      }
    } else waiting.push(`the VNets of zone ${zone} are not readable`);
    if (seen.status === "error") return { state: "failed", detail: `zone ${zone}: error` };
    if (seen.status !== "available") waiting.push(`zone ${zone} is ${seen.status}`);
  }
  return waiting.length === 0 ? { state: "proven" } : { state: "unproven", detail: waiting.slice(0, 5).join(", ") };
}
