import type { Failure } from "../failure";
import type { NodeTask } from "../ports";
import {
  contextOf,
  type EndEvent,
  type Events,
  ended,
  isRunningGoal,
  note,
  phase,
  type RunContext,
  type RunInput,
} from "./context";
import { conclude } from "./end";
import type { RunEvent } from "./events";
import { verify } from "./verify";
import { type Reload, taskStart, untilStopped } from "./watch-reload";

export interface RetryInput extends RunInput {
  /** The run's journal so far; the events of this continue it. */
  readonly journal: readonly RunEvent[];
  readonly nodes: readonly string[];
}

/** Nodes of a run that were not proven, by its journal: those a person may try again. */
export function unprovenNodes(journal: readonly RunEvent[]): string[] {
  return [...lastStates(journal)].flatMap(([node, state]) =>
    state === "failed" || state === "unreachable" || state === "unproven" ? [node] : [],
  );
}

const lastStates = (journal: readonly RunEvent[]): ReadonlyMap<string, string> =>
  new Map(journal.flatMap((event) => (event.type === "node" ? [[event.node, event.state] as const] : [])));

/**
 * Has single nodes of a committed run reload once more and proves them again. Nothing is committed: what runs must still
 * be the run's goal. Earlier proofs of other nodes count.
 */
export async function* retryNodes(input: RetryInput): Events<EndEvent> {
  const run = contextOf(input);
  const end = yield* retry(run, input);
  yield end;
  return end;
}

async function* retry(run: RunContext, { journal, nodes, by }: RetryInput): Events<EndEvent> {
  yield { type: "resumed", how: "retry", by: by ?? null, nodes };
  const already = [...lastStates(journal)].flatMap(([node, state]) =>
    state === "proven" && !nodes.includes(node) ? [node] : [],
  );
  const before = journal.findLast((event) => event.type === "ended");
  const counts = { proven: before?.proven ?? already.length, nodes: before?.nodes ?? run.plan.nodes.length };
  const config = await run.cluster.readConfig();
  if (!config.ok)
    return ended("partially-applied", `No node was tried again. ${config.error.message}`, {
      failure: config.error,
      ...counts,
    });
  if (!isRunningGoal(run, config.value)) {
    const failure: Failure = {
      kind: "stale",
      retry: false,
      message: "The configuration has changed since this run, or something is pending.",
      next: "Plan again; the new run reloads every node.",
    };
    return ended("partially-applied", `No node was tried again. ${failure.message}`, { failure, ...counts });
  }
  const tasks = new Map<string, NodeTask>();
  const troubles = new Map<string, string>();
  yield phase("reload", "started");
  for (const node of nodes) {
    if (run.cancelled()) {
      yield note("info", `Cancelled before ${node}; nodes tried already are judged.`);
      break;
    }
    yield* reloadOne(run, node, tasks, troubles);
  }
  yield phase("reload", "done");
  const starts = [...tasks.values()].flatMap(({ upid }) => taskStart(upid) ?? []);
  const reload: Reload = { since: starts.length > 0 ? Math.min(...starts) : null, tasks, troubles };
  const proof = yield* verify(run, reload, { only: nodes, already });
  return conclude(run, proof, true);
}

async function* reloadOne(
  run: RunContext,
  node: string,
  tasks: Map<string, NodeTask>,
  troubles: Map<string, string>,
): Events<void> {
  yield { type: "node", node, state: "waiting" };
  const started = await run.cluster.reloadNode(node);
  if (!started.ok) {
    const next = started.error.next ? ` ${started.error.next}` : "";
    troubles.set(node, started.error.message);
    yield note("warning", `${started.error.message}${next}`);
    return;
  }
  const upid = started.value;
  yield { type: "node", node, state: "reloading", task: upid };
  yield* untilStopped(run, upid, nothing);
  const state = await run.cluster.readTask(upid);
  const exitStatus = state.ok ? state.value.exitStatus : null;
  tasks.set(node, { upid, running: state.ok && state.value.running, exitStatus });
  if (!state.ok || state.value.running) return;
  const failed = exitStatus !== "OK";
  yield {
    type: "node",
    node,
    state: failed ? "failed" : "reloaded",
    task: upid,
    ...(failed ? { detail: exitStatus ?? "" } : {}),
  };
  if (!failed) return;
  const log = await run.cluster.readTaskLog(upid);
  if (log.ok && log.value.length > 0) yield { type: "log", node, lines: log.value };
}

async function* nothing(): Events<void> {}
