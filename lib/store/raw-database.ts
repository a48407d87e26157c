import fs from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { PrismaPg } from "@prisma/adapter-pg";
import { err, ok, type Result } from "@/lib/core/result";
import { PrismaClient } from "@/prisma/generated/client";
import { inDataDirectory } from "./data-files";
import { lockDirectory } from "./directory-lock";
import { prepareDirectory } from "./embedded";
import { EmbeddedPg } from "./embedded-pg";
import type { MigrationSession } from "./migrate";
import { connectPostgres, withoutLogin } from "./postgres";
import type { Db } from "./store";
import { causeText, type StoreError, storeError } from "./store-error";
import { syncTree } from "./sync-tree";

/** Which database a command works on. */
export interface DatabasePlace {
  /** `postgresql://…`, or null for the embedded database in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  readonly migrationsDir: string;
}

/** A database as it is, migrated or not, with one session for plain SQL. */
export interface RawDatabase {
  readonly session: MigrationSession;
  /** The same database through Prisma, to be used outside the session's transactions only. */
  readonly db: Db;
  /** Where it is, for a sentence; without login. */
  readonly name: string;
  close(): Promise<void>;
}

/**
 * Opens a database without migrating it. The embedded one is locked, so a running Trunkline is a refusal. Opened to
 * `write`, all of it is on disk after closing.
 */
export function openRaw(place: DatabasePlace, use: "read" | "write"): Promise<Result<RawDatabase, StoreError>> {
  return place.databaseUrl === null
    ? openRawEmbedded(path.resolve(/* turbopackIgnore: true */ place.dataDir), use)
    : openRawPostgres(place.databaseUrl);
}

/** Whether there are files of an embedded database in the data directory. */
export const hasEmbedded = (dataDir: string): boolean =>
  fs.existsSync(path.join(/* turbopackIgnore: true */ inDataDirectory(dataDir, "pg"), "PG_VERSION"));

async function openRawPostgres(url: string): Promise<Result<RawDatabase, StoreError>> {
  const connected = await connectPostgres(url);
  if (!connected.ok) return connected;
  const client = connected.value;
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
  return ok({
    session: { exec: (sql) => client.query(sql), query: (sql, params) => client.query(sql, params) },
    db,
    name: withoutLogin(url),
    async close() {
      await db.$disconnect();
      await client.end();
    },
  });
}

async function openRawEmbedded(dataDir: string, use: "read" | "write"): Promise<Result<RawDatabase, StoreError>> {
  const unusable = prepareDirectory(dataDir);
  if (unusable) return err(unusable);
  const lock = await lockDirectory(inDataDirectory(dataDir, "lock"));
  if (!lock.ok) return lock;
  const files = inDataDirectory(dataDir, "pg");
  const opened = await PGlite.create(files).catch((cause: unknown) => causeText(cause));
  if (typeof opened === "string") {
    await lock.value.release();
    return err(storeError("broken", `The database in ${files} does not open (${opened}); restore a backup.`));
  }
  const db = new PrismaClient({ adapter: new EmbeddedPg(opened, () => Promise.resolve()) });
  return ok({
    session: { exec: (sql) => opened.exec(sql), query: (sql, params) => opened.query(sql, params) },
    db,
    name: files,
    async close() {
      try {
        await db.$disconnect();
        await opened.close();
        if (use === "write") syncTree(files);
      } finally {
        await lock.value.release();
      }
    },
  });
}
