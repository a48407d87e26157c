import type { Layout } from "../layout/model";
import { diffEntities } from "../plan/diff";
import { type Entity, type EntityKey, type EntityKind, type PropValue, toEntities } from "../plan/entity";
import { changedFields, type FieldChange } from "../plan/step";
import type { LiveConfig, Owned, PendingChange } from "../ports";

/** One property as last applied and as it is now; null where it is not set. */
export interface DriftField {
  readonly field: string;
  readonly recorded: PropValue | null;
  readonly live: PropValue | null;
}

/**
 * One owned object that is not as it was last applied. `applied`: what runs differs. `pending`: somebody has edited it
 * and not applied that yet; then `recorded` is what runs.
 */
export interface DriftItem {
  readonly key: EntityKey;
  readonly kind: EntityKind;
  readonly id: string;
  readonly where: "applied" | "pending";
  /** `missing`: it is gone. `unexpected`: it is there although the last apply removed it. */
  readonly op: "changed" | "missing" | "unexpected";
  readonly fields: readonly DriftField[];
}

export interface Drift {
  readonly items: readonly DriftItem[];
  /** Pending changes of objects that are not ours. */
  readonly foreignPending: readonly PendingChange[];
}

/**
 * How a cluster differs from what was last applied, by the same comparison as the plan's: what runs and what is only
 * edited apart. `recorded` is the layout of the last apply; only objects in `owned` are looked at.
 */
export function findDrift(input: {
  readonly recorded: Layout;
  readonly owned: Owned;
  readonly config: LiveConfig;
}): Drift {
  const { recorded, owned, config } = input;
  const wanted = toEntities(recorded).filter(({ key }) => owned.has(key));
  // Subnets of a VNet that is about to be removed cannot be read any more, so nothing is known about them.
  const leaving = new Set(
    config.pending.flatMap(({ kind, id, state }) => (kind === "vnet" && state === "deleted" ? [id] : [])),
  );
  const readable = ({ kind, props }: Entity): boolean => kind !== "subnet" || !leaving.has(String(props["vnet"]));
  const applied = diffEntities(config.running, wanted.filter(readable), owned).differences.flatMap(
    (difference): DriftItem[] => {
      if (difference.op === "create") return [item(difference.after, "applied", "missing", [])];
      if (difference.op === "delete") return [item(difference.before, "applied", "unexpected", [])];
      // What is only carried along by its parent has not drifted itself.
      return difference.fields.length > 0 ? [item(difference.before, "applied", "changed", difference.fields)] : [];
    },
  );
  return {
    items: [...applied, ...pendingItems(config, owned)],
    foreignPending: config.pending.filter((change) => !owned.has(keyOf(config, change) ?? "")),
  };
}

/** Fields of a plan lead from live to recorded; drift is told the other way round. */
const item = (
  { key, kind, id }: Entity,
  where: DriftItem["where"],
  op: DriftItem["op"],
  fields: readonly FieldChange[],
): DriftItem => ({
  key,
  kind,
  id,
  where,
  op,
  fields: fields.map(({ field, before, after }) => ({ field, recorded: after, live: before })),
});

function pendingItems({ entities, running }: LiveConfig, owned: Owned): DriftItem[] {
  const edited = new Map(entities.map((entity) => [entity.key, entity]));
  const runs = new Map(running.map((entity) => [entity.key, entity]));
  return [...owned].sort().flatMap((key): DriftItem[] => {
    const [was, is] = [runs.get(key), edited.get(key)];
    if (was && !is) return [item(was, "pending", "missing", [])];
    if (!was && is) return [item(is, "pending", "unexpected", [])];
    const fields = was && is ? changedFields(is.props, was.props) : [];
    return is && fields.length > 0 ? [item(is, "pending", "changed", fields)] : [];
  });
}

function keyOf({ entities, running }: LiveConfig, { kind, id }: PendingChange): EntityKey | null {
  return [...entities, ...running].find((entity) => entity.kind === kind && entity.id === id)?.key ?? null;
}
