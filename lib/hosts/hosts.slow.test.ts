import fs from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Failure, FailureKind } from "@/lib/core/failure";
import type { NodeState } from "@/lib/core/hosts/node-state";
import type { Hosts } from "@/lib/core/ports";
import { createHosts } from "./hosts";
import type { SshTarget } from "./ssh/connection";
import { type Sshd, sshdReason, startSshd, withoutSshd } from "./testing/sshd";

/** Plays an agent: answers what the folder holds, and keeps what it was given. */
const SCRIPT = `
here=$(dirname "$0")
echo "$SSH_ORIGINAL_COMMAND" >> "$here/heard"
if [ "$SSH_ORIGINAL_COMMAND" = put ]; then cat > "$here/state"; fi
cat "$here/answer-$SSH_ORIGINAL_COMMAND"
exit $(cat "$here/exit-$SSH_ORIGINAL_COMMAND" 2>/dev/null || echo 0)`;

const STATE: NodeState = { schema: 1, owner: "trunkline-test", revision: 7, repairSeconds: 60, vnets: [], routes: [] };
const answer = (more: object = {}) => ({ schema: 1, agent: "1.0.0", node: "pve1", changes: [], error: null, ...more });

describe.skipIf(withoutSshd)(`the agents of a cluster${sshdReason}`, () => {
  let server: Sshd;
  let target: SshTarget;
  let hosts: Hosts;

  beforeAll(async () => {
    server = await startSshd(SCRIPT);
    const { port, user, key, fingerprint } = server;
    target = { node: "pve1", host: "127.0.0.1", port, user, privateKey: key.privateKey, hostKey: fingerprint };
    hosts = createHosts((node) => (node === "pve1" ? target : null));
  });
  afterAll(() => server?.stop());

  function serve(verb: string, text: unknown, exit = 0): void {
    fs.writeFileSync(
      path.join(server.folder, `answer-${verb}`),
      typeof text === "string" ? text : JSON.stringify(text),
    );
    fs.writeFileSync(path.join(server.folder, `exit-${verb}`), String(exit));
  }
  function heard(): string[] {
    const file = path.join(server.folder, "heard");
    const lines = fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim().split("\n") : [];
    fs.rmSync(file, { force: true });
    return lines;
  }
  const failed = (result: { ok: boolean; error?: Failure }): Failure => {
    if (result.ok || !result.error) throw new Error("it worked");
    expect(result.error.message).toMatch(/^Could not [a-z].*[.!?]$/s);
    expect(result.error.next).toMatch(/[.!?]$/);
    return result.error;
  };

  it("put hands the state over after asking who is there, and tells what was done", async () => {
    heard();
    serve("version", answer());
    const changes = [{ what: "address", object: "vnetmgmt 10.10.0.1/24", action: "add", detail: "" }];
    serve("put", answer({ owner: STATE.owner, revision: 7, changes }));
    const result = await hosts.put("pve1", STATE);
    expect(result).toMatchObject({
      ok: true,
      value: { agent: "1.0.0", revision: 7, changes, pending: [], leases: [] },
    });
    expect(heard()).toEqual(["version", "put"]);
    expect(JSON.parse(fs.readFileSync(path.join(server.folder, "state"), "utf8"))).toEqual(STATE);
  });

  it("nothing is changed on a node that is another one", async () => {
    serve("version", answer({ node: "pve2.example.org" }));
    heard();
    for (const result of [await hosts.put("pve1", STATE), await hosts.apply("pve1"), await hosts.remove("pve1")]) {
      expect(failed(result)).toMatchObject({ kind: "refused" });
      expect(failed(result).message).toContain("pve2");
    }
    expect(heard()).toEqual(["version", "version", "version"]);
    serve("version", answer({ node: "PVE1.example.org" }));
    expect((await hosts.put("pve1", STATE)).ok).toBe(true);
  });

  it("differences and what waits are answers", async () => {
    const lease = {
      vnet: "vnetmgmt",
      mac: "bc:24:11:00:00:01",
      ip: "10.10.0.5",
      hostname: "bastion",
      expires: 1_790_000_000,
    };
    const pending = [{ object: "vnetdev", reason: "the VNet is not there" }];
    serve("status", answer({ leases: [lease], repairs: [{ atMs: 1, changes: 2, what: ["nft"] }], pending }), 10);
    expect(await hosts.status("pve1")).toMatchObject({
      ok: true,
      value: { leases: [lease], pending, repairs: [{ changes: 2 }] },
    });
    serve("version", answer());
    serve("put", answer({ pending }), 4);
    expect(await hosts.put("pve1", STATE)).toMatchObject({ ok: true, value: { pending } });
  });

  it.each<[string, number, unknown, FailureKind, RegExp]>([
    [
      "a state it does not understand",
      2,
      answer({ error: { field: "vnets[0].mac", reason: "zz is no MAC address", fix: "Send another" } }),
      "rejected",
      /zz is no MAC/,
    ],
    [
      "another owner",
      3,
      answer({ error: { field: "owner", reason: "the node belongs to another-one", fix: "" } }),
      "refused",
      /another-one/,
    ],
    [
      "an older revision",
      3,
      answer({ error: { field: "revision", reason: "7 is older than 9", fix: "" } }),
      "stale",
      /older/,
    ],
    [
      "something it could not do",
      1,
      answer({ error: { field: "", reason: "nft: no such file", fix: "" } }),
      "refused",
      /nft/,
    ],
    ["a verb that the key does not allow", 126, "", "forbidden", /may not/],
    ["no agent", 127, "", "unsupported", /no agent/],
    ["an answer that is no JSON", 0, "Welcome to pve1!", "bad-answer", /no agent that is known/],
    ["an answer of another kind", 0, { schema: 2 }, "bad-answer", /no agent that is known/],
    ["nothing at all", 0, "", "bad-answer", /no agent that is known/],
  ])("%s is said as such", async (_, exit, text, kind, words) => {
    serve("version", answer());
    serve("put", text, exit);
    serve("plan", text, exit);
    const failure = failed(await hosts.put("pve1", STATE));
    expect(failure.kind).toBe(kind);
    expect(failure.message).toMatch(words);
    expect(failed(await hosts.plan("pve1")).unclear ?? false).toBe(false);
  });

  it("leftovers of the module are listed, and removed by their ids", async () => {
    const leftover = {
      ...{ id: "file:/etc/x", kind: "file", name: "/etc/x", detail: "", zone: "lab", vnet: null, cidr: null },
      shared: false,
    };
    const seed = { schema: 1, node: "pve1", leftovers: [leftover], left: [], removed: [], failed: [], error: null };
    serve("version", answer());
    serve("seed-scan", seed, 10);
    serve("seed-remove", { ...seed, leftovers: [], removed: [leftover] });
    heard();
    expect(await hosts.scanSeed("pve1")).toEqual({
      ok: true,
      value: expect.objectContaining({ leftovers: [leftover] }),
    });
    expect(await hosts.removeSeed("pve1", [leftover.id])).toMatchObject({ ok: true, value: { removed: [leftover] } });
    expect(heard()).toEqual(["seed-scan", "version", "seed-remove"]);
  });

  it("a state that no agent would read is not sent", async () => {
    heard();
    const routes = Array.from({ length: 30_000 }, () => ({ destination: "10.99.0.0/16", via: "10.10.0.5" }));
    expect(failed(await hosts.put("pve1", { ...STATE, routes })).kind).toBe("rejected");
    expect(heard()).toEqual([]);
  });

  it("a node without an agent is told apart", async () => {
    expect(failed(await hosts.put("pve9", STATE))).toMatchObject({ kind: "unsupported" });
  });
});
