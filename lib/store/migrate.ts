import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { err, ok, type Result } from "@/lib/core/result";
import { causeText, type StoreError, storeError } from "./store-error";

/** One database session; everything here must run on the same one. */
export interface MigrationSession {
  /** Runs a script of several statements. */
  exec(sql: string): Promise<unknown>;
  query(sql: string, params?: unknown[]): Promise<{ rows: unknown[] }>;
}

interface AppliedRow {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: unknown;
}

// Prisma's own lock number, table and checksum, so that `prisma migrate status` and `deploy` agree with us.
const LOCK = 72707369;
const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;

/** Names of the migrations in `dir`, oldest first. */
export const migrationNames = (dir: string): string[] => readMigrations(dir).map((migration) => migration.name);

/** The newest migration this database has been through, or null when Trunkline has never opened it. */
export async function newestApplied(session: MigrationSession): Promise<string | null> {
  const table = await session.query(`SELECT to_regclass('public."_prisma_migrations"')::text AS name`);
  if ((table.rows[0] as { name: string | null }).name === null) return null;
  const newest = await session.query(
    'SELECT max(migration_name COLLATE "C") AS name FROM "_prisma_migrations" WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL',
  );
  return (newest.rows[0] as { name: string | null }).name;
}

/**
 * Applies the migrations of `dir` that the database has not seen, each in one transaction, and gives their names; with
 * `upTo`, those up to and with that one.
 * Refuses a database that a newer build migrated, one with a failed migration, and one whose applied migrations were
 * edited afterwards.
 */
export async function migrate(
  session: MigrationSession,
  dir: string,
  upTo?: string,
): Promise<Result<readonly string[], StoreError>> {
  // The cast is needed because a void column has no type that every driver can read.
  await session.query(`SELECT pg_advisory_lock(${LOCK})::text`);
  try {
    return await applyMissing(session, dir, upTo);
  } finally {
    await session.query(`SELECT pg_advisory_unlock(${LOCK})`);
  }
}

async function applyMissing(
  session: MigrationSession,
  dir: string,
  upTo: string | undefined,
): Promise<Result<readonly string[], StoreError>> {
  await session.exec(TABLE);
  const found = await session.query(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
  );
  const applied = found.rows as AppliedRow[];
  const available = readMigrations(dir);
  const refusal = refusalFor(applied, available);
  if (refusal) return err(refusal);

  const done: string[] = [];
  for (const migration of available) {
    if (upTo !== undefined && migration.name > upTo) break;
    if (applied.some((row) => row.migration_name === migration.name)) continue;
    const failed = await applyOne(session, migration);
    if (failed) return err(failed);
    done.push(migration.name);
  }
  return ok(done);
}

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

function readMigrations(dir: string): Migration[] {
  return fs
    .readdirSync(dir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((name) => {
      const sql = fs.readFileSync(path.join(/* turbopackIgnore: true */ dir, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    });
}

function refusalFor(applied: readonly AppliedRow[], available: readonly Migration[]): StoreError | null {
  const failed = applied.find((row) => !row.finished_at);
  if (failed) {
    return storeError(
      "migration",
      `Migration ${failed.migration_name} failed earlier and left the database half changed; restore a backup, or repair it and mark it with "npx prisma migrate resolve".`,
    );
  }
  const unknown = applied.filter((row) => !available.some((migration) => migration.name === row.migration_name));
  if (unknown.length > 0) {
    const names = unknown.map((row) => row.migration_name).join(", ");
    return storeError(
      "newer",
      `The database is newer than this version of Trunkline (${names}); start the newer version.`,
    );
  }
  const edited = available.find((migration) =>
    applied.some((row) => row.migration_name === migration.name && row.checksum !== migration.checksum),
  );
  if (edited) {
    return storeError(
      "migration",
      `Migration ${edited.name} was changed after it was applied; restore the original file.`,
    );
  }
  return null;
}

async function applyOne(session: MigrationSession, migration: Migration): Promise<StoreError | null> {
  await session.exec("BEGIN");
  try {
    await session.exec(migration.sql);
    await session.query(
      'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), now(), 1)',
      [randomUUID(), migration.checksum, migration.name],
    );
    await session.exec("COMMIT");
    return null;
  } catch (cause) {
    await session.exec("ROLLBACK");
    return storeError("migration", `Migration ${migration.name} failed and was undone: ${causeText(cause)}`);
  }
}
