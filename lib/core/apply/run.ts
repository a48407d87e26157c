import type { Failure } from "../failure";
import { isApplicable, isEmptyPlan } from "../plan/make-plan";
import { needsGuests, recheckPlan } from "../plan/recheck";
import type { LiveConfig, PendingChange } from "../ports";
import { commit } from "./commit";
import {
  contextOf,
  discards,
  type EndEvent,
  type Events,
  ended,
  includes,
  isBase,
  isBeforeDiscard,
  isStagedGoal,
  note,
  phase,
  type RunContext,
  type RunInput,
  samePending,
} from "./context";
import { decision, discard, endDiscarded } from "./discard";
import { dryRunNodes } from "./dry-run";
import { conclude, giveUp, leave, leaveHosts } from "./end";
import { checkHosts, restoreHosts, serve, serveAll, withdraw } from "./hosts";
import { takeLock, unlock } from "./lock";
import { releaseAddresses } from "./release";
import { stage } from "./stage";
import { undo } from "./undo";
import { verify } from "./verify";
import { findReload, watchReload } from "./watch-reload";

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

async function* phases(run: RunContext): Events<EndEvent> {
  const { plan } = run;
  if (!isApplicable(plan, run.accepted))
    return ended("blocked", "Blocked: the plan has problems or checks that stand in the way. Nothing was sent.");
  if (isEmptyPlan(plan)) return ended("applied", "Nothing to do: the cluster matches the layout already.");
  if (run.rehearse && discards(run))
    return ended(
      "blocked",
      "Not rehearsed: this plan discards the pending changes of others, and that cannot be undone. Nothing was sent.",
    );

  const end = (yield* check(run)) ?? (yield* lockAndRead(run));
  if (end) return end;
  const late = await recheck(run);
  if (late) return yield* leave(run, "blocked", `Nothing was changed. ${late.message}`, late);
  for (const { node, diff } of plan.localChanges) yield { type: "local-changes", node, diff };
  if (includes(run)) yield decision(run, "include");
  if (discards(run)) {
    const kept = yield* discard(run);
    if (kept) return kept;
    if (isNothingElse(run)) return yield* endDiscarded(run);
  }
  if (plan.steps.length === 0) return yield* hostsOnly(run);
  return yield* fromStaging(run, 0);
}

/** Everything from the first write of the plan on; `first` is the step to begin with. */
export async function* fromStaging(run: RunContext, first: number): Events<EndEvent> {
  const withdrawn = run.rehearse ? null : yield* withdraw(run);
  const failed = withdrawn ?? (yield* releaseAddresses(run)) ?? (yield* stage(run, first));
  if (failed) return yield* giveUp(run, failed);
  yield* dryRunNodes(run);
  if (run.rehearse) return yield* endRehearsal(run);
  const wrong = yield* checkStaged(run);
  if (wrong) return yield* giveUp(run, wrong);

  const committed = yield* commit(run);
  switch (committed.outcome) {
    case "committed":
      return yield* prove(run, committed.task);
    case "not-committed":
      return yield* giveUp(run, committed.failure);
    case "silent":
      // The lock stays: whether this was committed is settled once the cluster answers again.
      return ended(
        "interrupted",
        `The cluster stopped answering at the commit, so it is not known whether it happened. ${committed.failure.message} Look again when it answers.`,
        { failure: committed.failure },
      );
    case "unknown":
      yield* unlock(run);
      return ended(
        "needs-attention",
        `It is not known whether the change was committed: what is there now is neither what was planned nor what was before. ${committed.failure.message}`,
        { failure: committed.failure },
      );
  }
}

/** From the commit to the end: the reload is watched, each node proven, the lock given back. */
export async function* prove(run: RunContext, task: string | null): Events<EndEvent> {
  const reload = yield* watchReload(run, task ?? (await findReload(run)));
  const proof = yield* verify(run, reload);
  const served = yield* serve(run, proof);
  const released = yield* unlock(run);
  return conclude(run, proof, released, served);
}

