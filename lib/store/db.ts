import fs from "node:fs";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { err, ok, type Result } from "@/lib/core/result";
import { PrismaClient } from "@/prisma/generated/client";
import { openEmbedded } from "./embedded";
import { migrate } from "./migrate";
import { connectPostgres } from "./postgres";
import type { Store, StoreOptions } from "./store";
import { type StoreError, storeError } from "./store-error";

const migrationsIn = (options: StoreOptions): string =>
  options.migrationsDir ?? path.join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations");

/**
 * Opens the database and brings it to this build's schema. Every expected obstacle (a second process on the data
 * directory, a login that fails, a newer database) comes back as one sentence.
 */
export async function openStore(options: StoreOptions): Promise<Result<Store, StoreError>> {
  const dir = migrationsIn(options);
  if (!fs.existsSync(dir)) return err(storeError("migration", `The migrations are missing: there is no ${dir}.`));
  return options.databaseUrl === null ? openEmbedded(options, dir) : openPostgres(options.databaseUrl, dir);
}

async function openPostgres(url: string, migrationsDir: string): Promise<Result<Store, StoreError>> {
  const connected = await connectPostgres(url);
  if (!connected.ok) return connected;
  const client = connected.value;
  const migrated = await migrate(
    { exec: (sql) => client.query(sql), query: (sql, params) => client.query(sql, params) },
    migrationsDir,
  ).finally(() => client.end());
  if (!migrated.ok) return migrated;
  const db = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
  return ok({
    db,
    kind: "postgresql",
    backup: () => Promise.resolve(null),
    close: () => db.$disconnect(),
  });
}

const KEY = Symbol.for("trunkline.store");
type Shared = typeof globalThis & { [KEY]?: Promise<Result<Store, StoreError>> };

/**
 * The one store of this process. It hangs on globalThis, because a production build does not share module variables
 * between pages and route handlers, and two openings of one embedded database would destroy it.
 */
export function sharedStore(options: StoreOptions): Promise<Result<Store, StoreError>> {
  const shared = globalThis as Shared;
  shared[KEY] ??= openStore(options);
  return shared[KEY];
}
