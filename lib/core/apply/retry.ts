import type { Failure } from "../failure";
import { fingerprintOf } from "../plan/fingerprint";
import type { NodeTask } from "../ports";
import { contextOf, type EndEvent, type Events, ended, note, phase, type RunContext, type RunInput } from "./context";
import { conclude } from "./end";
import type { NodeState, RunEvent } from "./events";
import { unservedNodes } from "./host-marks";
import { serve } from "./hosts";
import { lockIn, unlock } from "./lock";
import { verify } from "./verify";
import { type Bridgeless, type Reload, readNodeLog, taskStart, untilStopped } from "./watch-reload";

export interface RetryInput extends RunInput {
  /** The run's journal so far; the events of this continue it. */
  readonly journal: readonly RunEvent[];
  readonly nodes: readonly string[];
}

type NodeEvent = Extract<RunEvent, { type: "node" }>;

/** Nodes of a run that a person may try again, by its journal: those not proven, and those not served as planned. */
export function openNodes(journal: readonly RunEvent[]): string[] {
  return [...new Set([...unprovenNodes(journal), ...unservedNodes(journal)])];
}

function unprovenNodes(journal: readonly RunEvent[]): string[] {
  const open: ReadonlySet<NodeState> = new Set(["failed", "unreachable", "unproven"]);
  return [...lastStates(journal)].flatMap(([node, event]) => (open.has(event.state) ? [node] : []));
}

const lastStates = (journal: readonly RunEvent[]): ReadonlyMap<string, NodeEvent> =>
  new Map(journal.flatMap((event) => (event.type === "node" ? [[event.node, event] as const] : [])));

/**
 * Has single nodes of a committed run reload once more and proves them again. Nothing is committed: what runs must still
 * be the run's goal. Earlier proofs of other nodes count.
 */
export async function* retryNodes(input: RetryInput): Events<EndEvent> {
  const end = yield* retry({ ...contextOf(input, input.journal), ...lockIn(input.journal) }, input);
  yield end;
  return end;
}

async function* retry(run: RunContext, { journal, nodes, by }: RetryInput): Events<EndEvent> {
  yield { type: "resumed", how: "retry", by: by ?? null, nodes };
  const states = lastStates(journal);
  const refused = await whyNot(run, journal);
  if (refused) {
    for (const node of nodes) yield* asBefore(node, states, refused.message);
    const before = journal.findLast((event) => event.type === "ended");
    return ended("partially-applied", `No node was tried again. ${refused.message}`, {
      failure: refused,
      proven: before?.proven ?? 0,
      nodes: before?.nodes ?? run.plan.nodes.length,
    });
  }
  if (run.plan.steps.length === 0) {
    const served = yield* serve(run, { goal: "reached", proven: [], nodes: [] }, nodes);
    return conclude(run, { goal: "reached", proven: [], nodes: [] }, yield* unlock(run), served);
  }
  // A node that is proven and only lacks its services needs no reload.
  const unproven = new Set(unprovenNodes(journal));
  const reloaded = yield* reloadNodes(
    run,
    nodes.filter((node) => unproven.has(node)),
    states,
  );
  const tried = [...reloaded.tasks.keys()];
  const already = [...states].flatMap(([node, { state }]) =>
    state === "proven" && !tried.includes(node) ? [node] : [],
  );
  const proof = yield* verify(run, reloaded, { only: tried, already });
  const served = yield* serve(run, proof, nodes);
  return conclude(run, proof, yield* unlock(run), served);
}

/** Reloads nodes one after another. */
async function* reloadNodes(
  run: RunContext,
  nodes: readonly string[],
  states: ReadonlyMap<string, NodeEvent>,
): Events<Reload> {
  const tasks = new Map<string, NodeTask>();
  const bridgeless = new Map<string, readonly Bridgeless[]>();
  yield phase("reload", "started");
  for (const node of nodes) {
    const refusal = run.cancelled() ? "Not tried again: stopped." : yield* reloadOne(run, node, tasks, bridgeless);
    if (refusal) yield* asBefore(node, states, refusal);
  }
  yield phase("reload", "done");
  const starts = [...tasks.values()].flatMap(({ upid }) => taskStart(upid) ?? []);
  return { since: starts.length > 0 ? Math.min(...starts) : null, tasks, troubles: new Map(), bridgeless };
}

/** Why nothing may be reloaded for this run any more, or null. */
async function whyNot(run: RunContext, journal: readonly RunEvent[]): Promise<Failure | null> {
  const stale = (message: string, next: string): Failure => ({ kind: "stale", retry: false, message, next });
  if (run.plan.steps.length > 0 && !journal.some((event) => event.type === "committed"))
    return stale("This run has committed nothing, so there is nothing to activate.", "Plan and apply.");
  const config = await run.cluster.readConfig();
  if (!config.ok) return config.error;
  if (fingerprintOf(config.value.running, run.fingerprint) === run.plan.goal) return null;
  return stale("The running configuration has changed since this run.", "Plan again; the new run reloads every node.");
}

/** A node that was not tried keeps its state. */
async function* asBefore(node: string, states: ReadonlyMap<string, NodeEvent>, why: string): Events<void> {
  yield { ...(states.get(node) ?? { type: "node", node, state: "unproven" }), detail: why };
}

/** Reloads one node and waits for its task. Gives the reason when it could not even be started. */
async function* reloadOne(
  run: RunContext,
  node: string,
  tasks: Map<string, NodeTask>,
  bridgeless: Map<string, readonly Bridgeless[]>,
): Events<string | null> {
  yield { type: "node", node, state: "waiting" };
  const started = await run.cluster.reloadNode(node);
  if (!started.ok) {
    const byHand = `Or apply it by hand: in Proxmox, node ${node}, System, Network, Apply Configuration.`;
    const words = [started.error.message, started.error.next ?? "", byHand].filter((text) => text !== "").join(" ");
    yield note("warning", words);
    return words;
  }
  const upid = started.value;
  yield { type: "node", node, state: "reloading", task: upid };
  yield* untilStopped(run, upid, nothing);
  const state = await run.cluster.readTask(upid);
  const exitStatus = state.ok ? state.value.exitStatus : null;
  const task: NodeTask = { upid, running: !state.ok || state.value.running, exitStatus };
  tasks.set(node, task);
  if (task.running) return null;
  const failed = exitStatus !== "OK";
  const detail = failed ? { detail: exitStatus ?? "" } : {};
  yield { type: "node", node, state: failed ? "failed" : "reloaded", task: upid, ...detail };
  yield* readNodeLog(run, node, task, bridgeless);
  return null;
}

async function* nothing(): Events<void> {}
