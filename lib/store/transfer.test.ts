import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { firstBrokenAudit } from "./audit";
import { openStore } from "./db";
import type { DatabasePlace } from "./raw-database";
import type { Store } from "./store";
import { fillStore } from "./testing/fill-store";
import { findPostgres, type PostgresServer, startPostgres } from "./testing/postgres-server";
import { exportDatabase, importDatabase } from "./transfer";

const migrationsDir = path.join(import.meta.dirname, "../../prisma/migrations");
const NOW = new Date("2026-11-24T13:00:00Z");
let base: string;
let source: DatabasePlace;
let original: string;

beforeAll(async () => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), "tl-transfer-"));
  source = embedded("source");
  const store = await open(source);
  await fillStore(store.db);
  await store.close();
  original = path.join(base, "original.gz");
  expect(await exportDatabase(source, original, NOW)).toMatchObject({ ok: true });
}, 120_000);
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

const embedded = (name: string): DatabasePlace => ({
  databaseUrl: null,
  dataDir: path.join(base, name),
  migrationsDir,
});

async function open(place: DatabasePlace): Promise<Store> {
  const opened = await openStore(place);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

const linesOf = (file: string): string[] => gunzipSync(fs.readFileSync(file)).toString().split("\n");

function written(name: string, content: Buffer | string): string {
  const file = path.join(base, name);
  fs.writeFileSync(file, content);
  return file;
}

describe("the export", () => {
  it("is private, says what it holds, and leaves out what does not last", () => {
    expect(fs.statSync(original).mode & 0o777).toBe(0o600);
    expect(fs.readdirSync(base).filter((name) => name.endsWith(".part"))).toEqual([]);
    const header = JSON.parse(linesOf(original)[0] ?? "");
    expect(header).toMatchObject({ format: "trunkline-export", version: 1, date: NOW.toISOString() });
    expect(header.tables).toContainEqual({ name: "RunEvent", rows: 242 });
    expect(header.tables).toContainEqual({ name: "AuditEntry", rows: 30 });
    expect(linesOf(original).join("\n")).toContain('"sealedSecret":"sealed"');
    expect(linesOf(original).join("\n")).toContain("12345678901234567890.10");
  });

  it("knows every table of the schema", async () => {
    const store = await open(source);
    const found = await store.db.$queryRaw<{ name: string }[]>`
      SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'`;
    await store.close();
    const exported: { name: string }[] = JSON.parse(linesOf(original)[0] ?? "").tables;
    const left = ["Session", "Verification", "RateLimit", "SetupLink", "Presence", "_prisma_migrations"];
    expect([...exported.map((table) => table.name), ...left].sort()).toEqual(found.map((row) => row.name).sort());
  });

  it("is refused while the server runs, over an existing file, and where there is no database", async () => {
    const store = await open(source);
    const file = path.join(base, "never.gz");
    expect(await exportDatabase(source, file, NOW)).toMatchObject({ ok: false, error: { kind: "held" } });
    await store.close();
    expect(await exportDatabase(source, original, NOW)).toMatchObject({ ok: false, error: { kind: "file" } });
    const nowhere = await exportDatabase(embedded("nowhere"), file, NOW);
    expect(nowhere).toMatchObject({ ok: false, error: { message: expect.stringContaining("no database in") } });
    expect(fs.existsSync(file)).toBe(false);
  }, 60_000);
});

describe("the import", () => {
  const text = () => linesOf(original).join("\n");
  const broken: [what: string, make: () => Buffer | string, says: string][] = [
    ["cut off", () => fs.readFileSync(original).subarray(0, -500), "unexpected end of file"],
    ["cut off between two rows", () => gzipSync(text().split("\n").slice(0, -9).join("\n")), "rows of AuditEntry"],
    ["with a changed byte", () => flipped(fs.readFileSync(original)), "not a complete export"],
    ["with a row of another table", () => gzipSync(text().replace('{"table":"Plan"', '{"table":"Run"')), "of Plan"],
    ["with a row too many", () => gzipSync(`${text()}{"table":"AuditEntry","row":{}}\n`), "goes on"],
    ["that is something else", () => "PGDMP", "not a complete export"],
    ["of a later format", () => gzipSync(text().replace('"version":1', '"version":2')), "has the version 2"],
    ["of a newer schema", () => gzipSync(text().replace(/"schema":"\d+/, '"schema":"29990101000000')), "does not know"],
  ];

  it.each(broken)("refuses a file %s without touching the target", async (what, make, says) => {
    const target = embedded(`target ${what}`);
    const refused = await importDatabase(target, written(`${what}.gz`, make()));
    expect(!refused.ok && refused.error.message).toContain(says);
    expect(fs.existsSync(target.dataDir)).toBe(false);
  });

  it("keeps no row when one in the middle does not fit, and then accepts the right file", async () => {
    const target = embedded("second attempt");
    const bad = gzipSync(text().replace(/("table":"Run","row":.*"state":)"applied"/, '$1"unheard-of"'));
    const refused = await importDatabase(target, written("bad.gz", bad));
    expect(!refused.ok && refused.error.message).toMatch(/no row was kept.*Run_state_check/);
    const store = await open(target);
    expect(await store.db.user.count()).toBe(0);
    await store.db.setupLink.create({ data: { hash: "h", purpose: "owner", expiresAt: NOW } });
    await store.close();
    expect(await importDatabase(target, original)).toMatchObject({ ok: true, value: { brokenAudit: null } });
    const filled = await open(target);
    // A link that was printed for the empty database would make one more owner.
    expect(await filled.db.setupLink.count()).toBe(0);
    await expect(filled.db.auditEntry.deleteMany()).rejects.toThrow(/append only/);
    await filled.close();
  }, 120_000);

  it("refuses a database that holds something and leaves it as it was", async () => {
    const target = embedded("occupied");
    const store = await open(target);
    await store.db.template.create({ data: { title: "mine", summary: "", layout: {}, createdBy: "x" } });
    await store.close();
    const refused = await importDatabase(target, original);
    expect(refused).toMatchObject({
      ok: false,
      error: { kind: "occupied", message: expect.stringContaining("Template") },
    });
    const after = await open(target);
    expect(await after.db.template.findMany({ select: { title: true } })).toEqual([{ title: "mine" }]);
    expect(await after.db.user.count()).toBe(0);
    await after.close();
  }, 120_000);

  it("loads a file of an older schema and migrates it", async () => {
    const newer = path.join(base, "migrations");
    fs.cpSync(migrationsDir, newer, { recursive: true });
    const next = path.join(newer, "29990101000000_next");
    fs.mkdirSync(next);
    fs.writeFileSync(
      path.join(next, "migration.sql"),
      `ALTER TABLE "Template" ADD "origin" TEXT; UPDATE "Template" SET "origin" = 'from ' || "title";
       ALTER TABLE "Template" ALTER "origin" SET NOT NULL;`,
    );
    const target = { ...embedded("next version"), migrationsDir: newer };
    expect(await importDatabase(target, original)).toMatchObject({ ok: true });
    const store = await open(target);
    expect(await store.db.$queryRaw`SELECT "origin" FROM "Template"`).toEqual([{ origin: "from t" }]);
    await store.close();
    const older = await exportDatabase({ ...source, migrationsDir: newer }, path.join(base, "x.gz"), NOW);
    expect(older).toMatchObject({ ok: false, error: { message: expect.stringContaining("29990101000000_next") } });
  }, 120_000);
});

const bin = findPostgres();
describe.skipIf(bin === null && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1")("between the two databases", () => {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    if (bin === null) throw new Error("PostgreSQL's programs are missing.");
    server = await startPostgres(bin);
  });
  afterAll(() => server?.stop());

  it("nothing is lost or changed: embedded to PostgreSQL and back gives the same file", async () => {
    const postgres = { ...embedded("unused"), databaseUrl: (await server?.createDatabase()) ?? null };
    expect(await importDatabase(postgres, original)).toMatchObject({ ok: true, value: { brokenAudit: null } });
    expect(await importDatabase(postgres, original)).toMatchObject({ ok: false, error: { kind: "occupied" } });
    // Here the server may go on running.
    const running = await open(postgres);
    expect(await firstBrokenAudit(running.db)).toBeNull();
    const second = path.join(base, "second.gz");
    expect(await exportDatabase(postgres, second, new Date())).toMatchObject({ ok: true });
    await running.close();

    const back = embedded("back");
    expect(await importDatabase(back, second)).toMatchObject({ ok: true, value: { brokenAudit: null } });
    const third = path.join(base, "third.gz");
    expect(await exportDatabase(back, third, NOW)).toMatchObject({ ok: true });
    expect(linesOf(second).slice(1)).toEqual(linesOf(original).slice(1));
    expect(fs.readFileSync(third).equals(fs.readFileSync(original))).toBe(true);
  }, 120_000);
});

function flipped(content: Buffer): Buffer {
  const at = Math.floor(content.length / 2);
  return Buffer.from(content.map((byte, index) => (index === at ? byte ^ 0xff : byte)));
}
