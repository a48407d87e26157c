import type { Layout } from "../layout/model";
import { type EntityKey, toEntities } from "../plan/entity";
import { type Part, partOf } from "../plan/part";
import type { LiveConfig, Owned } from "../ports";

/** A way back that is planned alone. */
export interface WayBack {
  /** The layout once the way has been gone. */
  readonly layout: Layout;
  readonly only: Part;
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
}): WayBack {
  const { recorded, config, owned, keys } = input;
  return { layout: recorded, only: partOf(keys, { wanted: toEntities(recorded), live: config.entities, owned }) };
}
