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

/**
 * The keys of a part of a layout that can be planned alone: those given, the parents they need that are not there, what
 * lives in something that goes away, and the subnets of a VNet that moves to another zone.
 */
export function partOf(keys: Iterable<EntityKey>, { wanted, live, owned }: Sides): Set<EntityKey> {
  const will = byKey(wanted);
  const is = byKey(live);
  const part = new Set(keys);
  for (const key of [...part]) for (const up of ancestors(key, will)) if (!is.has(up)) part.add(up);
  // A zone's VNets before their subnets, so that one pass carries all the way down.
  for (const kind of ["vnet", "subnet"] as const)
    for (const child of live)
      if (child.kind === kind && owned.has(child.key) && isCarried(child, part, will, is)) part.add(child.key);
  return part;
}

function ancestors(key: EntityKey, all: ByKey): EntityKey[] {
  const entity = all.get(key);
  const up = entity ? parentKey(entity) : null;
  return up === null ? [] : [up, ...ancestors(up, all)];
}

/** Whether an object cannot stay as it is when the part changes: its parent goes, or moves to another zone. */
function isCarried(child: Entity, part: ReadonlySet<EntityKey>, will: ByKey, is: ByKey): boolean {
  const up = parentKey(child);
  if (up === null || !part.has(up)) return false;
  const moves = child.kind === "subnet" && will.get(up)?.props["zone"] !== is.get(up)?.props["zone"];
  return moves || !will.has(up);
}

/** What is wanted when only a part of a layout is: that part as the layout says, everything else we own as it is. */
export function wantedIn(part: ReadonlySet<EntityKey>, { wanted, live, owned }: Sides): Entity[] {
  const rest = live.filter(({ key }) => owned.has(key) && !part.has(key));
  return [...rest, ...wanted.filter(({ key }) => part.has(key))];
}
