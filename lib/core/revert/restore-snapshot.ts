import type { WayBack } from "../drift/put-back";
import { toLayout } from "../layout/import-layout";
import type { Layout } from "../layout/model";
import { type Entity, type EntityKey, toEntities } from "../plan/entity";
import { keyName } from "../plan/key-name";
import { partOf } from "../plan/part";
import { changedFields } from "../plan/step";
import type { LiveConfig, Owned, SnapshotData } from "../ports";
import type { Problem } from "../problem";

export interface RestoreInput {
  readonly snapshot: SnapshotData;
  /** The layout of the last apply or the draft, for what Proxmox has no field for. */
  readonly keep: Layout;
  readonly config: LiveConfig;
  readonly owned: Owned;
  /** Keys that other layouts own in the cluster. */
  readonly others: Owned;
}

/**
 * What to plan so that the objects of a layout become what they were in a snapshot: changed back, made anew, or removed
 * where the snapshot has them not. Objects of others that differ are named in a warning each and never touched.
 */
export function restoreSnapshot(input: RestoreInput): WayBack & { readonly problems: readonly Problem[] } {
  const { snapshot, keep, config, owned, others } = input;
  const live = new Map(config.entities.map((entity) => [entity.key, entity]));
  const problems: Problem[] = [];
  const wanted = appliedIn(snapshot).filter((entity) => {
    const { key } = entity;
    const now = live.get(key);
    if (owned.has(key) || (!now && !others.has(key))) return true;
    if (!now || !isSame(entity, now))
      problems.push(leftAsItIs(key, "belongs to somebody else, so it is not restored."));
    return false;
  });
  const { layout, skipped } = toLayout(wanted, keep.name, keep);
  for (const { key, reason } of skipped) problems.push(leftAsItIs(key, `is not restored. ${reason}`));
  const left = new Set(skipped.map(({ key }) => key));
  const keys = [...owned, ...wanted.map(({ key }) => key)].filter((key) => !left.has(key));
  return { layout, only: partOf(keys, { wanted: toEntities(layout), live: config.entities, owned }), problems };
}

/** What ran when the snapshot was taken. Without pending changes that is what was edited, all that old ones have. */
const appliedIn = ({ pending, running, entities }: SnapshotData): readonly Entity[] =>
  pending.length > 0 ? running : entities;

const isSame = (a: Entity, b: Entity): boolean => a.id === b.id && changedFields(a.props, b.props).length === 0;

const leftAsItIs = (key: EntityKey, said: string): Problem => ({
  code: "left-as-it-is",
  severity: "warning",
  at: [key],
  message: `${keyName(key)} ${said}`,
});
