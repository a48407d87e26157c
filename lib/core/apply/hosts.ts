import type { Failure } from "../failure";
import { changeWords } from "../hosts/difference-words";
import type { NodeState } from "../hosts/node-state";
import type { HostTarget } from "../plan/host-targets";
import type { Hosts } from "../ports";
import { invariant, type Result } from "../result";
import { CANCELLED, type Events, note, pauses, phase, type RunContext, readPatiently } from "./context";
import type { HostStep } from "./events";
import type { HostMark } from "./host-marks";
import type { Proof } from "./verify";

/** A node whose services are not as planned, with the reason, and whether it serves again what it did before. */
interface Unserved {
  readonly node: string;
  readonly reason: string;
  /** null: it was not touched, or it waits and goes on by itself. */
  readonly restored: boolean | null;
}

/** How the nodes' services ended. */
export interface Served {
  readonly nodes: readonly string[];
  readonly unserved: readonly Unserved[];
}

const targetsOf = ({ plan }: RunContext): readonly HostTarget[] => plan.hosts ?? [];

/**
 * Whether every agent that gets something answers and still has what the plan was made from. Nothing is sent; what
 * cannot work is found before anything is touched.
 */
export async function checkHosts(run: RunContext): Promise<Failure | null> {
  for (const { node, revision, after } of targetsOf(run)) {
    const seen = await hostsIn(run).plan(node);
    if (!seen.ok) return seen.error;
    const { owner, revision: found } = seen.value;
    if (owner && owner !== after.owner) return notOurs(node);
    if (found && found > revision) return overtaken(node);
  }
  return null;
}

const notOurs = (node: string): Failure => ({
  kind: "refused",
  retry: false,
  message: `The host services of ${node} belong to another installation of Trunkline.`,
  next: `Remove them there first (trunkline-host remove on ${node}).`,
});

const overtaken = (node: string): Failure => ({
  kind: "stale",
  retry: false,
  message: `The host services of ${node} have been changed since the plan was made.`,
  next: "Plan again.",
});

/** Ends what goes, before anything is staged: an agent must not hold addresses on a VNet that Proxmox takes away. */
export async function* withdraw(run: RunContext): Events<Failure | null> {
  const targets = targetsOf(run).filter(({ node, first }) => first !== null && markOf(run, node).holds !== "withdraw");
  if (targets.length === 0) return null;
  yield phase("withdraw", "started");
  for (const target of targets) {
    const failure = run.cancelled() ? CANCELLED : yield* put(run, target, "withdraw");
    if (failure === null || failure.kind === "waiting") continue;
    yield phase("withdraw", "failed", failure.message);
    return failure;
  }
  yield phase("withdraw", "done");
  return null;
}

/**
 * Gives every node what it shall serve, once the cluster is proven. A node whose services cannot be brought up, or do not
 * come up, gets back what it served before (without what is gone); the others go on. With `only`, nodes that are not named
 * are left as they are.
 */
export async function* serve(run: RunContext, proof: Proof, only: readonly string[] | null = null): Events<Served> {
  const targets = targetsOf(run);
  if (targets.length === 0) return { nodes: [], unserved: [] };
  yield phase("hosts", "started");
  const unserved: Unserved[] = [];
  for (const target of targets) {
    const { node } = target;
    if (markOf(run, node).holds === "provide") continue;
    const left = only === null || only.includes(node) ? null : "it was not tried again.";
    const reason = left ?? whyNotYet(proof, node);
    if (reason) {
      unserved.push({ node, reason, restored: null });
      yield note("warning", `Host services of ${node} were not put: ${reason}`);
      continue;
    }
    const failure = yield* put(run, target, "provide");
    if (failure?.kind === "waiting") unserved.push({ node, reason: failure.message, restored: null });
    else if (failure)
      unserved.push({ node, reason: failure.message, restored: yield* restore(run, target, "committed") });
  }
  yield unserved.length === 0
    ? phase("hosts", "done")
    : phase("hosts", "failed", `${targets.length - unserved.length} of ${targets.length} nodes serve what is planned.`);
  return { nodes: targets.map(({ node }) => node), unserved };
}

function whyNotYet({ goal, nodes, proven }: Proof, node: string): string | null {
  if (goal !== "reached") return "what runs in the cluster is not what was planned.";
  return nodes.includes(node) && !proven.includes(node) ? "the node itself is not proven." : null;
}

/**
 * As serve, for a plan that changes nothing else: all nodes or none, also when somebody asks to stop. Gives the failure;
 * the caller has every node given back what it had.
 */
export async function* serveAll(
  run: RunContext,
): Events<{ readonly served: Served; readonly failure: Failure | null }> {
  const nodes = targetsOf(run).map(({ node }) => node);
  const waiting: Unserved[] = [];
  if (nodes.length === 0) return { served: { nodes, unserved: waiting }, failure: null };
  yield phase("hosts", "started");
  for (const target of targetsOf(run)) {
    const failure = run.cancelled() ? CANCELLED : yield* put(run, target, "provide", target.after, run.cancelled);
    if (failure?.kind === "waiting") waiting.push({ node: target.node, reason: failure.message, restored: null });
    // A put cannot be broken off, so a wish to stop that came meanwhile is heard when it is over.
    const end = failure && failure.kind !== "waiting" ? failure : run.cancelled() ? CANCELLED : null;
    if (!end) continue;
    yield phase("hosts", "failed", end.message);
    return { served: { nodes, unserved: waiting }, failure: end };
  }
  yield waiting.length === 0 ? phase("hosts", "done") : phase("hosts", "failed", "Something waits.");
  return { served: { nodes, unserved: waiting }, failure: null };
}

