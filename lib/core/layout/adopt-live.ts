import { parentKey } from "../plan/diff";
import { type Entity, type EntityKey, toEntities } from "../plan/entity";
import { removeKeys } from "./edits";
import { type Imported, toLayout } from "./import-layout";
import type { Layout } from "./model";
import { withObjects } from "./with-objects";

export interface Adopted {
  readonly layout: Layout;
  /** Keys that are in the cluster and now also in the layout, those of parents that had to come along included. */
  readonly keys: readonly EntityKey[];
  /** What a layout cannot say, each with the reason; it stays as it was. */
  readonly skipped: Imported["skipped"];
}

/**
 * The layout with some objects exactly as they are in the cluster: changed, added together with the zone or VNet they
 * live in, or removed where the cluster has them no more. Names, metadata and host services stay. Changes no cluster.
 */
export function adoptLive(input: {
  readonly layout: Layout;
  /** One view of the cluster: as edited, or as it runs. */
  readonly live: readonly Entity[];
  readonly keys: Iterable<EntityKey>;
}): Adopted {
  const live = new Map(input.live.map((entity) => [entity.key, entity]));
  const there = new Set(toEntities(input.layout).map(({ key }) => key));
  const wanted = new Set<EntityKey>();
  const around = new Set<EntityKey>();
  const gone: EntityKey[] = [];
  for (const key of input.keys) {
    const entity = live.get(key);
    if (!entity) {
      gone.push(key);
      continue;
    }
    wanted.add(key);
    for (let up = parentKey(entity); up !== null; up = upFrom(live.get(up))) {
      around.add(up);
      if (!there.has(up)) wanted.add(up);
    }
  }
  const entities = input.live.filter(({ key }) => wanted.has(key) || around.has(key));
  const said = toLayout(entities, input.layout.name, input.layout);
  const skipped = said.skipped.filter(({ key }) => wanted.has(key));
  for (const { key } of skipped) wanted.delete(key);
  const layout = withObjects(removeKeys(input.layout, gone), said.layout, wanted);
  return { layout, keys: [...wanted].sort(), skipped };
}

const upFrom = (entity: Entity | undefined): EntityKey | null => (entity ? parentKey(entity) : null);
