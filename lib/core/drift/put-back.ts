import type { Layout } from "../layout/model";
import { type EntityKey, toEntities } from "../plan/entity";
import { partOf } from "../plan/part";
import type { LiveConfig, Owned } from "../ports";

/** A layout of which only some objects are to be planned. */
export interface Part {
  readonly layout: Layout;
  readonly only: ReadonlySet<EntityKey>;
}

/**
 * What to plan so that exactly these objects become again what was last applied: changed back, made anew with the parents
 * they need, or removed with what lives in them. Everything else stays as it is.
 */
export function putBack(input: {
  /** The layout of the last apply. */
  readonly recorded: Layout;
  readonly config: LiveConfig;
  readonly owned: Owned;
  readonly keys: Iterable<EntityKey>;
}): Part {
  const { recorded, config, owned, keys } = input;
  return { layout: recorded, only: partOf(keys, { wanted: toEntities(recorded), live: config.entities, owned }) };
}