/** Gives every node that this run has touched what it served before. Names those where that did not work. */
export async function* restoreHosts(run: RunContext): Events<string[]> {
  const left: string[] = [];
  for (const target of targetsOf(run)) {
    if (["before", "restore"].includes(markOf(run, target.node).holds)) continue;
    if (!(yield* restore(run, target, "undone"))) left.push(target.node);
  }
  return left;
}

async function* restore(run: RunContext, target: HostTarget, cluster: "committed" | "undone"): Events<boolean> {
  const { before, first, after } = target;
  const empty: NodeState = { ...after, vnets: [], routes: [] };
  const failure = yield* put(run, target, "restore", (cluster === "committed" ? (first ?? before) : before) ?? empty);
  return failure === null || failure.kind === "waiting";
}

/**
 * Sends one state and looks whether it became true. The announcement comes first, so that whoever goes on after a crash
 * knows the revision; a lost answer is settled by asking.
 */
async function* put(
  run: RunContext,
  target: HostTarget,
  step: HostStep,
  content: NodeState = step === "provide" ? target.after : (target.first ?? target.after),
  stopped: () => boolean = () => false,
): Events<HostFailure | null> {
  const { node } = target;
  const mark = markOf(run, node);
  const revision = mark.revision + 1;
  mark.revision = revision;
  mark.holds = "unknown";
  const told = { type: "host", node, step, revision } as const;
  yield { ...told, state: "started" };
  const sent = await hostsIn(run).put(node, { ...content, revision });
  const settled = sent.ok ? null : yield* whenSilent(run, node, revision, sent.error);
  // Only what is new has to come up; what is taken away or given back is as good as the node allows.
  const patienceMs = step === "provide" ? run.patience.hostsMs : 0;
  const failure = settled ?? (yield* whenTrue(run, node, { revision, patienceMs, stopped }));
  if (failure === null || failure.kind === "waiting") mark.holds = step;
  yield failure === null
    ? { ...told, state: "done" }
    : { ...told, state: failure.kind === "waiting" ? "waiting" : "failed", detail: failure.message };
  return failure;
}

type HostFailure = Failure | { readonly kind: "waiting"; readonly message: string };

/** A put without a clear answer: only the node tells. */
async function* whenSilent(run: RunContext, node: string, revision: number, failure: Failure): Events<Failure | null> {
  if (!failure.unclear) return failure;
  const seen = await readPatiently(run, () => hostsIn(run).plan(node));
  if (!seen.ok || seen.value.revision !== revision) return failure;
  yield note("info", `The answer of the agent of ${node} was lost; asking showed that it has the state.`);
  return null;
}

/** Asks the agent until nothing differs and nothing waits, as long as patience lasts. */
async function* whenTrue(
  run: RunContext,
  node: string,
  {
    revision,
    patienceMs,
    stopped,
  }: { readonly revision: number; readonly patienceMs: number; readonly stopped: () => boolean },
): Events<HostFailure | null> {
  const deadline = run.clock.now() + patienceMs;
  const pause = pauses(run);
  for (;;) {
    const seen = await readPatiently(run, () => hostsIn(run).plan(node));
    if (!seen.ok) return seen.error;
    const { changes, pending, revision: found } = seen.value;
    if (found !== revision) return overtaken(node);
    if (changes.length === 0 && pending.length === 0) return null;
    if (stopped()) return CANCELLED;
    if (run.clock.now() >= deadline) return changes.length > 0 ? differs(node, changes) : waits(node, pending);
    await pause();
  }
}

type Report = Awaited<ReturnType<Hosts["plan"]>> extends Result<infer T, Failure> ? T : never;

const differs = (node: string, changes: Report["changes"]): Failure => ({
  kind: "refused",
  retry: true,
  message: `${node} does not serve what was put: ${changes.slice(0, 3).map(changeWords).join("; ")}.`,
  next: `Look into the agent's log on ${node}: journalctl -u trunkline-host.`,
});

const waits = (node: string, pending: Report["pending"]): HostFailure => ({
  kind: "waiting",
  message: `The agent of ${node} waits: ${pending
    .slice(0, 3)
    .map(({ object, reason }) => `${object}: ${reason}`)
    .join("; ")}. It goes on by itself.`,
});

function markOf(run: RunContext, node: string): HostMark {
  const mark = run.hostMarks.get(node);
  invariant(mark, "a mark for each node that gets something");
  return mark;
}

function hostsIn(run: RunContext): Hosts {
  invariant(run.hosts, "a plan with host services is run where agents can be reached");
  return run.hosts;
}
