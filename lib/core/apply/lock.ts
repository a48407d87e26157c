import type { Failure } from "../failure";
import type { LockToken } from "../ports";
import { err, type Result } from "../result";
import { CANCELLED, type Events, note, phase, type RunContext, readPatiently } from "./context";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 8_000;

/**
 * Takes the lock. A refusal changed nothing, so a lock that somebody else holds is asked for again with growing pauses
 * until the patience runs out. One that an earlier run of ours left behind is recognised by its token and released;
 * anybody else's is never forced here.
 */
export async function* takeLock(run: RunContext): Events<Result<LockToken | null, Failure>> {
  const deadline = run.clock.now() + run.patience.lockMs;
  let pauseMs = FIRST_PAUSE_MS;
  let left: readonly string[] | null = run.leftLocks ?? [];
  for (;;) {
    const lock = await run.cluster.lock({ allowPending: run.plan.pending.changes.length > 0 });
    if (lock.ok || lock.error.kind !== "locked") return lock;
    if (left && (yield* releaseLeft(run, left))) {
      left = null;
      continue;
    }
    left = null;
    if (run.cancelled()) return err(CANCELLED);
    if (run.clock.now() >= deadline) return err(heldByOthers(lock.error));
    yield note("info", `Somebody else holds the SDN lock; asking again in ${pauseMs / 1000} s.`);
    await run.clock.sleep(pauseMs);
    pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
  }
}

const heldByOthers = (failure: Failure): Failure => ({
  ...failure,
  message:
    "Could not lock the SDN configuration: somebody else holds the lock. Proxmox does not tell who, and a lock does not expire.",
  next: "Wait for the other change and run again, or release the lock by force when its owner is gone.",
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
  if (lost) yield note("warning", "The lock is not ours any more: somebody has released it by force.");
  run.locked = false;
  yield { type: "unlocked" };
  yield phase("unlock", "done");
  return true;
}
