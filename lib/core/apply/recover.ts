import type { Failure } from "../failure";
import {
  DEFAULT_PATIENCE,
  type EndEvent,
  type Events,
  ended,
  isRunningGoal,
  isStagedGoal,
  note,
  type RunContext,
  type RunInput,
  readPatiently,
} from "./context";
import type { RunEvent } from "./events";
import { conclude, giveUp } from "./run";
import { showsEffect } from "./stage";
import { unlock } from "./undo";
import { verify, watchReload } from "./verify";

/** How far a journal shows that its run came. */
type Reached = "nothing-sent" | "lock-unclear" | "staging" | "committing" | "committed" | "ended";

function reached(journal: readonly RunEvent[]): Reached {
  if (journal.some((event) => event.type === "ended")) return "ended";
  if (journal.some((event) => event.type === "committed")) return "committed";
  if (journal.some((event) => event.type === "committing")) return "committing";
  if (journal.some((event) => event.type === "locked")) return "staging";
  return journal.some((event) => event.type === "phase" && event.phase === "lock") ? "lock-unclear" : "nothing-sent";
}

/**
 * Picks up a run that was cut off, from its journal alone. Before the commit the staging is undone and the lock given
 * back; after it the same reload task is watched to its end. A second commit is never sent. The events continue the
 * journal, and the last one is `ended`.
 */
export async function* recoverRun(input: RunInput & { readonly journal: readonly RunEvent[] }): Events<EndEvent> {
  const lock = input.journal.findLast((event) => event.type === "locked");
  const run: RunContext = {
    ...input,
    // Whoever recovers has decided; the wish to cancel belonged to the run that was cut off.
    cancelled: () => false,
    patience: { ...DEFAULT_PATIENCE, ...input.patience },
    token: lock?.token ?? null,
    locked: lock !== undefined && !input.journal.some((event) => event.type === "unlocked"),
    done: [],
  };
  const end = yield* pickUp(run, input.journal);
  yield end;
  return end;
}

async function* pickUp(run: RunContext, journal: readonly RunEvent[]): Events<EndEvent> {
  const at = reached(journal);
  if (at === "nothing-sent")
    return ended("failed", "The run was cut off before anything was sent; the cluster is unchanged.");
  if (at === "lock-unclear") {
    return ended(
      "needs-attention",
      "The run was cut off while it asked for the lock. Nothing was changed, but the cluster may be locked with a token nobody holds; release the lock by force if the next run finds it held.",
    );
  }
  yield note("info", "The run was cut off; it is picked up from its journal.");
  if (at === "committed" || at === "ended") {
    const task = journal.findLast((event) => event.type === "committed")?.task ?? null;
    return yield* watchToTheEnd(run, task);
  }

  const config = await readPatiently(run, () => run.cluster.readConfig());
  if (!config.ok)
    return ended("interrupted", `The run was cut off and the cluster does not answer. ${config.error.message}`, {
      failure: config.error,
    });
  if (at === "committing" && isRunningGoal(run, config.value)) {
    yield { type: "committed", task: null };
    return yield* watchToTheEnd(run, null);
  }
  if (at === "committing" && !(config.value.pending.length > 0 && isStagedGoal(run, config.value))) {
    yield* unlock(run);
    return ended(
      "needs-attention",
      "The run was cut off at its commit, and the configuration is neither what was planned nor what it was before.",
    );
  }
  const started = journal.flatMap((event) => (event.type === "step" && event.state === "started" ? [event.index] : []));
  for (const index of started) {
    const step = run.plan.steps[index];
    if (step && showsEffect(config.value, step)) run.done.push(step);
  }
  const failure: Failure = { kind: "cancelled", retry: false, message: "The run was cut off before its commit." };
  return yield* giveUp(run, failure);
}

async function* watchToTheEnd(run: RunContext, task: string | null): Events<EndEvent> {
  const reload = yield* watchReload(run, task);
  const proof = yield* verify(run, reload);
  const released = yield* unlock(run);
  return conclude(run, proof, released);
}
