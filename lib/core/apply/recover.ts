import type { Failure } from "../failure";
import type { LiveConfig } from "../ports";
import {
  contextOf,
  discards,
  type EndEvent,
  type Events,
  ended,
  isBase,
  isBeforeDiscard,
  isRunningGoal,
  isStagedGoal,
  note,
  type RunContext,
  type RunInput,
  readPatiently,
} from "./context";
import { aside, giveUp, leave, leaveHosts, listSteps } from "./end";
import type { RunEvent } from "./events";
import { restoreHosts } from "./hosts";
import { keepLock, lockIn, unlock } from "./lock";
import { isListed } from "./release";
import { fromStaging, hostsOnly, prove, recheck } from "./run";
import { isAppliedMeanwhile, showsEffect, stagedSteps, stepsDone } from "./staged";
import { findReload } from "./watch-reload";

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

/** Why an interrupted run cannot be continued, only rolled back; null when it may be tried. */
export function whyNotContinue(journal: readonly RunEvent[]): string | null {
  return reached(journal) === "committing"
    ? "Its commit had been announced, and no run ever sends a second one. Roll it back and plan again."
    : null;
}

/**
 * Picks up a run that was cut off, from its journal alone. A second commit is never sent. The events continue the
 * journal, and the last one is `ended`.
 */
export async function* recoverRun(input: RecoverInput): Events<EndEvent> {
  const { journal, mode = "look" } = input;
  const run: RunContext = {
    ...contextOf(input, journal),
    // The wish to cancel belonged to the run that was cut off; whoever continues it may cancel that.
    cancelled: mode === "continue" ? input.cancelled : () => false,
    ...lockIn(journal),
    discarded: journal.some((event) => event.type === "pending" && event.choice === "discard"),
    snapshot: journal.findLast((event) => event.type === "snapshot") ?? null,
  };
  const end = yield* pickUp(run, journal, mode);
  yield end;
  return end;
}

async function* pickUp(run: RunContext, journal: readonly RunEvent[], mode: RecoverMode): Events<EndEvent> {
  const at = reached(journal);
  if (at === "nothing-sent")
    return ended("failed", "The run was cut off before anything was sent; the cluster is unchanged.");
  yield { type: "resumed", how: at === "committed" || mode === "look" ? "watch" : mode, by: run.by ?? null };
  if (at === "committed")
    return yield* prove(run, journal.findLast((event) => event.type === "committed")?.task ?? null);
  if (at === "lock-unclear") return yield* settleLock(run);

  const config = await readPatiently(run, () => run.cluster.readConfig());
  if (!config.ok) return unanswered(config.error);
  if (run.plan.steps.length === 0 && run.hostMarks.size > 0) return yield* fromHosts(run, mode);
  if (at === "committing" || isAppliedMeanwhile(run, config.value)) {
    const settled = yield* settleCommit(run, config.value, at === "committing");
    if (settled) return settled;
  }
  const unlocked = yield* keepLock(run);
  if (unlocked) return lockless(unlocked);
  return yield* fromStaged(run, journal, mode, config.value);
}

/** A run of host services alone is finished: sending a state again does no harm. Rolled back only when asked to. */
async function* fromHosts(run: RunContext, mode: RecoverMode): Events<EndEvent> {
  const unlocked = yield* keepLock(run);
  if (unlocked) return lockless(unlocked);
  const touched = [...run.hostMarks.values()].some(({ holds }) => holds !== "before");
  if (!touched) return yield* leave(run, "failed", `${CUT_OFF.message} Nothing was changed.`);
  if (mode === "roll-back") return yield* leaveHosts(run, CUT_OFF, yield* restoreHosts(run));
  return yield* hostsOnly(run);
}

const unanswered = (failure: Failure): EndEvent =>
  ended("interrupted", `The run was cut off and the cluster does not answer. ${failure.message}`, { failure });

/** It is not known whether the lock is still held: by nobody's token, or because nothing answers. */
const lockless = (failure: Failure): EndEvent =>
  failure.unclear
    ? ended("needs-attention", `${failure.message} ${failure.next ?? ""}`.trim(), { failure })
    : unanswered(failure);

/** The run died between asking for the lock and knowing its token: asking again tells whether it is held. */
async function* settleLock(run: RunContext): Events<EndEvent> {
  const lock = await run.cluster.lock({ allowPending: true });
  if (lock.ok) {
    run.token = lock.value;
    run.locked = true;
    yield { type: "locked", token: lock.value };
    return yield* leave(run, "failed", "The run was cut off before it changed anything; the cluster is unchanged.");
  }
  const said =
    lock.error.kind === "locked"
      ? "The run was cut off while it asked for the lock. It changed nothing, but the configuration is locked now: by someone else, or by that request, whose token nobody has. Release the lock by force when nobody is working."
      : `The run was cut off while it asked for the lock. It changed nothing, but the cluster may be locked with a token nobody has. ${lock.error.message}`;
  return ended("needs-attention", said, { failure: lock.error });
}

