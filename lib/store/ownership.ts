import type { EntityKey } from "@/lib/core/plan/entity";
import type { Owned } from "@/lib/core/ports";
import type { Db, Tx } from "./store";

/** What a layout owns in a cluster. */
export async function ownedBy(db: Db | Tx, clusterId: string, layoutId: string): Promise<Owned> {
  const rows = await db.ownership.findMany({ where: { clusterId, layoutId }, select: { key: true } });
  return new Set(rows.map((row) => row.key));
}

/** Who owns what in a cluster, by key. */
export async function ownersIn(
  db: Db | Tx,
  clusterId: string,
): Promise<ReadonlyMap<EntityKey, { readonly layoutId: string; readonly name: string }>> {
  const rows = await db.ownership.findMany({
    where: { clusterId },
    select: { key: true, layoutId: true, layout: { select: { name: true } } },
  });
  return new Map(rows.map(({ key, layoutId, layout }) => [key, { layoutId, name: layout.name }]));
}

/** How many objects a layout owns, in all clusters. */
export function countOwned(db: Db, layoutId: string): Promise<number> {
  return db.ownership.count({ where: { layoutId } });
}

/** Makes `keys` exactly what the layout owns in the cluster; a key of another layout stays with that one. */
export async function replaceOwned(
  tx: Tx,
  input: {
    readonly clusterId: string;
    readonly layoutId: string;
    readonly keys: readonly EntityKey[];
    readonly at: Date;
  },
): Promise<void> {
  const { clusterId, layoutId } = input;
  await tx.ownership.deleteMany({ where: { clusterId, layoutId, key: { notIn: [...input.keys] } } });
  await tx.ownership.createMany({
    data: input.keys.map((key) => ({ clusterId, layoutId, key, since: input.at })),
    skipDuplicates: true,
  });
}
