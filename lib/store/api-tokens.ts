import type { ApiToken } from "@/prisma/generated/client";
import type { Db } from "./store";

export function listApiTokens(db: Db): Promise<ApiToken[]> {
  return db.apiToken.findMany({ where: { revokedAt: null }, orderBy: { createdAt: "desc" } });
}

export async function insertApiToken(
  db: Db,
  input: Pick<ApiToken, "name" | "role" | "hash" | "createdBy">,
): Promise<string> {
  return (await db.apiToken.create({ data: input })).id;
}

/** The token with this hash unless it was revoked; notes its use, at most once a minute. */
export async function readApiToken(db: Db, hash: string, at: Date): Promise<ApiToken | null> {
  const token = await db.apiToken.findFirst({ where: { hash, revokedAt: null } });
  if (token && (token.lastUsedAt === null || at.getTime() - token.lastUsedAt.getTime() > 60_000)) {
    await db.apiToken.update({ where: { id: token.id }, data: { lastUsedAt: at } });
  }
  return token;
}

export async function revokeApiToken(db: Db, id: string, at: Date): Promise<boolean> {
  const { count } = await db.apiToken.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: at } });
  return count === 1;
}
