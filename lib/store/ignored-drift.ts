import type { IgnoredDrift } from "@/prisma/generated/client";
import type { Db } from "./store";

/** Which drift: of one object, in what runs or in what is only edited. */
export type DriftPlace = Pick<IgnoredDrift, "layoutId" | "clusterId" | "key" | "where">;

export function listIgnored(db: Db, layoutId: string, clusterId: string): Promise<IgnoredDrift[]> {
  return db.ignoredDrift.findMany({ where: { layoutId, clusterId } });
}

/** Notes that a drift is left as it is, in place of what was noted for it before. */
export async function ignoreDrift(db: Db, ignored: IgnoredDrift): Promise<void> {
  const { layoutId, clusterId, key, where, ...rest } = ignored;
  const place = { layoutId, clusterId, key, where };
  await db.ignoredDrift.upsert({
    where: { layoutId_clusterId_key_where: place },
    create: ignored,
    update: rest,
  });
}

/** False when it was not ignored. */
export async function unignoreDrift(db: Db, place: DriftPlace): Promise<boolean> {
  const { count } = await db.ignoredDrift.deleteMany({ where: place });
  return count === 1;
}