/** Whether a commit took place, announced by this run or done by somebody else. Null when it did not. */
async function* settleCommit(run: RunContext, config: LiveConfig, announced: boolean): Events<EndEvent | null> {
  if (isRunningGoal(run, config)) {
    if (!announced)
      yield note(
        "warning",
        "What was staged has been applied meanwhile, not by this run; a node that restarts does that.",
      );
    const task = await findReload(run);
    yield { type: "committed", task };
    return yield* prove(run, task);
  }
  if (!announced) return null;
  if (config.pending.length > 0 && isStagedGoal(run, config) && !isAppliedMeanwhile(run, config)) return null;
  if (isBase(run, config)) return null;
  yield* unlock(run);
  return ended(
    "needs-attention",
    `The run was cut off at its commit, and the configuration is neither what was planned nor what it was before.${aside(run)}`,
  );
}

async function* fromStaged(
  run: RunContext,
  journal: readonly RunEvent[],
  mode: RecoverMode,
  config: LiveConfig,
): Events<EndEvent> {
  if (discards(run) && stepsDone(journal) === 0 && isBeforeDiscard(run, config)) {
    run.discarded = false;
    const said = `${CUT_OFF.message} Nothing was changed; the pending changes of others are still there.`;
    return yield* leave(run, "failed", said);
  }
  run.released.push(...(await releasedBy(run, journal)));
  const count = stagedSteps(run, journal, config);
  run.done.push(...(count === null ? tracesOf(run, journal, config) : run.plan.steps.slice(0, count)));
  if (count === 0 && run.released.length === 0) return yield* fromNothing(run);
  if (mode === "roll-back" || isAppliedMeanwhile(run, config)) return yield* giveUp(run, CUT_OFF);
  const stands = standing(run, count);
  const blocked = whyNotContinue(journal) ?? (count === null ? NOT_OURS : null);
  if (mode === "look" || blocked !== null || count === null) {
    const said = mode === "look" ? CUT_OFF.message : "Could not continue.";
    return ended("interrupted", `${said} ${stands} ${blocked ?? "Continue the run or roll it back."}${aside(run)}`);
  }
  return yield* goOn(run, journal, count);
}

/** Nothing is staged; host services may have changed all the same. */
async function* fromNothing(run: RunContext): Events<EndEvent> {
  const touched = [...run.hostMarks.values()].some(({ holds }) => holds !== "before" && holds !== "restore");
  if (touched) return yield* giveUp(run, CUT_OFF);
  const unchanged = run.discarded ? "nothing else was changed" : "the cluster is unchanged";
  return yield* leave(run, "failed", `${CUT_OFF.message} Nothing is staged; ${unchanged}.`);
}

/** Stages what is left, when nothing around the cluster speaks against it. */
async function* goOn(run: RunContext, journal: readonly RunEvent[], count: number): Events<EndEvent> {
  const late = await recheck(run);
  if (late)
    return ended("interrupted", `Could not continue. ${late.message} ${standing(run, count)}${aside(run)}`, {
      failure: late,
    });
  // A step whose answer never came is known to be done now.
  for (let index = stepsDone(journal); index < count; index += 1)
    yield { type: "step", index, state: "done", note: "Found staged when the run was continued." };
  yield note("info", `Continuing after ${count} of ${run.plan.steps.length} steps.`);
  return yield* fromStaging(run, count);
}

const CUT_OFF: Failure = { kind: "cancelled", retry: false, message: "The run was cut off before its commit." };
const NOT_OURS = "The configuration is not exactly what this run has staged, so it cannot be continued. Roll it back.";

function standing(run: RunContext, count: number | null): string {
  const staged = count ?? run.done.length;
  const kept = run.token === null ? "" : " under our lock";
  const list = staged > 0 ? `: ${listSteps(run, staged)}` : "";
  const released = run.released.length > 0 ? ` ${run.released.length} addresses are released from the IPAM.` : "";
  return `${staged} of ${run.plan.steps.length} steps are staged${kept}${list}.${released} Nothing is applied.`;
}

/** What can be seen of the steps the journal names, where the configuration as a whole cannot be explained. */
function tracesOf(run: RunContext, journal: readonly RunEvent[], config: LiveConfig) {
  const started = new Set(journal.flatMap((event) => (event.type === "step" ? [event.index] : [])));
  return run.plan.steps.filter((step, index) => started.has(index) && showsEffect(config, step));
}

/** Addresses this run has released, in the plan's order; one that was announced is looked for. */
async function releasedBy(run: RunContext, journal: readonly RunEvent[]): Promise<RunContext["released"]> {
  const released: RunContext["released"] = [];
  for (const [index, address] of run.plan.releases.entries()) {
    const states = journal.flatMap((event) => (event.type === "release" && event.index === index ? [event.state] : []));
    if (states.length === 0) break;
    // Where reading does not tell, putting it back does no harm.
    if (states.includes("done") || (await isListed(run, address)) !== true) released.push(address);
    else break;
  }
  return released;
}
