import type { Entity, EntityKey } from "../plan/entity";
import { changedFields, type Step } from "../plan/step";

/** What a run did to one object, whatever it did in between: null where the object was not there. */
export interface Touched {
  readonly key: EntityKey;
  readonly before: Entity | null;
  readonly after: Entity | null;
}

/** The objects that steps leave other than they found them. A replace counts as a change, a parked tag as nothing. */
export function touchedBy(steps: readonly Step[]): Touched[] {
  const touched = new Map<EntityKey, Touched>();
  for (const step of steps) {
    const was = step.op === "create" ? null : step.before;
    const is = step.op === "delete" ? null : step.after;
    const key = (is ?? was)?.key ?? "";
    const earlier = touched.get(key);
    touched.set(key, { key, before: earlier ? earlier.before : was, after: is });
  }
  return [...touched.values()].filter(({ before, after }) =>
    before === null || after === null ? before !== after : !same(before, after),
  );
}

const same = (a: Entity, b: Entity): boolean => a.id === b.id && changedFields(a.props, b.props).length === 0;
