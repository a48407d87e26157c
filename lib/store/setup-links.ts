import type { SetupLink } from "@/prisma/generated/client";
import type { Db } from "./store";

/** Stores a one-time link by the hash of its token. Older unused links of the same purpose stop working. */
export async function insertSetupLink(
  db: Db,
  input: { readonly hash: string; readonly purpose: string; readonly expiresAt: Date },
): Promise<void> {
  await db.$transaction([
    db.setupLink.deleteMany({ where: { purpose: input.purpose, usedAt: null } }),
    db.setupLink.create({ data: input }),
  ]);
}

/** The link with this hash when it is unused and not expired. */
export function findSetupLink(db: Db, hash: string, at: Date): Promise<SetupLink | null> {
  return db.setupLink.findFirst({ where: { hash, usedAt: null, expiresAt: { gt: at } } });
}

/** Uses a link up; false when somebody else just did. */
export async function spendSetupLink(db: Db, hash: string, at: Date): Promise<boolean> {
  const { count } = await db.setupLink.updateMany({
    where: { hash, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  });
  return count === 1;
}
