import type { Presence } from "@/prisma/generated/client";
import type { Db } from "./store";

/** A tab that has not been heard of for this long is gone. */
const GONE_MS = 15_000;

/**
 * Notes what a tab looks at and gives everybody else in the layout, the last heard first; tabs that are gone are
 * forgotten. A null `cursor` is nothing selected. The layout has to exist.
 */
export async function meetOthers(db: Db, own: Presence): Promise<readonly Omit<Presence, "layoutId">[]> {
  const { layoutId, id, at } = own;
  await db.presence.upsert({ where: { layoutId_id: { layoutId, id } }, create: own, update: own });
  await db.presence.deleteMany({ where: { at: { lt: new Date(at.getTime() - GONE_MS) } } });
  return db.presence.findMany({
    where: { layoutId, id: { not: id } },
    omit: { layoutId: true },
    orderBy: { at: "desc" },
  });
}

/** A tab that is being closed. */
export async function leave(db: Db, place: Pick<Presence, "layoutId" | "id">): Promise<void> {
  await db.presence.deleteMany({ where: place });
}
