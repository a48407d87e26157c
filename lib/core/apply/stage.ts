import type { Failure } from "../failure";
import { describeStep, type Step } from "../plan/step";
import { ok, type Result } from "../result";
import { CANCELLED, type Events, note, phase, type RunContext, readPatiently } from "./context";
import { showsEffect } from "./staged";

/**
 * Sends the plan's writes one after another, those from `first` on. Gives the failure that stopped it, or null when all
 * were taken.
 */
export async function* stage(run: RunContext, first = 0): Events<Failure | null> {
  yield phase("stage", "started");
  for (const [index, step] of run.plan.steps.entries()) {
    if (index < first) continue;
    if (run.cancelled()) {
      yield phase("stage", "failed", "Stopped.");
      return CANCELLED;
    }
    yield { type: "step", index, state: "started" };
    const sent = await sendStep(run, step);
    if (sent.ok) {
      run.done.push(step);
      yield { type: "step", index, state: "done", ...(sent.value === null ? {} : { note: sent.value }) };
      continue;
    }
    yield { type: "step", index, state: "failed", failure: sent.error };
    yield phase("stage", "failed", sent.error.message);
    return sent.error;
  }
  if (run.cancelled()) {
    yield note("info", "Stopped after staging, before the commit.");
    return CANCELLED;
  }
  yield phase("stage", "done");
  return null;
}

/**
 * Sends one step. A lost answer says nothing about the write: only reading does. When that is not possible either, the
 * step is kept as `maybe` for the undoing. Gives a remark, or null.
 */
export async function sendStep(run: RunContext, step: Step): Promise<Result<string | null, Failure>> {
  const answer = await run.cluster.write(step, run.token);
  if (answer.ok) return ok(null);
  if (!answer.error.unclear) return answer;
  const config = await readPatiently(run, () => run.cluster.readConfig());
  if (!config.ok) run.maybe = step;
  else if (showsEffect(config.value, step)) return ok("The answer was lost; reading back showed that it is done.");
  return answer;
}

/** The step that leads back. */
export function invertStep(step: Step): Step {
  switch (step.op) {
    case "create":
      return { op: "delete", before: step.after };
    case "delete":
      return { op: "create", after: step.before };
    case "update":
      return {
        op: "update",
        before: step.after,
        after: step.before,
        changes: step.changes.map(({ field, before, after }) => ({ field, before: after, after: before })),
      };
  }
}

export const undoLabel = (step: Step): string => `Undo: ${describeStep(step)}`;
