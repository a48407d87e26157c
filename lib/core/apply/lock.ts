import type { Failure } from "../failure";
import type { LockToken } from "../ports";
import { err, type Result } from "../result";
import { CANCELLED, type Events, note, phase, type RunContext, readPatiently } from "./context";
import type { RunEvent } from "./events";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Takes the lock. A refusal changed nothing, so a lock that somebody else holds is asked for again with growing pauses
 * until the patience runs out. One that an earlier run of ours left behind is recognised by its token and released;
 * anybody else's is never forced here. A lost answer is asked for again too: only one request can ever be granted.
 */
export async function* takeLock(run: RunContext): Events<Result<LockToken | null, Failure>> {
  const deadline = run.clock.now() + run.patience.lockMs;
  const left = [...(run.leftLocks ?? [])];
  let pauseMs = FIRST_PAUSE_MS;
  let lost: Failure | null = null;
  for (;;) {
    const lock = await run.cluster.lock({ allowPending: run.plan.pending.changes.length > 0 });
    if (lock.ok) return lock;
    const held = lock.error.kind === "locked";
    if (lock.error.unclear) lost = lock.error;
    if (!held && !lost) return lock;
    if (held && (yield* releaseLeft(run, left.splice(0)))) continue;
    const waitMs = Math.min(pauseMs, deadline - run.clock.now());
    if (run.cancelled() || waitMs <= 0) return err(notLocked(run, lock.error, lost));
    yield note("info", `${whyNot(lock.error)} Asking again in ${Math.ceil(waitMs / 1000)} s.`);
    await pause(run, waitMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

const whyNot = (failure: Failure): string =>
  failure.kind === "locked" ? "Somebody else holds the SDN lock." : failure.message;

function notLocked(run: RunContext, last: Failure, lost: Failure | null): Failure {
  if (lost) return orphaned(lost);
  return run.cancelled() ? CANCELLED : heldByOthers(last);
}

/** Waits, but not longer than until somebody wants to cancel. */
async function pause(run: RunContext, ms: number): Promise<void> {
  const until = run.clock.now() + ms;
  while (!run.cancelled() && run.clock.now() < until)
    await run.clock.sleep(Math.min(run.patience.pollMs, until - run.clock.now()));
}

const heldByOthers = (failure: Failure): Failure => ({
  ...failure,
  message:
    "Could not lock the SDN configuration: it is locked by someone else, who is unknown. Proxmox does not tell, and a lock does not expire.",
  next: "Wait for the other change and run again, or release the lock by force when its owner is gone.",
});

/** A lock request was heard or not, and its answer never came: if it was, the lock's token is lost. */
const orphaned = (failure: Failure): Failure => ({
  ...failure,
  unclear: true,
  message:
    "The answer to the lock request was lost, so the cluster may now be locked with a token nobody has. Nothing was changed.",
  next: "If the next run finds the configuration locked, release the lock by force.",
});

async function* releaseLeft(run: RunContext, tokens: readonly string[]): Events<boolean> {
  for (const token of tokens) {
    const released = await run.cluster.unlock(token);
    if (!released.ok) continue;
    yield note("info", "The lock was left behind by an earlier run of ours; it was released with its token.");
    return true;
  }
  return false;
}

/**
 * Makes sure that a run which was cut off still has its lock. Proxmox tells nobody whether it is held, so it is asked
 * for: a refusal means that it is, and what is granted is the new lock. Gives the failure when that cannot be known.
 */
export async function* keepLock(run: RunContext): Events<Failure | null> {
  if (!run.locked || run.token === null) return null;
  const lock = await run.cluster.lock({ allowPending: true });
  if (!lock.ok) return lock.error.kind === "locked" ? null : lock.error.unclear ? orphaned(lock.error) : lock.error;
  if (lock.value === null) return null;
  run.token = lock.value;
  yield { type: "locked", token: lock.value };
  yield note("warning", "Our lock had been released by force meanwhile, so others could write; it was taken again.");
  return null;
}

/** The lock a journal ends with, and its newest token. */
export function lockIn(journal: readonly RunEvent[]): Pick<RunContext, "token" | "locked"> {
  const last = journal.findLast((event) => event.type === "locked" || event.type === "unlocked");
  const token = journal.findLast((event) => event.type === "locked")?.token ?? null;
  return { token, locked: last?.type === "locked" };
}

/** Gives the lock back, if there is one. Releasing twice does no harm, so a lost answer is simply asked again. */
export async function* unlock(run: RunContext): Events<boolean> {
  if (!run.locked) return true;
  if (run.token === null) {
    run.locked = false;
    return true;
  }
  yield phase("unlock", "started");
  const released = await readPatiently(run, () => run.cluster.unlock(run.token));
  // Somebody forced the lock open meanwhile: it is not ours any more, so there is nothing to give back.
  const lost = !released.ok && released.error.kind === "locked";
  if (!released.ok && !lost) {
    yield phase("unlock", "failed", released.error.message);
    return false;
  }
  if (lost) yield note("warning", "The lock is not ours any more: somebody released it by force and took it.");
  run.locked = false;
  yield { type: "unlocked" };
  yield phase("unlock", "done");
  return true;
}
