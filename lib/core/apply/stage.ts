import type { Failure } from "../failure";
import { changedFields, describeStep, type Step, stepEntity } from "../plan/step";
import type { LiveConfig } from "../ports";
import { type Events, note, phase, type RunContext } from "./context";

const cancelled: Failure = { kind: "cancelled", retry: false, message: "Cancelled." };

/** Sends the plan's writes one after another. Gives the failure that stopped it, or null when all were taken. */
export async function* stage(run: RunContext): Events<Failure | null> {
  yield phase("stage", "started");
  for (const [index, step] of run.plan.steps.entries()) {
    if (run.cancelled()) {
      yield phase("stage", "failed", "Cancelled.");
      return cancelled;
    }
    yield { type: "step", index, state: "started" };
    const answer = await run.cluster.write(step, run.token);
    if (answer.ok) {
      run.done.push(step);
      yield { type: "step", index, state: "done" };
      continue;
    }
    // A lost answer says nothing about the write: only reading does.
    if (answer.error.unclear && (await happened(run, step))) {
      run.done.push(step);
      yield { type: "step", index, state: "done", note: "The answer was lost; reading back showed that it is done." };
      continue;
    }
    yield { type: "step", index, state: "failed", failure: answer.error };
    yield phase("stage", "failed", answer.error.message);
    return answer.error;
  }
  if (run.cancelled()) {
    yield note("info", "Cancelled after staging, before the commit.");
    return cancelled;
  }
  yield phase("stage", "done");
  return null;
}

/** Whether the configuration shows a step's effect. When it cannot be read, the step counts as not happened. */
async function happened(run: RunContext, step: Step): Promise<boolean> {
  const config = await run.cluster.readConfig();
  return config.ok && showsEffect(config.value, step);
}

export function showsEffect(config: LiveConfig, step: Step): boolean {
  const found = config.entities.find((entity) => entity.key === stepEntity(step).key);
  if (step.op === "delete") return found === undefined;
  if (!found || found.id !== step.after.id) return false;
  // Proxmox may have filled in more than was sent; everything that was sent must be there.
  const sent = step.op === "create" ? Object.keys(step.after.props) : step.changes.map((change) => change.field);
  return changedFields(found.props, step.after.props).every((change) => !sent.includes(change.field));
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
