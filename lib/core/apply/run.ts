import type { Failure } from "../failure";
import { isApplicable } from "../plan/make-plan";
import { needsGuests, recheckPlan } from "../plan/recheck";
import type { LiveConfig, PendingChange } from "../ports";
import { err, ok, type Result } from "../result";
import { commit } from "./commit";
import {
  CANCELLED,
  contextOf,
  type EndEvent,
  type Events,
  ended,
  isBase,
  isBeforeDiscard,
  isStagedGoal,
  note,
  phase,
  type RunContext,
  type RunInput,
  samePending,
} from "./context";
import { dryRunNodes } from "./dry-run";
import { conclude, giveUp } from "./end";
import { takeLock, unlock } from "./lock";
import { releaseAddresses } from "./release";
import { stage } from "./stage";
import { undo } from "./undo";
import { verify } from "./verify";
import { watchReload } from "./watch-reload";

/**
 * One run of one plan, as a stream of events: lock, read again, stage, dry-run, one commit, proof per node, unlock. The
 * caller stores each event before it asks for the next, so that whatever happens next has been announced. Nothing is
 * thrown for what the world does; the last event is always `ended`, and it is also the returned value.
 *
 * Failure before the commit undoes the staging and proves it; after the commit nothing is undone by itself.
 */
export async function* runPlan(input: RunInput): Events<EndEvent> {
  const end = yield* phases(contextOf(input));
  yield end;
  return end;
}

const discards = ({ plan }: RunContext): boolean =>
  plan.pending.choice === "discard" && plan.pending.changes.length > 0;

async function* phases(run: RunContext): Events<EndEvent> {
  const { plan } = run;
  if (!isApplicable(plan, run.accepted))
    return ended("blocked", "Blocked: the plan has problems or checks that stand in the way. Nothing was sent.");
  if (plan.steps.length === 0 && !discards(run))
    return ended("applied", "Nothing to do: the cluster matches the layout already.");

  const refused = yield* check(run);
  if (refused) return refused;
  const unlocked = yield* lockAndRead(run);
  if (unlocked) return unlocked;
  if (discards(run)) {
    const kept = yield* discard(run);
    if (kept) return kept;
    if (plan.steps.length === 0) return yield* endDiscarded(run);
  }
  return yield* fromStaging(run, 0);
}

/** Everything from the first write of the plan on; `first` is the step to begin with. */
export async function* fromStaging(run: RunContext, first: number): Events<EndEvent> {
  const late = yield* recheck(run);
  if (late) return yield* giveUp(run, late);
  const staged = (yield* releaseAddresses(run)) ?? (yield* stage(run, first));
  if (staged) return yield* giveUp(run, staged);
  yield* dryRunNodes(run);
  if (run.rehearse) return yield* endRehearsal(run);
  const wrong = yield* checkStaged(run);
  if (wrong) return yield* giveUp(run, wrong);

  const committed = yield* commit(run);
  if (committed.outcome === "not-committed") return yield* giveUp(run, committed.failure);
  if (committed.outcome === "unknown") {
    yield* unlock(run);
    return ended("needs-attention", `It is not known whether the change was committed. ${committed.failure.message}`, {
      failure: committed.failure,
    });
  }
  return yield* prove(run, committed.task);
}

/** From the commit to the end: the reload is watched, each node proven, the lock given back. */
export async function* prove(run: RunContext, task: string | null): Events<EndEvent> {
  const reload = yield* watchReload(run, task);
  const proof = yield* verify(run, reload);
  const released = yield* unlock(run);
  return conclude(run, proof, released);
}

/** Looks before the lock is taken, so that a plan that is out of date disturbs nobody. */
async function* check(run: RunContext): Events<EndEvent | null> {
  yield phase("check", "started");
  const seen = await run.cluster.readConfig();
  const failure = seen.ok ? staleReason(run, seen.value) : seen.error;
  if (failure) {
    yield phase("check", "failed", failure.message);
    return ended("blocked", `Nothing was sent. ${failure.message}`, { failure });
  }
  if (run.cancelled()) return ended("failed", "Cancelled before anything was sent; the cluster is unchanged.");
  yield phase("check", "done");
  return null;
}

async function* lockAndRead(run: RunContext): Events<EndEvent | null> {
  yield phase("lock", "started");
  const lock = yield* takeLock(run);
  if (!lock.ok) {
    yield phase("lock", "failed", lock.error.message);
    if (lock.error.unclear) {
      const text =
        "The answer to the lock request was lost, so the cluster may now be locked with a token nobody holds. Nothing was changed; release the lock by force if the next run finds it held.";
      return ended("needs-attention", text, { failure: lock.error });
    }
    if (lock.error.kind === "cancelled")
      return ended("failed", "Cancelled before anything was sent; the cluster is unchanged.");
    return ended("blocked", `Nothing was changed. ${lock.error.message}`, { failure: lock.error });
  }
  run.token = lock.value;
  run.locked = true;
  yield { type: "locked", token: lock.value };
  if (lock.value === null)
    yield note(
      "warning",
      "This Proxmox has no SDN lock: reduced guarantee. Other people can change the configuration during this run; each object is compared before it is changed.",
    );
  const again = await run.cluster.readSnapshot();
  const late = again.ok ? staleReason(run, again.value) : again.error;
  if (!again.ok || late) {
    yield phase("lock", "failed", late?.message);
    return yield* leave(run, "blocked", "Nothing was changed.", late ?? CANCELLED);
  }
  run.snapshot = again.value;
  yield { type: "snapshot", fingerprint: run.plan.base, ...again.value };
  yield phase("lock", "done");
  return null;
}

