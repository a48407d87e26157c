import type { WayBack } from "../drift/put-back";
import { removeKeys } from "../layout/edits";
import { toLayout } from "../layout/import-layout";
import type { Layout } from "../layout/model";
import { withObjects } from "../layout/with-objects";
import { parentKey } from "../plan/diff";
import { type Entity, type EntityKey, toEntities } from "../plan/entity";
import { partOf } from "../plan/part";
import type { Plan } from "../plan/plan";
import { changedFields } from "../plan/step";
import type { LiveConfig, Owned } from "../ports";
import type { Problem } from "../problem";
import { changedSince, conflictsOf } from "./changed-since";
import { revertServices } from "./revert-services";
import { touchedBy } from "./touched";

export interface RevertInput {
  readonly run: {
    readonly number: number;
    readonly plan: Pick<Plan, "steps">;
    /** The layout that it applied. */
    readonly layout: Layout;
  };
  /** The layout of the last apply. */
  readonly recorded: Layout;
  /** The layout right before that run, for what Proxmox has no field for; null when there was none. */
  readonly before: Layout | null;
  readonly config: LiveConfig;
  readonly owned: Owned;
}

/**
 * What to plan so that one run is taken back and nothing else: what it created goes, what it removed comes back with every
 * property it had, and of what it changed only those properties turn back. What somebody changed since is never written
 * over: it becomes the problem `changed-since` with the three values. Host services are taken back the same way, in the
 * layout alone: what nodes serve follows from it.
 */
export function revertRun(input: RevertInput): WayBack & { readonly problems: readonly Problem[] } {
  const { run, recorded, before, config, owned } = input;
  const live = new Map(config.entities.map((entity) => [entity.key, entity]));
  const wanted = new Map(toEntities(recorded).map((entity) => [entity.key, entity]));
  const touched = touchedBy(run.plan.steps);
  const problems = conflictsOf(touched, { live: config.entities, owned, number: run.number });
  const gone = touched.flatMap(({ key, before: was }) => (was === null ? [key] : []));
  const back = touched.flatMap(({ before: was, after }) => (was !== null && after === null ? [was] : []));
  const updates = touched.flatMap(({ key, before: was, after }) => (was && after ? [{ key, was, after }] : []));
  const turned = (world: ReadonlyMap<EntityKey, Entity>): Entity[] =>
    updates.flatMap(({ key, was, after }) => {
      const one = world.get(key) ?? live.get(key);
      return one ? [turnedBack(one, was, after)] : [];
    });
  const changed = turned(wanted);

  const rest = removeKeys(recorded, gone);
  const around = [...changed, ...back, ...toEntities(rest), ...config.entities];
  let layout = rest;
  for (const [entities, keep] of [
    [changed, recorded],
    [back, before ?? recorded],
  ] as const) {
    const said = toLayout(withParents(entities, around), recorded.name, keep);
    const keys = new Set(entities.map(({ key }) => key));
    layout = withObjects(layout, said.layout, keys);
    for (const { key, reason } of said.skipped)
      if (keys.has(key)) problems.push(changedSince(key, `cannot come back. ${reason}`));
  }
  const served = revertServices({ run, before, now: layout, created: new Set(gone) });
  layout = served.layout;
  problems.push(...served.problems);
  const keys = touched.map(({ key }) => key);
  const part = partOf(keys, { wanted: toEntities(layout), live: config.entities, owned });
  // Only the run's own properties turn back; what has drifted beside them stays, and stays a drift.
  const only = new Map([...part, ...turned(live).map((entity) => [entity.key, entity] as const)]);
  return { layout, only, problems };
}

/** An object with the fields that differ between two states as they were in the earlier one. */
function turnedBack(entity: Entity, before: Entity, after: Entity): Entity {
  // A zone of another type keeps nothing of this one: what belongs to the one type is refused by the other.
  if (before.props["type"] !== after.props["type"]) return before;
  const props = { ...entity.props };
  for (const change of changedFields(before.props, after.props)) {
    if (change.before === null) delete props[change.field];
    else props[change.field] = change.before;
  }
  return { ...entity, id: entity.id === after.id ? before.id : entity.id, props };
}

/** Objects with the zones and VNets they live in, looked for in `around`, where the first of a key counts. */
function withParents(entities: readonly Entity[], around: readonly Entity[]): Entity[] {
  const all = new Map<EntityKey, Entity>();
  for (const entity of [...entities, ...around]) if (!all.has(entity.key)) all.set(entity.key, entity);
  const needed = new Map<EntityKey, Entity>();
  for (const entity of entities) {
    for (let one: Entity | undefined = entity; one; one = all.get(parentKey(one) ?? "")) needed.set(one.key, one);
  }
  return [...needed.values()];
}
