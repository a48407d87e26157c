import type { Entity } from "@/lib/core/plan/entity";
import type { Change, Step } from "@/lib/core/plan/step";
import { nicText, objectName } from "./change-words";
import { StepLine } from "./step-line";
import { propFacts } from "./value-text";

/** The object a change creates or removes, for its properties at a glance; changes of fields speak for themselves. */
export function entitiesByKey(steps: readonly Step[]): ReadonlyMap<string, Entity> {
  const entities = new Map<string, Entity>();
  for (const step of steps) {
    if (step.op === "create") entities.set(step.after.key, step.after);
    if (step.op === "delete" && !entities.has(step.before.key)) entities.set(step.before.key, step.before);
  }
  return entities;
}

/** One row of a plan's object list. `entity` is the new or removed object. */
export function ChangeRow({ change, entity }: { readonly change: Change; readonly entity: Entity | undefined }) {
  const whole = change.fields.length === 0 && entity !== undefined;
  const attached = change.op !== "create" || (change.nics?.total ?? 0) > 0;
  return (
    <StepLine
      op={change.op}
      kind={change.kind}
      name={objectName(change)}
      fields={change.fields}
      facts={whole ? propFacts(entity.props) : []}
      nics={attached ? nicText(change.nics) : null}
      risk={change.risk}
      reasons={change.reasons}
      nested={change.kind === "subnet"}
    />
  );
}