/** Ends a run that has changed nothing, giving the lock back. */
async function* leave(run: RunContext, state: "blocked" | "failed", said: string, failure: Failure): Events<EndEvent> {
  const released = yield* unlock(run);
  if (released) return ended(state, `${said} ${failure.message}`, { failure });
  return ended("needs-attention", `${said} But the lock could not be released. ${failure.message}`, { failure });
}

/** Why the plan no longer fits the cluster, or null when it does. */
function staleReason(run: RunContext, config: LiveConfig): Failure | null {
  const { pending } = run.plan;
  const expected = pending.choice === "stop" ? [] : pending.changes;
  if (!samePending(config.pending, expected)) return otherPending(config.pending, expected.length > 0);
  if (discards(run) ? isBeforeDiscard(run, config) : isBase(run, config)) return null;
  return {
    kind: "stale",
    retry: false,
    message: "The cluster's SDN configuration is not the one this plan was made from.",
    next: "Plan again to see what changed.",
  };
}

function otherPending(found: readonly PendingChange[], expected: boolean): Failure {
  const named = found.slice(0, 5).map((change) => `${change.kind} ${change.id} (${change.state})`);
  const list = named.length > 0 ? named.join(", ") : "none any more";
  return {
    kind: "stale",
    retry: false,
    message: expected
      ? `The pending changes of others are not those the plan was made with; now pending: ${list}.`
      : `Somebody else has pending changes that a commit would take along: ${list}.`,
    next: "Plan again and choose what happens to them.",
  };
}

/** Drops everybody's pending changes, as chosen and confirmed. Gives the end when the plan does not fit what is left. */
async function* discard(run: RunContext): Events<EndEvent | null> {
  yield { ...decision(run), choice: "discard" };
  const dropped = await run.cluster.rollback(run.token);
  const now = await run.cluster.readConfig();
  if (now.ok && isBase(run, now.value) && now.value.pending.length === 0) {
    run.discarded = true;
    yield note("info", "The pending changes of others were discarded.");
    return null;
  }
  const failure: Failure = dropped.ok
    ? {
        kind: "stale",
        retry: false,
        message: "What is left is not what this plan was made from.",
        next: "Plan again.",
      }
    : dropped.error;
  const gone = now.ok && now.value.pending.length === 0;
  return yield* leave(
    run,
    "failed",
    gone ? "The pending changes of others were discarded; nothing else was changed." : "Nothing of the plan was sent.",
    failure,
  );
}

async function* endDiscarded(run: RunContext): Events<EndEvent> {
  const released = yield* unlock(run);
  const said = "The pending changes of others were discarded; the cluster runs what the layout says.";
  return released ? ended("applied", said) : ended("needs-attention", `${said} But the lock could not be released.`);
}

const decision = ({ plan, by, reason }: RunContext) => ({
  type: "pending" as const,
  changes: plan.pending.changes,
  by: by ?? "",
  reason: reason ?? "",
});

/** The last look around before the first write: what a person ticked is recorded, what is new stops the run. */
async function* recheck(run: RunContext): Events<Failure | null> {
  const { plan } = run;
  if (plan.pending.choice === "include" && plan.pending.changes.length > 0)
    yield { ...decision(run), choice: "include" };
  const facts = await run.cluster.readFacts({ guests: needsGuests(plan) });
  if (!facts.ok) return facts.error;
  const stale = recheckPlan(plan, facts.value);
  if (stale) return stale;
  for (const { node, diff } of plan.localChanges) yield { type: "local-changes", node, diff };
  return null;
}

/** The last look before the commit: what is staged must be exactly the goal, or something else is being committed. */
async function* checkStaged(run: RunContext): Events<Failure | null> {
  const seen = await stagedGoal(run);
  if (seen.ok && seen.value) return null;
  if (!seen.ok) return seen.error;
  yield note("warning", "What is staged is not what was planned.");
  return {
    kind: "stale",
    retry: false,
    message:
      "Could not commit: the staged configuration is not the planned one, so somebody else must have changed it.",
    next: "Plan again.",
  };
}

async function stagedGoal(run: RunContext): Promise<Result<boolean, Failure>> {
  const config = await run.cluster.readConfig();
  return config.ok ? ok(isStagedGoal(run, config.value)) : err(config.error);
}

async function* endRehearsal(run: RunContext): Events<EndEvent> {
  const clean = yield* undo(run);
  const released = yield* unlock(run);
  if (clean && released)
    return ended("failed", "Rehearsed: staged, compared on every node and undone. The cluster is unchanged.");
  return ended("needs-attention", "Rehearsed, but it could not be proven that everything staged was undone.", {
    failure: {
      kind: "bad-answer",
      retry: false,
      message: "The staging could not be proven undone.",
      next: "Look at the pending changes in Proxmox.",
    },
  });
}
