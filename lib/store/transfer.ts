import fs from "node:fs";
import { err, ok, type Result } from "@/lib/core/result";
import { firstBrokenAudit } from "./audit";
import { type MigrationSession, migrate, migrationNames, newestApplied } from "./migrate";
import { type DatabasePlace, hasEmbedded, openRaw, type RawDatabase } from "./raw-database";
import { causeText, type StoreError, storeError } from "./store-error";
import { checkTransfer, readTransfer, type TransferHeader, type TransferRow, writeTransfer } from "./transfer-file";

// In an order in which each table comes after those it refers to, with the order of its rows. "C" is the one collation
// that is the same in every database.
const TABLES: readonly (readonly [table: string, order: string])[] = [
  ["User", '"id" COLLATE "C"'],
  ["Account", '"id" COLLATE "C"'],
  ["ApiToken", '"id" COLLATE "C"'],
  ["Cluster", '"id" COLLATE "C"'],
  ["HostAgent", '"clusterId" COLLATE "C", "node" COLLATE "C"'],
  ["Installation", '"id"'],
  ["Layout", '"id" COLLATE "C"'],
  ["LayoutVersion", '"layoutId" COLLATE "C", "version"'],
  ["Ownership", '"clusterId" COLLATE "C", "key" COLLATE "C"'],
  ["Template", '"id" COLLATE "C"'],
  ["Plan", '"id" COLLATE "C"'],
  ["Run", '"id" COLLATE "C"'],
  ["RunEvent", '"runId" COLLATE "C", "seq"'],
  ["Snapshot", '"id" COLLATE "C"'],
  ["IgnoredDrift", '"layoutId" COLLATE "C", "clusterId" COLLATE "C", "key" COLLATE "C", "where" COLLATE "C"'],
  ["AuditEntry", '"seq"'],
];

// What is worth something for hours only: sign-ins, one-time links, counters, and who is where. An import removes them, because a link
// that was made for an empty database creates an owner.
const SHORT_LIVED = ["Session", "Verification", "RateLimit", "SetupLink", "Presence"];

const PAGE_ROWS = 20;
const BATCH_BYTES = 1_000_000;

/**
 * Writes everything that lasts to `file`: gzip over JSON lines, the same from either database. Secrets stay sealed and
 * tokens hashed, so the key has to be kept apart and moved along. `now` goes into the header.
 */
