import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Writable } from "node:stream";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { err } from "@/lib/core/result";
import type { SshSignIn } from "@/lib/hosts/ssh/connection";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { openStore } from "@/lib/store/db";
import { addAgent, installAgent, loadInstallScript, renewAgentKey } from "./agent-setup";
import { listAgents, readAgent } from "./agents";
import * as clusters from "./clusters";
import type { Context } from "./context";
import * as endpoints from "./endpoints";
import { hostsOverSsh } from "./host-access";
import { createLog } from "./log";
import { createSeal, readMasterKey } from "./seal";
import { must, mustFail, owner, provideStore, viewer } from "./testing/harness";
import { actorOfToken, createToken, revokeToken } from "./tokens";

const SECRET = "0f9d1c52-aaaa-bbbb-cccc-5f2d9b04a7e1";

let ctx: Context;
beforeAll(async () => {
  const opened = await openStore({ databaseUrl: null, dataDir: null });
  if (!opened.ok) throw new Error(opened.error.message);
  ctx = provideStore(opened.value);
}, 120_000);
afterAll(() => ctx.store.close());

describe("sealing", () => {
  it("opens what it sealed, for the same purpose and with the same key only", () => {
    const seal = createSeal("key one, long enough to be a key");
    const sealed = seal.seal(SECRET, "cluster/1");
    expect(sealed).not.toContain(SECRET);
    expect(seal.open(sealed, "cluster/1")).toEqual({ ok: true, value: SECRET });
    expect(seal.open(sealed, "cluster/2").ok).toBe(false);
    expect(createSeal("key two, long enough to be a key").open(sealed, "cluster/1").ok).toBe(false);
    expect(seal.seal(SECRET, "cluster/1")).not.toBe(sealed);
  });

  it("refuses any altered character", () => {
    const seal = createSeal("key one, long enough to be a key");
    const sealed = seal.seal(SECRET, "p");
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === "A" ? "B" : "A";
      const opened = seal.open(sealed.slice(0, at) + other + sealed.slice(at + 1), "p");
      // The last character of a base64url part may carry unused bits; then nothing was altered.
      if (opened.ok) expect(opened.value).toBe(SECRET);
    }
    for (const text of ["", "v1", "v1...", "v1.AAAA.AAAA.AAAA", sealed.slice(0, -4)]) {
      expect(seal.open(text, "p").ok).toBe(false);
    }
  });

  it("makes a key file once, readable by its owner only", () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "tl-key-"));
    const key = readMasterKey(null, path.join(dir, "data"));
    expect(key.length).toBeGreaterThan(40);
    expect(readMasterKey(null, path.join(dir, "data"))).toBe(key);
    expect(fs.statSync(path.join(dir, "data/secret.key")).mode & 0o777).toBe(0o600);
    expect(readMasterKey("given", path.join(dir, "data"))).toBe("given");
    fs.rmSync(dir, { recursive: true });
  });
});

describe("a cluster's secret", () => {
  it("is nowhere but sealed: not in the database, not in a view, not in a failure, not in the audit log", async () => {
    const input: clusters.ConnectInput = {
      name: "lab",
      endpoints: ["http://127.0.0.1:9"],
      fingerprint: null,
      tokenId: "trunkline@pve!app",
      secret: SECRET,
      policy: "review",
    };
    const { id } = must(await clusters.connectCluster(owner, input));
    must(await clusters.updateCluster(owner, { id, secret: `${SECRET}-new` }));
    const shown = [
      must(await clusters.listClusters(viewer)),
      must(await clusters.loadCluster(viewer, id)),
      must(await clusters.readClusterState(viewer, id)),
      mustFail(await clusters.connectCluster(owner, input)),
      mustFail(await clusters.connectCluster(owner, { ...input, name: "" })),
      await endpoints.checkPrivileges(owner, { clusterId: id }),
    ];
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    const tables = await ctx.db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    expect(tables.length).toBeGreaterThan(15);
    for (const { name } of tables) {
      const rows = await ctx.db.$queryRawUnsafe(`SELECT t::text AS line FROM "${name}" AS t`);
      expect(JSON.stringify(rows)).not.toContain(SECRET);
    }
    must(await clusters.removeCluster(owner, { id }));
    expect((await ctx.db.cluster.findUnique({ where: { id } }))?.sealedSecret).toBeNull();
  });

  it("is blanked in the log", () => {
    const lines: string[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        lines.push(String(chunk));
        done();
      },
    });
    const log = createLog("info", sink);
    log.info({ secret: SECRET, connection: { secret: SECRET }, a: { b: { token: SECRET } } }, "connecting");
    expect(lines.join("")).toContain("connecting");
    expect(lines.join("")).not.toContain(SECRET);
  });
});

