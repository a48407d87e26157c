import type { Failure } from "../failure";
import {
  type EndEvent,
  type Events,
  ended,
  isBase,
  isBeforeDiscard,
  note,
  type RunContext,
  readPatiently,
} from "./context";
import { leave } from "./end";
import type { RunEvent } from "./events";

/** What a person chose for the pending changes of others, as the journal keeps it. */
export const decision = ({ plan, by, reason }: RunContext, choice: "include" | "discard"): RunEvent => ({
  type: "pending",
  choice,
  changes: plan.pending.changes,
  by: by ?? "",
  reason: reason ?? "",
});

/**
 * Drops everybody's pending changes, as chosen and confirmed: Proxmox's rollback knows no other kind. Gives the end when
 * the plan does not fit what is left; null when the run can go on.
 */
export async function* discard(run: RunContext): Events<EndEvent | null> {
  yield decision(run, "discard");
  run.discarded = true;
  const dropped = await run.cluster.rollback(run.token);
  const now = await readPatiently(run, () => run.cluster.readConfig());
  if (!now.ok) {
    const text =
      "The cluster stopped answering when the pending changes of others were to be discarded, so it is not known whether they were. Continue the run or roll it back when it answers again.";
    return ended("interrupted", text, { failure: now.error });
  }
  if (isBase(run, now.value)) {
    yield note("info", "The pending changes of others were discarded.");
    return null;
  }
  if (!dropped.ok && isBeforeDiscard(run, now.value)) {
    run.discarded = false;
    return yield* leave(run, "failed", `Nothing was changed. ${dropped.error.message}`, dropped.error);
  }
  const failure: Failure = {
    kind: "stale",
    retry: false,
    message: "What is left after discarding the pending changes is not what this plan was made from.",
    next: "Plan again.",
  };
  return yield* leave(run, "failed", `Nothing else was changed. ${failure.message}`, failure);
}

/** The end of a plan that only drops the pending changes of others. */
export async function* endDiscarded(run: RunContext): Events<EndEvent> {
  const end = yield* leave(run, "failed", "The cluster runs what the layout says.");
  return end.state === "failed" ? ended("applied", end.message) : end;
}
