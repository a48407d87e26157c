import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStore } from "./db";
import { EMBEDDED_MAJOR } from "./embedded";
import { layoutOf } from "./layouts";
import { restoreBackup } from "./restore";

let base: string;
beforeAll(() => {
  base = fs.mkdtempSync(path.join(os.tmpdir(), "tl-embedded-"));
});
afterAll(() => fs.rmSync(base, { recursive: true, force: true }));

async function open(dataDir: string) {
  const opened = await openStore({ databaseUrl: null, dataDir });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** Lets a process save until it has had `count` saves acknowledged, kills it, and gives the last of them. */
async function saveAndKill(dataDir: string, count: number): Promise<number> {
  const script = path.join(import.meta.dirname, "testing/saving-process.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, dataDir], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  let acknowledged = 0;
  let seen = 0;
  const gone = once(child, "exit");
  child.on("message", (rev) => {
    acknowledged = Number(rev);
    seen += 1;
    if (seen === count) child.kill("SIGKILL");
  });
  await gone;
  if (seen < count) throw new Error(`The process ended after ${seen} saves.`);
  return acknowledged;
}

describe("the embedded database", () => {
  it("loses no acknowledged save when the process is killed", async () => {
    const dataDir = path.join(base, "killed");
    for (const count of [25, 7, 60]) {
      const acknowledged = await saveAndKill(dataDir, count);
      const store = await open(dataDir);
      const row = await store.db.layout.findFirstOrThrow();
      // One more may have been written whose acknowledgement was cut off.
      expect([acknowledged, acknowledged + 1]).toContain(row.rev);
      expect(layoutOf(row.draft).description).toBe(`revision ${row.rev}`);
      await store.close();
    }
  }, 240_000);

  it("is opened by one process only, keeps its files private, and says why it cannot open", async () => {
    const dataDir = path.join(base, "single");
    const store = await open(dataDir);
    expect(fs.statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(fs.readFileSync(path.join(dataDir, "pg/PG_VERSION"), "utf8").trim()).toBe(EMBEDDED_MAJOR);
    const second = await openStore({ databaseUrl: null, dataDir });
    expect(!second.ok && second.error).toMatchObject({
      kind: "held",
      message: expect.stringContaining(`${process.pid}`),
    });
    await store.close();

    fs.writeFileSync(path.join(dataDir, "pg/PG_VERSION"), "12\n");
    const older = await openStore({ databaseUrl: null, dataDir });
    expect(!older.ok && older.error).toMatchObject({
      kind: "version",
      message: expect.stringContaining("PostgreSQL 12"),
    });

    fs.writeFileSync(path.join(base, "file"), "");
    const onFile = await openStore({ databaseUrl: null, dataDir: path.join(base, "file") });
    expect(!onFile.ok && onFile.error.kind).toBe("unwritable");
    const nowhere = await openStore({ databaseUrl: "postgresql://me:hidden@127.0.0.1:1/x", dataDir: null });
    expect(!nowhere.ok && nowhere.error).toMatchObject({
      kind: "unreachable",
      message: expect.stringContaining("127.0.0.1:1/x"),
    });
    expect(JSON.stringify(nowhere)).not.toContain("hidden");
  }, 120_000);

  it("comes back from a backup, keeps the newest ones, and refuses a newer database", async () => {
    const dataDir = path.join(base, "backup");
    const opened = await openStore({ databaseUrl: null, dataDir, keepBackups: 2 });
    if (!opened.ok) throw new Error(opened.error.message);
    const { db } = opened.value;
    const row = (key: string) => db.rateLimit.create({ data: { key, count: 1, lastRequest: 1n } });
    await row("before");
    await opened.value.backup();
    await opened.value.backup();
    const file = await opened.value.backup();
    expect(fs.readdirSync(path.join(dataDir, "backups"))).toHaveLength(2);
    await row("after");
    expect(await restoreBackup(dataDir, file ?? "")).toMatchObject({ ok: false, error: { kind: "held" } });
    await opened.value.close();

    expect(await restoreBackup(dataDir, path.join(base, "none.tar.gz"))).toMatchObject({ ok: false });
    const restored = await restoreBackup(dataDir, file ?? "");
    expect(restored.ok && fs.existsSync(restored.value.kept)).toBe(true);
    const again = await open(dataDir);
    expect((await again.db.rateLimit.findMany()).map((one) => one.key)).toEqual(["before"]);
    await again.db.$executeRawUnsafe(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at) VALUES ('x', 'x', '29990101000000_future', now())`,
    );
    await again.close();
    const newer = await openStore({ databaseUrl: null, dataDir });
    expect(!newer.ok && newer.error).toMatchObject({
      kind: "newer",
      message: expect.stringContaining("29990101000000_future"),
    });
  }, 240_000);
});
