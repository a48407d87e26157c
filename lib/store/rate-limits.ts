import { randomUUID } from "node:crypto";
import type { Db } from "./store";

/**
 * Counts one attempt under `key` and gives the seconds to wait when there have been more than `max` within `windowMs`,
 * else null. One statement, so attempts at the same moment all count.
 */
export async function countAttempt(
  db: Db,
  key: string,
  limit: { readonly max: number; readonly windowMs: number },
  now: number,
): Promise<number | null> {
  const cutoff = BigInt(now - limit.windowMs);
  const rows = await db.$queryRaw<{ count: number; lastRequest: bigint }[]>`
    INSERT INTO "RateLimit" AS known ("id", "key", "count", "lastRequest")
    VALUES (${randomUUID()}, ${key}, 1, ${BigInt(now)})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN known."lastRequest" <= ${cutoff} THEN 1 ELSE known."count" + 1 END,
      "lastRequest" = CASE WHEN known."lastRequest" <= ${cutoff} THEN ${BigInt(now)} ELSE known."lastRequest" END
    RETURNING "count", "lastRequest"`;
  const row = rows[0];
  if (!row || row.count <= limit.max) return null;
  return Math.max(1, Math.ceil((Number(row.lastRequest) + limit.windowMs - now) / 1000));
}

export async function clearAttempts(db: Db, key: string): Promise<void> {
  await db.rateLimit.deleteMany({ where: { key } });
}
