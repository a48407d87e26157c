import type { Failure } from "../failure";
import { fingerprintOf } from "../plan/fingerprint";
import type { LiveConfig, SnapshotData } from "../ports";
import {
  contextOf,
  type EndEvent,
  type Events,
  ended,
  includedIn,
  isBase,
  isRunningGoal,
  isStagedGoal,
  note,
  type RunContext,
  type RunInput,
  readPatiently,
} from "./context";
import { giveUp } from "./end";
import type { RunEvent } from "./events";
import { unlock } from "./lock";
import { fromStaging, prove } from "./run";
import { afterSteps, showsEffect } from "./stage";

/**
 * `look` only finds out where a run stands: after its commit it is watched to its end, before it a run with something
 * staged stays `interrupted` under its lock. `continue` stages the rest and commits, `roll-back` undoes the staging.
 */
export type RecoverMode = "look" | "continue" | "roll-back";

export interface RecoverInput extends RunInput {
  readonly journal: readonly RunEvent[];
  readonly mode?: RecoverMode;
}

/** How far a journal shows that its run came. */
type Reached = "nothing-sent" | "lock-unclear" | "staging" | "committing" | "committed";

function reached(journal: readonly RunEvent[]): Reached {
  if (journal.some((event) => event.type === "committed")) return "committed";
  if (journal.some((event) => event.type === "committing")) return "committing";
  if (journal.some((event) => event.type === "locked")) return "staging";
  return journal.some((event) => event.type === "phase" && event.phase === "lock") ? "lock-unclear" : "nothing-sent";
}

/**
 * Picks up a run that was cut off, from its journal alone. A second commit is never sent. The events continue the
 * journal, and the last one is `ended`.
 */
export async function* recoverRun(input: RecoverInput): Events<EndEvent> {
  const { journal, mode = "look" } = input;
  const lock = journal.findLast((event) => event.type === "locked");
  const run: RunContext = {
    ...contextOf(input),
    // The wish to cancel belonged to the run that was cut off; whoever continues it may cancel that.
    cancelled: mode === "continue" ? input.cancelled : () => false,
    token: lock?.token ?? null,
    locked: lock !== undefined && !journal.some((event) => event.type === "unlocked"),
    discarded: journal.some((event) => event.type === "pending" && event.choice === "discard"),
    snapshot: journal.findLast((event) => event.type === "snapshot") ?? null,
    released: journal.flatMap((event) =>
      event.type === "release" && event.state === "done" ? (input.plan.releases[event.index] ?? []) : [],
    ),
  };
  const end = yield* pickUp(run, journal, mode);
  yield end;
  return end;
}

async function* pickUp(run: RunContext, journal: readonly RunEvent[], mode: RecoverMode): Events<EndEvent> {
  const at = reached(journal);
  if (at === "nothing-sent")
    return ended("failed", "The run was cut off before anything was sent; the cluster is unchanged.");
  if (at === "lock-unclear") {
    return ended(
      "needs-attention",
      "The run was cut off while it asked for the lock. Nothing was changed, but the cluster may be locked with a token nobody holds; release the lock by force if the next run finds it held.",
    );
  }
  const how = at === "committed" || mode === "look" ? "watch" : mode;
  yield { type: "resumed", how, by: run.by ?? null };
  if (at === "committed")
    return yield* prove(run, journal.findLast((event) => event.type === "committed")?.task ?? null);

  const config = await readPatiently(run, () => run.cluster.readConfig());
  if (!config.ok)
    return ended("interrupted", `The run was cut off and the cluster does not answer. ${config.error.message}`, {
      failure: config.error,
    });
  if (at === "committing") {
    const settled = yield* settleCommit(run, config.value);
    if (settled) return settled;
  }
  return yield* fromStaged(run, journal, mode, config.value);
}

/** The commit was announced and its answer never came. Null when it did not happen and everything is still staged. */
async function* settleCommit(run: RunContext, config: LiveConfig): Events<EndEvent | null> {
  if (isRunningGoal(run, config)) {
    yield { type: "committed", task: null };
    return yield* prove(run, null);
  }
  if (config.pending.length > 0 && isStagedGoal(run, config)) return null;
  if (isBase(run, config)) return null;
  yield* unlock(run);
  return ended(
    "needs-attention",
    "The run was cut off at its commit, and the configuration is neither what was planned nor what it was before.",
  );
}

async function* fromStaged(
  run: RunContext,
  journal: readonly RunEvent[],
  mode: RecoverMode,
  config: LiveConfig,
): Events<EndEvent> {
  const started = new Set(
    journal.flatMap((event) => (event.type === "step" && event.state === "started" ? [event.index] : [])),
  );
  const staged = run.plan.steps.filter((step, index) => started.has(index) && showsEffect(config, step));
  const cutOff: Failure = { kind: "cancelled", retry: false, message: "The run was cut off before its commit." };
  const untouched = staged.length === 0 && run.released.length === 0 && isBase(run, config);
  run.done.push(...staged);
  if (mode === "roll-back" || untouched) return yield* giveUp(run, cutOff);

  const stands = `${staged.length} of ${run.plan.steps.length} steps are staged`;
  const kept = run.token === null ? "" : " under our lock";
  if (mode === "look")
    return ended(
      "interrupted",
      `The run was cut off before its commit: ${stands}${kept} and nothing is applied. Continue it or roll it back.`,
    );
  const next = whereToGoOn(run, staged.length, config);
  if (next === null)
    return ended(
      "interrupted",
      `Could not continue: ${stands}, but the configuration is not exactly what this run has staged. Roll it back.`,
    );
  run.done.splice(next);
  yield note("info", `Continuing at step ${next + 1} of ${run.plan.steps.length}.`);
  return yield* fromStaging(run, next);
}

/**
 * The step to go on with, when the cluster is exactly what the run found with its first steps taken and nothing else is
 * pending; null otherwise, for then nobody knows what a commit would bring.
 */
function whereToGoOn(run: RunContext, staged: number, config: LiveConfig): number | null {
  const { plan, snapshot, fingerprint } = run;
  if (!snapshot) return null;
  const start = run.discarded ? running(snapshot) : snapshot.entities;
  const now = fingerprintOf(config.entities, fingerprint);
  for (let count = Math.max(0, staged - 1); count <= plan.steps.length; count += 1) {
    if (fingerprintOf(afterSteps(start, plan.steps.slice(0, count)), fingerprint) !== now) continue;
    return onlyOurs(run, count, config) ? count : null;
  }
  return null;
}

const running = (snapshot: SnapshotData) => snapshot.running;

/** Everything pending is either included in the plan or an object of the steps taken. */
function onlyOurs(run: RunContext, count: number, config: LiveConfig): boolean {
  const ours = new Set(
    run.plan.steps
      .slice(0, count)
      .flatMap((step) =>
        step.op === "update" ? [step.before, step.after] : [step.op === "delete" ? step.before : step.after],
      )
      .map(({ kind, id }) => `${kind} ${id}`),
  );
  const included = new Set(includedIn(run).map(({ kind, id }) => `${kind} ${id}`));
  return config.pending.every(({ kind, id }) => ours.has(`${kind} ${id}`) || included.has(`${kind} ${id}`));
}