describe("an agent's key, and what it is installed with", () => {
  it("are nowhere but sealed, or nowhere at all: not in the database, not in a view, not in a failure, not in the audit log", async () => {
    const sent: unknown[] = [];
    const install = async (target: SshSignIn) => {
      sent.push(target);
      return err({
        kind: "refused",
        retry: true,
        message: "Could not install the agent.",
        detail: "the script's words",
      } as const);
    };
    provideStore(ctx.store, { hosts: { ...hostsOverSsh, install } });
    const connection = { endpoints: ["http://127.0.0.1:9"], fingerprint: null, tokenId: "a@b!c", secret: "s" };
    const { id: clusterId } = must(
      await clusters.connectCluster(owner, { name: "with agents", policy: "review", ...connection }),
    );
    const place = { clusterId, node: "pve1" };
    const reach = { host: "127.0.0.1", port: 9, hostKey: `SHA256:${"x".repeat(43)}` };
    const pair = createKeyPair("of-root");
    const body = pair.privateKey.split("\n")[2] ?? "";
    const shown = [
      must(await addAgent(owner, { mode: "ssh", ...place, ...reach })),
      must(await loadInstallScript(owner, place)),
      mustFail(await installAgent(owner, { ...place, signIn: { password: SECRET } })),
      mustFail(await installAgent(owner, { ...place, user: "no user", signIn: { password: SECRET } })),
      mustFail(await installAgent(owner, { ...place, signIn: { privateKey: pair.privateKey, passphrase: SECRET } })),
      mustFail(await installAgent(owner, { ...place, signIn: { privateKey: `no key ${body}` } })),
      must(await renewAgentKey(owner, place)),
      must(await readAgent(viewer, place)),
      must(await listAgents(viewer, place)),
    ];
    expect(sent).toMatchObject([{ password: SECRET }, { passphrase: SECRET }]);
    const tables = await ctx.db.$queryRaw<{ name: string }[]>`
      SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`;
    const rows = await Promise.all(
      tables.map(({ name }) => ctx.db.$queryRawUnsafe(`SELECT t::text AS line FROM "${name}" AS t`)),
    );
    const everything = JSON.stringify([shown, rows]);
    for (const secret of [SECRET, body, "PRIVATE KEY"]) expect(everything).not.toContain(secret);
    const kept = await ctx.db.hostAgent.findFirst({ where: { clusterId } });
    expect(kept?.sealedKey).toMatch(/^v1[.]/);
    expect(JSON.stringify(shown)).not.toContain(kept?.sealedKey);
  });
});

describe("API tokens", () => {
  it("speak for their role until they are revoked, and are stored as hashes", async () => {
    const token = must(await createToken(owner, { name: "ci", role: "operator" }));
    expect(await actorOfToken(token.secret)).toMatchObject({ id: `token/${token.id}`, name: "ci", role: "operator" });
    expect(await actorOfToken(`${token.secret}x`)).toBeNull();
    expect(JSON.stringify(await ctx.db.apiToken.findMany())).not.toContain(token.secret);
    must(await revokeToken(owner, { id: token.id }));
    expect(await actorOfToken(token.secret)).toBeNull();
  });
});