const isNothingElse = ({ plan }: RunContext): boolean => plan.steps.length === 0 && (plan.hosts ?? []).length === 0;

/** A plan that changes nothing in the cluster, only what nodes serve: under the lock, without a commit, all or nothing. */
export async function* hostsOnly(run: RunContext): Events<EndEvent> {
  if (run.rehearse) return yield* leave(run, "failed", "Nothing to rehearse: only host services change.");
  const { served, failure } = yield* serveAll(run);
  if (failure) return yield* leaveHosts(run, failure, yield* restoreHosts(run));
  const released = yield* unlock(run);
  return conclude(run, { goal: "reached", proven: [], nodes: [] }, released, served);
}

/** Looks before the lock is taken, so that a plan that is out of date disturbs nobody. */
async function* check(run: RunContext): Events<EndEvent | null> {
  yield phase("check", "started");
  const seen = await run.cluster.readConfig();
  const late = seen.ok ? staleReason(run, seen.value) : seen.error;
  const failure = late ?? (run.rehearse ? null : await checkHosts(run));
  if (failure) {
    yield phase("check", "failed", failure.message);
    return ended("blocked", `Nothing was sent. ${failure.message}`, { failure });
  }
  if (run.cancelled()) return ended("failed", "Stopped before anything was sent; the cluster is unchanged.");
  yield phase("check", "done");
  return null;
}

async function* lockAndRead(run: RunContext): Events<EndEvent | null> {
  yield phase("lock", "started");
  const lock = yield* takeLock(run);
  if (!lock.ok) {
    const failure = lock.error;
    yield phase("lock", "failed", failure.message);
    if (failure.unclear) return ended("needs-attention", failure.message, { failure });
    if (failure.kind === "cancelled")
      return ended("failed", "Stopped while waiting for the lock; the cluster is unchanged.");
    return ended("blocked", `Nothing was changed. ${failure.message}`, { failure });
  }
  run.token = lock.value;
  run.locked = true;
  yield { type: "locked", token: lock.value };
  if (lock.value === null)
    yield note(
      "warning",
      "This Proxmox has no SDN lock: reduced guarantee. Other people can change the configuration during this run; each object is compared before it is changed.",
    );
  const seen = await run.cluster.readSnapshot();
  const late = seen.ok ? staleReason(run, seen.value) : seen.error;
  if (late || !seen.ok) {
    yield phase("lock", "failed", late?.message);
    return yield* leave(run, "blocked", `Nothing was changed. ${late?.message}`, late ?? undefined);
  }
  run.snapshot = seen.value;
  yield { type: "snapshot", fingerprint: run.plan.base, ...seen.value };
  yield phase("lock", "done");
  return null;
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

/** The last look around before the first write: what is new around the cluster stops the run. Null when it may go on. */
export async function recheck(run: RunContext): Promise<Failure | null> {
  const facts = await run.cluster.readFacts({ guests: needsGuests(run.plan) });
  if (!facts.ok) return facts.error;
  return recheckPlan(run.plan, facts.value);
}

/** The last look before the commit: what is staged must be exactly the goal, or something else is being committed. */
async function* checkStaged(run: RunContext): Events<Failure | null> {
  const seen = await run.cluster.readConfig();
  if (!seen.ok) return seen.error;
  if (isStagedGoal(run, seen.value)) return null;
  yield note("warning", "What is staged is not what was planned.");
  return {
    kind: "stale",
    retry: false,
    message:
      "Could not commit: the staged configuration is not the planned one, so somebody else must have changed it.",
    next: "Plan again.",
  };
}

async function* endRehearsal(run: RunContext): Events<EndEvent> {
  const undone = yield* undo(run);
  const released = yield* unlock(run);
  if (undone.outcome === "clean" && released)
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