export async function exportDatabase(
  place: DatabasePlace,
  file: string,
  now: Date,
): Promise<Result<{ readonly rows: number }, StoreError>> {
  if (fs.existsSync(file)) return err(storeError("file", `${file} exists already; choose another name.`));
  if (place.databaseUrl === null && !hasEmbedded(place.dataDir)) {
    return err(storeError("broken", `There is no database in ${place.dataDir}; check TRUNKLINE_DATA_DIR.`));
  }
  return withDatabase(place, "read", async ({ session, name }) => {
    const schema = await newestApplied(session);
    const expected = migrationNames(place.migrationsDir).at(-1);
    if (schema === null || schema !== expected) {
      return err(
        storeError(
          "migration",
          `The database ${name} has the schema ${schema ?? "of no Trunkline"}, this version exports ${expected}; start this version on it once, or export with the version that runs on it.`,
        ),
      );
    }
    try {
      // One snapshot for counts and rows, whatever a running server writes meanwhile.
      await session.exec("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      const tables = await countRows(session);
      await writeTransfer(file, { schema, date: now.toISOString(), tables }, rowsOf(session));
      return ok({ rows: tables.reduce((sum, table) => sum + table.rows, 0) });
    } catch (cause) {
      return err(storeError("file", `The export ${file} could not be written: ${causeText(cause)}.`));
    } finally {
      await session.exec("ROLLBACK").catch(() => undefined);
    }
  });
}

async function countRows(session: MigrationSession): Promise<{ name: string; rows: number }[]> {
  const counts: { name: string; rows: number }[] = [];
  for (const [name] of TABLES) {
    const counted = await session.query(`SELECT count(*)::int AS rows FROM "${name}"`);
    counts.push({ name, rows: (counted.rows[0] as { rows: number }).rows });
  }
  return counts;
}

async function* rowsOf(session: MigrationSession): AsyncGenerator<TransferRow> {
  for (const [table, order] of TABLES) {
    await session.query(
      `DECLARE page CURSOR FOR SELECT row_to_json(t)::text AS json FROM "${table}" t ORDER BY ${order}`,
    );
    for (;;) {
      const page = (await session.query(`FETCH ${PAGE_ROWS} FROM page`)).rows as { json: string }[];
      for (const row of page) yield { table, json: row.json };
      if (page.length < PAGE_ROWS) break;
    }
    await session.query("CLOSE page");
  }
}

/** What an import brought; `brokenAudit` is the first audit entry that does not fit the chain, null when all fit. */
export interface Imported {
  readonly rows: number;
  readonly date: string;
  readonly brokenAudit: number | null;
}

/**
 * Reads an export into an empty database of either kind, in one transaction. A file of an older schema is loaded into
 * that schema and migrated afterwards. The file is read to its end before the database is opened, so one that is damaged,
 * cut off or too new changes nothing; neither does a database that holds something already.
 */
export async function importDatabase(place: DatabasePlace, file: string): Promise<Result<Imported, StoreError>> {
  if (!fs.existsSync(file)) return err(storeError("file", `There is no file ${file}.`));
  const checked = await checkTransfer(file);
  if (!checked.ok) return checked;
  const header = checked.value;
  if (!migrationNames(place.migrationsDir).includes(header.schema)) {
    return err(
      storeError(
        "newer",
        `${file} has the schema ${header.schema}, which this Trunkline does not know; use a newer one.`,
      ),
    );
  }
  return withDatabase(place, "write", async (target) => {
    const refused = await refusalOf(target, header);
    if (refused) return err(refused);
    const prepared = await migrate(target.session, place.migrationsDir, header.schema);
    if (!prepared.ok) return prepared;
    const failed = await loadAll(target, file);
    if (failed) return err(failed);
    const migrated = await migrate(target.session, place.migrationsDir);
    if (!migrated.ok) return migrated;
    const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
    return ok({ rows, date: header.date, brokenAudit: await firstBrokenAudit(target.db) });
  });
}

async function refusalOf({ session, name }: RawDatabase, header: TransferHeader): Promise<StoreError | null> {
  const full = await firstFilled(session);
  if (full) return occupied(name, full);
  const schema = await newestApplied(session);
  if (schema === null || schema <= header.schema) return null;
  return storeError(
    "occupied",
    `The database ${name} is empty but has the newer schema ${schema}; import into one that no Trunkline has opened.`,
  );
}

const occupied = (name: string, table: string): StoreError =>
  storeError(
    "occupied",
    `The database ${name} is not empty (${table} has rows), nothing was changed; use an empty one.`,
  );

/** All tables there are, except Prisma's own. */
async function tablesOf(session: MigrationSession): Promise<string[]> {
  const found = await session.query(
    "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'",
  );
  return (found.rows as { name: string }[]).map((row) => row.name);
}

/** The first table that holds something lasting, or null when the database counts as empty. */
async function firstFilled(session: MigrationSession): Promise<string | null> {
  for (const table of await tablesOf(session)) {
    if (SHORT_LIVED.includes(table)) continue;
    const found = await session.query(`SELECT EXISTS (SELECT FROM ${quoted(table)}) AS some`);
    if ((found.rows[0] as { some: boolean }).some) return table;
  }
  return null;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

async function loadAll({ session, name }: RawDatabase, file: string): Promise<StoreError | null> {
  await session.exec("BEGIN");
  try {
    const tables = await tablesOf(session);
    // Readers go on; a server that was started on the empty database meanwhile waits with what it wants to write.
    await session.query(`LOCK TABLE ${tables.map(quoted).join(", ")} IN EXCLUSIVE MODE`);
    const full = await firstFilled(session);
    if (full) {
      await session.exec("ROLLBACK");
      return occupied(name, full);
    }
    for (const table of SHORT_LIVED.filter((known) => tables.includes(known))) {
      await session.query(`DELETE FROM ${quoted(table)}`);
    }
    for await (const batch of batchesOf(readTransfer(file))) await insert(session, batch);
    await session.exec("COMMIT");
    return null;
  } catch (cause) {
    await session.exec("ROLLBACK").catch(() => undefined);
    return storeError("file", `${file} does not fit the database ${name}, no row was kept: ${causeText(cause)}.`);
  }
}

interface Batch {
  readonly table: string;
  readonly rows: readonly string[];
}

/** Groups rows of one table into statements of about a megabyte. */
async function* batchesOf(all: AsyncIterable<TransferRow>): AsyncGenerator<Batch> {
  let table = "";
  let rows: string[] = [];
  let size = 0;
  for await (const row of all) {
    if (rows.length > 0 && (row.table !== table || size > BATCH_BYTES)) {
      yield { table, rows };
      rows = [];
      size = 0;
    }
    table = row.table;
    rows.push(row.json);
    size += row.json.length;
  }
  if (rows.length > 0) yield { table, rows };
}

async function insert(session: MigrationSession, { table, rows }: Batch): Promise<void> {
  // As text first: each driver would turn a parameter of type json into JSON in a way of its own.
  await session.query(
    `INSERT INTO ${quoted(table)} SELECT * FROM json_populate_recordset(NULL::${quoted(table)}, $1::text::json)`,
    [`[${rows.join(",")}]`],
  );
}

async function withDatabase<T>(
  place: DatabasePlace,
  use: "read" | "write",
  work: (database: RawDatabase) => Promise<Result<T, StoreError>>,
): Promise<Result<T, StoreError>> {
  const opened = await openRaw(place, use);
  if (!opened.ok) return opened;
  try {
    return await work(opened.value);
  } finally {
    await opened.value.close();
  }
}
