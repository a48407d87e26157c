import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { emptyLayout } from "@/lib/core/layout/model";
import type { Plan } from "@/lib/core/plan/plan";
import { appendAudit, firstBrokenAudit, listAudit } from "./audit";
import { insertCluster } from "./clusters";
import { finishRun } from "./finish-run";
import { appendEvent, readEvents } from "./journal";
import { freezeVersion, insertLayout, listVersions, saveDraft } from "./layouts";
import { insertPerson, updatePerson } from "./people";
import { insertPlan } from "./plans";
import { claimAbandoned, claimQueued, insertRun } from "./runs";
import type { Store } from "./store";
import { describeOnBoth } from "./testing/databases";

const at = new Date("2026-11-24T12:00:00Z");
const PLAN: Plan = {
  version: 1,
  base: "a",
  goal: "b",
  steps: [],
  changes: [],
  unchanged: 0,
  foreign: 0,
  problems: [],
  checks: [],
  pending: { choice: "stop", changes: [] },
  releases: [],
  localChanges: [],
  placement: [],
  owns: [],
  prove: {},
  nodes: [],
  notProvided: [],
};

const NOTHING = { owned: [], recorded: false };

describeOnBoth("the store", (open) => {
  let store: Store;
  beforeAll(async () => {
    store = await open();
  });

  const newCluster = async (): Promise<string> => {
    const id = randomUUID();
    const rest = { endpoints: ["http://x"], fingerprint: null, tokenId: "a@b!c", sealedSecret: "s", policy: "review" };
    await insertCluster(store.db, id, { name: id, ...rest });
    return id;
  };
  const newRun = async (clusterId: string) => {
    const layoutId = await insertLayout(store.db, { name: "l", clusterId, layout: emptyLayout("l"), by: "t" });
    const frozen = await freezeVersion(store.db, { id: layoutId, by: "t", at, note: null });
    const names = { layoutName: "l", clusterName: "c", layoutVersion: frozen?.version ?? 0, layoutId, clusterId };
    const planId = await insertPlan(store.db, { ...names, plan: PLAN, applicable: true, readAt: at, createdBy: "t" });
    const counts = { creates: 0, updates: 0, deletes: 0, replaces: 0 };
    const input = { ...names, ...counts, planId, actorId: "t", actor: "t", source: "app", objects: "" };
    const run = await insertRun(store.db, input, at);
    if (typeof run === "string") throw new Error("the plan was free");
    return { run, again: () => insertRun(store.db, input, at) };
  };

  it("saves a draft only over the revision it was made from", async () => {
    const id = await insertLayout(store.db, { name: "l", clusterId: null, layout: emptyLayout("l"), by: "t" });
    const save = (baseRev: number) => saveDraft(store.db, { id, baseRev, layout: emptyLayout("l"), by: "t", at });
    const answers = await Promise.all([save(1), save(1), save(1), save(1)]);
    expect(answers.filter((rev) => rev === 2)).toHaveLength(1);
    expect(answers.filter((rev) => rev === null)).toHaveLength(3);
    expect(await save(2)).toBe(3);
  });

  it("freezes a version once for equal documents, and numbers different ones", async () => {
    const id = await insertLayout(store.db, { name: "l", clusterId: null, layout: emptyLayout("l"), by: "t" });
    const freeze = () => freezeVersion(store.db, { id, by: "t", at, note: null });
    expect((await Promise.all([freeze(), freeze(), freeze()])).map((frozen) => frozen?.version)).toEqual([1, 1, 1]);
    await saveDraft(store.db, { id, baseRev: 1, layout: { ...emptyLayout("l"), site: "x" }, by: "t", at });
    expect((await freeze())?.version).toBe(2);
    expect((await listVersions(store.db, id)).map((row) => row.version)).toEqual([2, 1]);
  });

  it("uses a plan once and runs one run per cluster at a time, however many try", async () => {
    const clusterId = await newCluster();
    const first = await newRun(clusterId);
    expect(await first.again()).toBe("used");
    const second = await newRun(clusterId);
    const claims = await Promise.all(Array.from({ length: 8 }, (_, n) => claimQueued(store.db, `runner-${n}`, at)));
    expect(claims.filter((run) => run !== null).map((run) => run.id)).toEqual([first.run.id]);
    const runner = claims.find((run) => run !== null)?.runner ?? "";
    const end = { type: "ended", state: "failed", message: "m", proven: 0, nodes: 0 } as const;
    expect(await finishRun(store.db, { runId: first.run.id, runner, seq: 1, at, event: end }, NOTHING)).not.toBeNull();
    expect((await claimQueued(store.db, "later", at))?.id).toBe(second.run.id);
    expect(
      await finishRun(store.db, { runId: second.run.id, runner: "later", seq: 1, at, event: end }, NOTHING),
    ).not.toBeNull();
  });

  it("keeps a journal that nobody can change, and a place in it for one runner only", async () => {
    const { run } = await newRun(await newCluster());
    await claimQueued(store.db, "a", at);
    const note = { type: "note", level: "info", text: "with \u0000 in it" } as const;
    const line = (runner: string, seq: number) => ({ runId: run.id, runner, seq, at, event: note });
    expect(await appendEvent(store.db, line("a", 1))).toBe(true);
    await expect(appendEvent(store.db, line("a", 1))).rejects.toThrow();
    const taken = await claimAbandoned(store.db, "b", new Date(at.getTime() + 1), at);
    expect(taken?.id).toBe(run.id);
    expect(await appendEvent(store.db, line("a", 2))).toBe(false);
    expect(await appendEvent(store.db, line("b", 2))).toBe(true);
    expect((await readEvents(store.db, run.id, 0)).map((event) => event.seq)).toEqual([1, 2]);
    await expect(store.db.runEvent.deleteMany()).rejects.toThrow(/append only/);
    await expect(store.db.runEvent.updateMany({ data: { seq: 9 } })).rejects.toThrow(/append only/);
    await expect(store.db.$executeRawUnsafe('TRUNCATE "RunEvent" CASCADE')).rejects.toThrow(/append only/);
    await expect(store.db.run.delete({ where: { id: run.id } })).rejects.toThrow();
  });

  it("a run has started when its first event was written, not when it was taken", async () => {
    const { run } = await newRun(await newCluster());
    await claimQueued(store.db, "a", at);
    const line = (seq: number, ms: number) => ({ runId: run.id, runner: "a", seq, at: new Date(at.getTime() + ms) });
    const began = { type: "phase", phase: "check", state: "started" } as const;
    await appendEvent(store.db, { ...line(1, 50), event: began });
    await appendEvent(store.db, { ...line(2, 90), event: { ...began, phase: "lock" } });
    const row = await store.db.run.findUniqueOrThrow({ where: { id: run.id } });
    expect(row).toMatchObject({ startedAt: line(1, 50).at, heartbeatAt: line(2, 90).at, message: "Phase lock." });
  });

  it("chains audit entries and notices any change", async () => {
    const entry = (n: number) => ({
      at,
      actorId: "t",
      actor: "t",
      action: "x",
      target: `t/${n}`,
      detail: { b: 1, a: [n] },
    });
    await Promise.all([1, 2, 3, 4, 5].map((n) => appendAudit(store.db, entry(n))));
    expect((await listAudit(store.db, { limit: 3 })).map((row) => row.seq)).toEqual([5, 4, 3]);
    expect(await firstBrokenAudit(store.db)).toBeNull();
    await expect(store.db.auditEntry.updateMany({ data: { actor: "x" } })).rejects.toThrow(/append only/);
    await store.db.$executeRawUnsafe('ALTER TABLE "AuditEntry" DISABLE TRIGGER audit_entry_append_only');
    await store.db.auditEntry.update({ where: { seq: 3 }, data: { actor: "somebody else" } });
    expect(await firstBrokenAudit(store.db)).toBe(3);
    await store.db.auditEntry.update({ where: { seq: 3 }, data: { actor: "t" } });
    expect(await firstBrokenAudit(store.db)).toBeNull();
    await store.db.auditEntry.delete({ where: { seq: 2 } });
    expect(await firstBrokenAudit(store.db)).toBe(3);
    await store.db.$executeRawUnsafe('ALTER TABLE "AuditEntry" ENABLE TRIGGER audit_entry_append_only');
  });

  it("never loses the last owner, even when two demote each other at once", async () => {
    const person = (n: number) => ({ name: "p", email: `p${n}@example.org`, role: "owner", passwordHash: "x" });
    const ids = await Promise.all([1, 2].map((n) => insertPerson(store.db, person(n))));
    expect(await insertPerson(store.db, person(1))).toBeNull();
    const answers = await Promise.all(ids.map((id) => updatePerson(store.db, id ?? "", { role: "viewer" })));
    expect(answers.sort()).toEqual([false, true]);
  });

  it("refuses values outside the closed lists", async () => {
    await expect(store.db.user.create({ data: { id: "x", name: "x", email: "x", role: "admin" } })).rejects.toThrow();
  });

  it("undoes a transaction that fails, and only that", async () => {
    const key = (name: string) => ({ key: name, count: 1, lastRequest: 1n });
    const failing = store.db.$transaction(async (tx) => {
      await tx.rateLimit.create({ data: key("inside") });
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    await store.db.$transaction([store.db.rateLimit.create({ data: key("after") })], {
      isolationLevel: "Serializable",
    });
    expect((await store.db.rateLimit.findMany()).map((row) => row.key)).toEqual(["after"]);
  });
});

describe("the migrations", () => {
  it("make exactly the schema, as Prisma sees it", async () => {
    const root = path.join(import.meta.dirname, "../..");
    const prisma = path.join(root, "node_modules/prisma/build/index.js");
    const args = ["migrate", "diff", "--from-migrations", "prisma/migrations", "--to-schema", "prisma/schema.prisma"];
    const { stdout } = await promisify(execFile)(process.execPath, [prisma, ...args, "--exit-code"], { cwd: root });
    expect(stdout).toMatch(/No difference/);
  }, 60_000);
});
