import type { Owned } from "../ports";
import { parentKey } from "./diff";
import type { Entity, EntityKey } from "./entity";

interface Sides {
  readonly wanted: readonly Entity[];
  readonly live: readonly Entity[];
  readonly owned: Owned;
}

type ByKey = ReadonlyMap<EntityKey, Entity>;

const byKey = (entities: readonly Entity[]): ByKey => new Map(entities.map((entity) => [entity.key, entity]));

/** Objects that are planned alone, each as it shall be; null: it shall not be there. */
export type Part = ReadonlyMap<EntityKey, Entity | null>;

/**
 * Those of the wanted objects that can be planned alone: the ones of these keys, the parents they need that are not there,
 * what lives in something that goes away, and the subnets of a VNet that moves to another zone.
 */
export function partOf(keys: Iterable<EntityKey>, { wanted, live, owned }: Sides): Part {
  const will = byKey(wanted);
  const is = byKey(live);
  const part = new Map<EntityKey, Entity | null>();
  const take = (key: EntityKey): void => void part.set(key, will.get(key) ?? null);
  for (const key of keys) for (const one of [key, ...ancestors(key, will)]) if (one === key || !is.has(one)) take(one);
  // A zone's VNets before their subnets, so that one pass carries all the way down.
  for (const kind of ["vnet", "subnet"] as const)
    for (const child of live)
      if (child.kind === kind && owned.has(child.key) && isCarried(child, part, will, is)) take(child.key);
  return part;
}

function ancestors(key: EntityKey, all: ByKey): EntityKey[] {
  const entity = all.get(key);
  const up = entity ? parentKey(entity) : null;
  return up === null ? [] : [up, ...ancestors(up, all)];
}

/** Whether an object cannot stay as it is when the part changes: its parent goes, or moves to another zone. */
function isCarried(child: Entity, part: Part, will: ByKey, is: ByKey): boolean {
  const up = parentKey(child);
  if (up === null || !part.has(up)) return false;
  const moves = child.kind === "subnet" && will.get(up)?.props["zone"] !== is.get(up)?.props["zone"];
  return moves || !will.has(up);
}

/** What is wanted when only a part is to be planned: that part, and everything else we own as it is. */
export function wantedIn(part: Part, { live, owned }: Omit<Sides, "wanted">): Entity[] {
  const rest = live.filter(({ key }) => owned.has(key) && !part.has(key));
  return [...rest, ...[...part.values()].filter((entity) => entity !== null)];
}
