import { randomUUID } from "node:crypto";
import type { User } from "@/prisma/generated/client";
import type { Db, Tx } from "./store";
import { unlessTaken } from "./unique";

export type PersonRow = User;

export function listPeople(db: Db): Promise<PersonRow[]> {
  return db.user.findMany({ orderBy: { createdAt: "asc" } });
}

export function findPerson(db: Db, id: string): Promise<PersonRow | null> {
  return db.user.findUnique({ where: { id } });
}

export const countOwners = (db: Db | Tx): Promise<number> =>
  db.user.count({ where: { role: "owner", disabled: false } });

/** The owner who has been there longest and may sign in, for recovery. */
export function firstOwner(db: Db): Promise<PersonRow | null> {
  return db.user.findFirst({ where: { role: "owner", disabled: false }, orderBy: { createdAt: "asc" } });
}

export interface PersonInput {
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly role: string;
  readonly passwordHash: string;
}

/** Creates a person who signs in with a password; null when the e-mail address is taken. */
export async function insertPerson(db: Db | Tx, input: PersonInput): Promise<string | null> {
  const id = randomUUID();
  const row = await unlessTaken(
    db.user.create({
      data: {
        id,
        name: input.name,
        email: input.email,
        emailVerified: true,
        role: input.role,
        accounts: {
          create: { id: randomUUID(), accountId: id, providerId: "credential", password: input.passwordHash },
        },
      },
    }),
  );
  return row?.id ?? null;
}

/** Sets a password and ends every session of that person. */
export async function setPassword(db: Db, id: string, passwordHash: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.account.updateMany({
      where: { userId: id, providerId: "credential" },
      data: { password: passwordHash },
    });
    if (count === 0) {
      await tx.account.create({
        data: { id: randomUUID(), accountId: id, providerId: "credential", userId: id, password: passwordHash },
      });
    }
    await tx.session.deleteMany({ where: { userId: id } });
  });
}

/** The stored password hash, or null when the person has none. */
export async function passwordHashOf(db: Db, id: string): Promise<string | null> {
  const row = await db.account.findFirst({ where: { userId: id, providerId: "credential" } });
  return row?.password ?? null;
}

/**
 * Changes role or access of a person; false when that would leave nobody who may sign in as owner. Sessions end when
 * access does. The owners are counted under a lock, so two owners cannot demote each other at the same moment.
 */
export async function updatePerson(
  db: Db,
  id: string,
  change: { readonly role?: string; readonly disabled?: boolean },
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "User" WHERE "role" = 'owner' ORDER BY "id" FOR UPDATE`;
    const person = await tx.user.findUniqueOrThrow({ where: { id } });
    const owns = person.role === "owner" && !person.disabled;
    const willOwn = (change.role ?? person.role) === "owner" && !(change.disabled ?? person.disabled);
    if (owns && !willOwn && (await countOwners(tx)) <= 1) return false;
    await tx.user.update({ where: { id }, data: change });
    if (change.disabled) await tx.session.deleteMany({ where: { userId: id } });
    return true;
  });
}

/** Remembers that a person was here; at most once a minute, because every request asks. */
export async function touchPerson(db: Db, id: string, at: Date): Promise<void> {
  const before = new Date(at.getTime() - 60_000);
  await db.user.updateMany({
    where: { id, OR: [{ lastSeenAt: null }, { lastSeenAt: { lt: before } }] },
    data: { lastSeenAt: at },
  });
}
