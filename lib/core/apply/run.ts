import type { Failure } from "../failure";
import { isApplicable } from "../plan/make-plan";
import type { LiveConfig } from "../ports";
import { commit } from "./commit";
import {
  DEFAULT_PATIENCE,
  type EndEvent,
  type Events,
  ended,
  isBase,
  isStagedGoal,
  note,
  phase,
  type RunContext,
  type RunInput,
} from "./context";
import { dryRunNodes } from "./dry-run";
import { stage } from "./stage";
import { undo, unlock } from "./undo";
import { type Proof, verify, watchReload } from "./verify";

/**
 * One run of one plan, as a stream of events: lock, read again, stage, dry-run, one commit, proof per node, unlock. The
 * caller stores each event before it asks for the next, so that whatever happens next has been announced. Nothing is
 * thrown for what the world does; the last event is always `ended`, and it is also the returned value.
 *
 * Failure before the commit undoes the staging and proves it; after the commit nothing is undone by itself.
 */
export async function* runPlan(input: RunInput): Events<EndEvent> {
  const run: RunContext = {
    ...input,
    patience: { ...DEFAULT_PATIENCE, ...input.patience },
    token: null,
    locked: false,
    done: [],
  };
  const end = yield* phases(run);
  yield end;
  return end;
}

async function* phases(run: RunContext): Events<EndEvent> {
  const { plan } = run;
  if (!isApplicable(plan))
    return ended("blocked", "Blocked: the plan has problems or failing checks. Nothing was sent.");
  if (plan.steps.length === 0) return ended("applied", "Nothing to do: the cluster matches the layout already.");

  yield phase("check", "started");
  const seen = await run.cluster.readConfig();
  const early = seen.ok ? staleReason(run, seen.value) : null;
  if (!seen.ok) {
    yield phase("check", "failed", seen.error.message);
    return ended("blocked", `Nothing was sent. ${seen.error.message}`, { failure: seen.error });
  }
  if (early) {
    yield phase("check", "failed", early.message);
    return ended("blocked", early.message, { failure: early });
  }
  if (run.cancelled()) return ended("failed", "Cancelled before anything was sent; the cluster is unchanged.");
  yield phase("check", "done");

  yield phase("lock", "started");
  const lock = await run.cluster.lock({ allowPending: false });
  if (!lock.ok) {
    yield phase("lock", "failed", lock.error.message);
    if (lock.error.unclear) {
      const text =
        "The answer to the lock request was lost, so the cluster may now be locked with a token nobody holds. Nothing was changed; release the lock by force if the next run finds it held.";
      return ended("needs-attention", text, { failure: lock.error });
    }
    return ended("blocked", `Nothing was changed. ${lock.error.message}`, { failure: lock.error });
  }
  run.token = lock.value;
  run.locked = true;
  yield { type: "locked", token: lock.value };
  if (lock.value === null)
    yield note(
      "warning",
      "This Proxmox has no SDN lock: reduced guarantee, other people can change the configuration during this run.",
    );

  const again = await run.cluster.readConfig();
  const late = again.ok ? staleReason(run, again.value) : again.error;
  if (!again.ok || late) {
    yield phase("lock", "failed", late?.message);
    const released = yield* unlock(run);
    const more = late ? { failure: late } : {};
    if (released) return ended("blocked", `Nothing was changed. ${late?.message ?? ""}`, more);
    return ended(
      "needs-attention",
      `Nothing was changed, but the lock could not be released. ${late?.message ?? ""}`,
      more,
    );
  }
  yield { type: "snapshot", entities: again.value.entities, fingerprint: plan.base };
  yield phase("lock", "done");

  const staged = yield* stage(run);
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
  const reload = yield* watchReload(run, committed.task);
  const proof = yield* verify(run, reload);
  const released = yield* unlock(run);
  return conclude(run, proof, released);
}

/** Why the plan no longer fits the cluster, or null when it does. */
function staleReason(run: RunContext, config: LiveConfig): Failure | null {
  if (config.pending.length > 0) {
    const named = config.pending.slice(0, 5).map((change) => `${change.kind} ${change.id} (${change.state})`);
    return {
      kind: "stale",
      retry: false,
      message: `Somebody else has pending changes that a commit would take along: ${named.join(", ")}.`,
      next: "Apply or revert them in Proxmox, then plan again.",
    };
  }
  if (isBase(run, config)) return null;
  return {
    kind: "stale",
    retry: false,
    message: "The cluster's SDN configuration is not the one this plan was made from.",
    next: "Plan again to see what changed.",
  };
}

/** The last look before the commit: what is staged must be exactly the goal, or something else is being committed. */
async function* checkStaged(run: RunContext): Events<Failure | null> {
  const config = await run.cluster.readConfig();
  if (!config.ok) return config.error;
  if (isStagedGoal(run, config.value)) return null;
  yield note("warning", "What is staged is not what was planned.");
  return {
    kind: "stale",
    retry: false,
    message:
      "Could not commit: the staged configuration is not the planned one, so somebody else must have changed it.",
    next: "Plan again.",
  };
}

/** Ends a run that fails before its commit: undo, prove, unlock. */
export async function* giveUp(run: RunContext, failure: Failure): Events<EndEvent> {
  const clean = yield* undo(run);
  const released = yield* unlock(run);
  if (clean && released)
    return ended("failed", `${failure.message} Everything staged was undone; the cluster is unchanged.`, { failure });
  const left = clean ? "the lock could not be released" : "it could not be proven that everything staged was undone";
  return ended("needs-attention", `${failure.message} Nothing was committed, but ${left}.`, { failure });
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

/** The end of a run whose commit happened, from what could be proven. */
export function conclude(run: RunContext, proof: Proof, released: boolean): EndEvent {
  const counts = { proven: proof.proven.length, nodes: proof.nodes.length };
  const missing = proof.nodes.filter((node) => !proof.proven.includes(node));
  const services = run.plan.notProvided.length > 0 ? " Host services not provided." : "";
  if (!proof.goalReached) {
    return ended(
      "needs-attention",
      "Committed, but what runs now could not be shown to be what was planned. Look at the drift before the next change.",
      counts,
    );
  }
  if (missing.length > 0) {
    return ended(
      "partially-applied",
      `Committed, proven on ${counts.proven} of ${counts.nodes} nodes. Not proven: ${missing.join(", ")}.${services}`,
      counts,
    );
  }
  if (!released) {
    return ended(
      "needs-attention",
      `Applied and verified on ${counts.proven} of ${counts.nodes} nodes, but the lock could not be released.${services}`,
      counts,
    );
  }
  return ended("applied", `Applied and verified on ${counts.proven} of ${counts.nodes} nodes.${services}`, counts);
}
