import fs from "node:fs";
import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { err, ok, type Result } from "@/lib/core/result";
import { PrismaClient } from "@/prisma/generated/client";
import { pruneBackups, writeBackup } from "./backup-files";
import { inDataDirectory } from "./data-files";
import { type DirectoryLock, lockDirectory } from "./directory-lock";
import { EmbeddedPg } from "./embedded-pg";
import { migrate } from "./migrate";
import type { Store, StoreOptions } from "./store";
import { causeText, type StoreError, storeError } from "./store-error";
import { WalSync } from "./wal-sync";

/** PostgreSQL major version inside the pinned PGlite. Files of another major cannot be opened by it. */
export const EMBEDDED_MAJOR = "18";

/** Opens the database inside this process: the directory, its lock, PGlite, the migrations. */
export async function openEmbedded(options: StoreOptions, migrationsDir: string): Promise<Result<Store, StoreError>> {
  if (options.dataDir === null) return openFiles(null, null, options, migrationsDir);
  const dataDir = path.resolve(/* turbopackIgnore: true */ options.dataDir);
  const unwritable = prepareDirectory(dataDir);
  if (unwritable) return err(unwritable);
  const lock = await lockDirectory(inDataDirectory(dataDir, "lock"));
  if (!lock.ok) return lock;
  const store = await openFiles(dataDir, lock.value, options, migrationsDir);
  if (!store.ok) await lock.value.release();
  return store;
}

/** Makes the data directory and looks at what is in it; gives the reason when it cannot be used by this version. */
export function prepareDirectory(dataDir: string): StoreError | null {
  try {
    fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    fs.accessSync(dataDir, fs.constants.W_OK | fs.constants.X_OK);
  } catch (cause) {
    return storeError(
      "unwritable",
      `The data directory ${dataDir} cannot be written (${causeText(cause)}); choose another with TRUNKLINE_DATA_DIR.`,
    );
  }
  const version = path.join(/* turbopackIgnore: true */ inDataDirectory(dataDir, "pg"), "PG_VERSION");
  const found = fs.existsSync(version) ? fs.readFileSync(version, "utf8").trim() : EMBEDDED_MAJOR;
  if (found === EMBEDDED_MAJOR) return null;
  return storeError(
    "version",
    `The database in ${dataDir} has the format of PostgreSQL ${found}, this version of Trunkline reads ${EMBEDDED_MAJOR}; run "npm run export" with the version that wrote it, move the folder pg away, and "npm run import" here.`,
  );
}

async function openFiles(
  dataDir: string | null,
  lock: DirectoryLock | null,
  options: StoreOptions,
  migrationsDir: string,
): Promise<Result<Store, StoreError>> {
  const files = dataDir === null ? null : inDataDirectory(dataDir, "pg");
  const opened = await PGlite.create(files ?? "memory://").catch((cause: unknown) => causeText(cause));
  if (typeof opened === "string") {
    return err(
      storeError(
        "broken",
        `The database in ${files} does not open (${opened}); restore a backup from ${dataDir}/backups.`,
      ),
    );
  }
  const migrated = await migrate(
    { exec: (sql) => opened.exec(sql), query: (sql, params) => opened.query(sql, params) },
    migrationsDir,
  );
  if (!migrated.ok) {
    await opened.close();
    return migrated;
  }
  const wal = files === null ? null : new WalSync(path.join(/* turbopackIgnore: true */ files, "pg_wal"));
  await wal?.sync();
  const db = new PrismaClient({ adapter: new EmbeddedPg(opened, () => wal?.sync() ?? Promise.resolve()) });
  return ok({
    db,
    kind: "embedded",
    async backup() {
      if (dataDir === null) return null;
      const dir = inDataDirectory(dataDir, "backups");
      const file = await writeBackup(dir, await opened.dumpDataDir("gzip"));
      await pruneBackups(dir, options.keepBackups ?? 7);
      return file;
    },
    async close() {
      await db.$disconnect();
      await opened.close();
      await lock?.release();
    },
  });
}
