import type { Failure } from "../failure";
import type { NodeProof } from "../plan/proof";
import type { NodeNetwork, ZoneStatus } from "../ports";
import { err, ok, type Result } from "../result";
import type { RunContext } from "./context";
import type { NodeState } from "./events";
import type { Reload } from "./watch-reload";

export interface Verdict {
  readonly state: NodeState;
  /** Why it is not proven. */
  readonly detail?: string;
}

/** VNets of each zone in the running configuration. */
export type Expected = ReadonlyMap<string, readonly string[]>;

/**
 * Looks until a node shows what it should, or the patience is over. `pending` and silence may pass by themselves; a
 * failed reload and a zone in error do not.
 */
export async function proveNode(
  run: RunContext,
  proof: NodeProof,
  expected: Expected,
  reload: Reload,
): Promise<Verdict> {
  const failed = await reloadFailure(run, proof.node, reload);
  if (failed) return failed;
  // Where nothing is left to look at, only the node's own reload shows that it has heard of the change.
  if (proof.zones.length === 0 && !reload.tasks.has(proof.node))
    return {
      state: "unproven",
      detail: "Its reload task is not visible, and nothing else shows that the change arrived.",
    };
  const deadline = run.clock.now() + run.patience.verifyMs;
  for (;;) {
    const seen = await look(run, proof);
    const verdict = seen.ok ? judge(proof, expected, seen.value) : failureVerdict(seen.error);
    const mayPass = verdict.state === "unproven" && (seen.ok || seen.error.retry);
    if (!mayPass || run.clock.now() >= deadline) return verdict;
    await run.clock.sleep(run.patience.pollMs);
  }
}

const failureVerdict = (failure: Failure): Verdict => ({
  state: failure.kind === "node-unreachable" ? "unreachable" : "unproven",
  detail: failure.message,
});

interface Seen {
  readonly zones: readonly ZoneStatus[];
  readonly network: NodeNetwork;
}

async function look(run: RunContext, proof: NodeProof): Promise<Result<Seen, Failure>> {
  const names = [...proof.zones, ...proof.left];
  const [zones, network] = await Promise.all([
    names.length > 0 ? run.cluster.readZoneStatus(proof.node, names) : ok([]),
    run.cluster.readNetwork(proof.node),
  ]);
  if (!zones.ok) return err(zones.error);
  if (!network.ok) return err(network.error);
  return ok({ zones: zones.value, network: network.value });
}

async function reloadFailure(run: RunContext, node: string, reload: Reload): Promise<Verdict | null> {
  const trouble = reload.troubles.get(node);
  if (reload.since === null) return null;
  const known = reload.tasks.get(node);
  const found = known && !known.running ? null : await run.cluster.readReloadTasks(node, reload.since);
  if (found && !found.ok && found.error.kind === "node-unreachable")
    return { state: "unreachable", detail: found.error.message };
  const task = (found?.ok ? found.value[0] : undefined) ?? known;
  if (task && !task.running && task.exitStatus !== "OK")
    return { state: "failed", detail: task.exitStatus ?? "The reload failed." };
  return trouble && !task ? { state: "failed", detail: trouble } : null;
}

function judge(proof: NodeProof, expected: Expected, seen: Seen): Verdict {
  const waiting: string[] = [];
  for (const zone of proof.zones) {
    const status = seen.zones.find((candidate) => candidate.zone === zone);
    if (!status) {
      waiting.push(`zone ${zone} is not listed`);
      continue;
    }
    const error = errorIn(status);
    if (error) return { state: "failed", detail: error };
    waiting.push(...stillWaiting(status, expected.get(zone) ?? [], seen.network));
  }
  for (const zone of proof.left)
    if (seen.zones.some((candidate) => candidate.zone === zone)) waiting.push(`zone ${zone} is still there`);
  for (const vnet of proof.gone)
    if (seen.network.interfaces.some(({ name }) => name === vnet)) waiting.push(`vnet ${vnet} is still there`);
  return waiting.length === 0 ? { state: "proven" } : { state: "unproven", detail: waiting.slice(0, 5).join(", ") };
}

/** An error does not pass by itself; the VNet's own text says more than the zone's. */
function errorIn(status: ZoneStatus): string | null {
  const broken = status.vnets?.find((vnet) => vnet.status === "error");
  if (broken) return `vnet ${broken.vnet}: ${broken.message ?? "error"}`;
  return status.status === "error" ? `zone ${status.zone}: error` : null;
}

/**
 * What a zone still lacks on a node. A VNet must be available in the zone's content, and where the node's list of
 * interfaces has it, it must be active there; a zone can count as available before its bridges are up.
 */
function stillWaiting(status: ZoneStatus, vnets: readonly string[], network: NodeNetwork): string[] {
  const waiting = status.status === "available" ? [] : [`zone ${status.zone} is ${status.status}`];
  if (!status.vnets) return [...waiting, `the VNets of zone ${status.zone} are not readable`];
  for (const vnet of vnets) {
    const found = status.vnets.find((candidate) => candidate.vnet === vnet);
    if (found?.status !== "available") waiting.push(`vnet ${vnet} is ${found ? found.status : "missing"}`);
    else if (network.interfaces.some(({ name, active }) => name === vnet && !active))
      waiting.push(`vnet ${vnet} is not active`);
  }
  return waiting;
}
