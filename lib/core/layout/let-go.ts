import { type EntityKey, toEntities } from "../plan/entity";
import type { Owned } from "../ports";
import { removeKeys } from "./edits";
import type { Layout } from "./model";

export interface LetGo {
  readonly draft: Layout;
  readonly recorded: Layout | null;
  /** Keys that the layout owns no more: those that were named, and what lives in them. */
  readonly drop: readonly EntityKey[];
}

/**
 * A layout without some of the objects it owns, which stay in the cluster as they are: out of its draft and of what it
 * last applied, so that no later plan deletes them. What the draft adds inside of them goes along.
 */
export function letGo(input: {
  readonly draft: Layout;
  readonly recorded: Layout | null;
  readonly owned: Owned;
  readonly keys: readonly EntityKey[];
}): LetGo {
  const { draft, recorded, owned, keys } = input;
  const rest = recorded && removeKeys(recorded, keys);
  const kept = new Set(rest ? toEntities(rest).map(({ key }) => key) : []);
  const inside = recorded ? toEntities(recorded).flatMap(({ key }) => (kept.has(key) ? [] : [key])) : [];
  const drop = [...new Set([...keys, ...inside])].filter((key) => owned.has(key)).sort();
  return { draft: removeKeys(draft, [...keys, ...drop]), recorded: rest, drop };
}
