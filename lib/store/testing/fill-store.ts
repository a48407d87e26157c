import { randomUUID } from "node:crypto";
import { emptyLayout } from "@/lib/core/layout/model";
import { appendAudit } from "../audit";
import { toJson } from "../json";
import type { Db } from "../store";

const at = new Date("2026-11-24T12:00:00.123Z");
const later = new Date("2026-11-24T12:05:00Z");

// Text that breaks a careless reader of lines or arrays: separators that are no line ends in JSON, quotes, braces.
const AWKWARD = 'line\nbreak, \u2028 separator, "quotes" \\ {brace,NULL} é 網 🙂';

/** Puts rows into every table there is, with nulls, awkward text, long journals and numbers no double can hold. */
export async function fillStore(db: Db): Promise<void> {
  const id = randomUUID;
  const userId = id();
  const account = { id: id(), accountId: userId, providerId: "credential", password: "salt:hash" };
  const session = { id: id(), token: id(), expiresAt: later };
  await db.user.create({
    data: {
      ...{ id: userId, name: AWKWARD, email: "owner@example.org", emailVerified: true, role: "owner", lastSeenAt: at },
      accounts: { create: account },
      sessions: { create: session },
    },
  });
  await db.verification.create({ data: { id: id(), identifier: "x", value: "y", expiresAt: later } });
  await db.rateLimit.create({ data: { key: "k", count: 1, lastRequest: 1n } });
  await db.setupLink.create({ data: { hash: id(), purpose: "owner", expiresAt: later } });
  await db.apiToken.create({ data: { name: "ci", role: "viewer", hash: "sha-of-token", createdBy: userId } });

  const clusterId = id();
  const endpoints = ["https://a:8006", AWKWARD];
  const cluster = { name: "lab", tokenId: "t@pve!app", sealedSecret: "sealed" };
  await db.cluster.create({ data: { ...cluster, id: clusterId, activeName: "lab", endpoints } });
  await db.cluster.create({ data: { ...cluster, endpoints: [], sealedSecret: null } });
  await db.installation.create({ data: { owner: "installation-of-the-test" } });
  const reach = { host: "10.0.0.11", port: 22, user: "trunkline", createdBy: userId };
  const keys = { hostKey: "SHA256:x", sealedKey: "sealed", publicKey: "ssh-ed25519 AAAA x" };
  const state = { schema: 1, owner: "installation-of-the-test", revision: 7, repairSeconds: 60, vnets: [], routes: [] };
  await db.hostAgent.create({
    data: {
      clusterId,
      node: "pve1",
      mode: "ssh",
      ...reach,
      ...keys,
      state,
      stateAt: at,
      revision: 8,
      report: { AWKWARD },
    },
  });
  await db.hostAgent.create({ data: { clusterId, node: "pve2", mode: "bundle", ...reach } });

  const layoutId = id();
  const layout = toJson({ ...emptyLayout("l"), description: AWKWARD });
  const made = { createdBy: userId, createdAt: at };
  await db.layout.create({ data: { ...made, id: layoutId, name: "l", clusterId, draft: layout, updatedBy: userId } });
  await db.layout.create({ data: { ...made, name: "free", draft: layout, updatedBy: userId } });
  await db.layoutVersion.createMany({
    data: [1, 2, 10].map((version) => ({ ...made, layoutId, version, layout, hash: `h${version}` })),
  });
  await db.ownership.create({ data: { clusterId, layoutId, key: "vnet/a", since: at } });
  await db.ignoredDrift.create({
    data: { layoutId, clusterId, key: "vnet/a", where: "applied", fingerprint: "f", reason: AWKWARD, by: "o", at },
  });
  await db.template.create({ data: { ...made, title: "t", summary: AWKWARD, tags: ["x y", ""], layout } });
  await fillRuns(db, { clusterId, clusterName: "lab", layoutId, layoutName: "l", layoutVersion: 2 });
  for (let n = 0; n < 30; n++) {
    await appendAudit(db, { at, actorId: userId, actor: "o", action: "x", target: `t/${n}`, detail: { n, AWKWARD } });
  }
}

type Names = Record<"clusterId" | "clusterName" | "layoutId" | "layoutName", string> & { layoutVersion: number };

async function fillRuns(db: Db, names: Names): Promise<void> {
  const plan = {
    ...names,
    plan: { steps: ["x".repeat(5_000)] },
    applicable: true,
    steps: 1,
    readAt: at,
    createdBy: "o",
  };
  for (let number = 1; number <= 45; number++) {
    const { id: planId } = await db.plan.create({ data: plan });
    if (number > 2) continue;
    const counts = { creates: 1, updates: 0, deletes: 0, replaces: 0 };
    const input = { ...names, ...counts, planId, actorId: "o", actor: "o", source: "app", objects: "a b" };
    const run = await db.run.create({ data: { ...input, number, state: "applied", endedAt: later } });
    await db.runEvent.createMany({
      data: Array.from({ length: 120 }, (_, n) => ({ runId: run.id, seq: n + 1, at, event: { type: "note", n } })),
    });
    await db.snapshot.create({
      data: { runId: run.id, clusterId: names.clusterId, fingerprint: "f", entities: [{ key: "vnet/a", b: null }] },
    });
  }
  const around = { running: [], pending: [], others: [], ipam: null };
  const taken = {
    clusterId: names.clusterId,
    fingerprint: "f",
    entities: [],
    around,
    takenBy: AWKWARD,
    addresses: null,
  };
  await db.snapshot.create({ data: taken });
  await db.$executeRaw`INSERT INTO "RunEvent" SELECT "id", 999, now(), '{"big": 12345678901234567890.10}' FROM "Run"`;
}
