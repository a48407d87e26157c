import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Failure, FailureKind } from "@/lib/core/failure";
import type { NodeState } from "@/lib/core/hosts/node-state";
import type { Hosts } from "@/lib/core/ports";
import type { Result } from "@/lib/core/result";
import { createHosts, type HostTimeouts } from "@/lib/hosts/hosts";
import { readHostKey } from "@/lib/hosts/ssh/connection";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { labState, labSubnet, labVnet } from "@/lib/hosts/testing/lab-state";
import { type Simulator, startSimulator } from "@/lib/simulator/start";

/** Every call to a node's agent, broken in every way there is, through the real client and a real SSH connection. */

const key = createKeyPair("trunkline@test");
const before = labState(1, []);
const after = labState(2, [labVnet("vnetmgmt", [labSubnet("10.10.0")])]);

const calls = {
  put: (hosts: Hosts) => hosts.put("pve1", after),
  apply: (hosts: Hosts) => hosts.apply("pve1"),
  remove: (hosts: Hosts) => hosts.remove("pve1"),
  "seed-remove": (hosts: Hosts) => hosts.removeSeed("pve1", []),
  plan: (hosts: Hosts) => hosts.plan("pve1"),
  status: (hosts: Hosts) => hosts.status("pve1"),
  version: (hosts: Hosts) => hosts.version("pve1"),
  "seed-scan": (hosts: Hosts) => hosts.scanSeed("pve1"),
};
type Verb = keyof typeof calls;
const verbs: readonly Verb[] = ["put", "apply", "remove", "seed-remove", "plan", "status", "version", "seed-scan"];
const writes: ReadonlySet<Verb> = new Set(["put", "apply", "remove", "seed-remove"]);

/** The revision that is in force on the node once the call was carried out; 0: none any more. */
const leaves: Readonly<Partial<Record<Verb, number>>> & { readonly plan: number } = { put: 2, remove: 0, plan: 1 };

function expectFailure(answer: Result<unknown, Failure>, kind: FailureKind, unclear: boolean): void {
  if (answer.ok) throw new Error("it worked");
  expect(answer.error).toMatchObject({ kind });
  expect(answer.error.message).toMatch(/^Could not [a-z].*pve1.*[.]$/s);
  expect(answer.error.next).toMatch(/[.]$/);
  expect(answer.error.unclear ?? false).toBe(unclear);
}

interface Way {
  readonly how: "unheard" | "unanswered" | "reset" | "hang" | "403" | "500" | "bad-json" | "empty" | "die";
  readonly kind: FailureKind;
  /** Whether the node may have done it, for what changes it. */
  readonly unclear: boolean;
  readonly done: boolean;
}

const ways: readonly Way[] = [
  { how: "unheard", kind: "unreachable", unclear: false, done: false },
  { how: "unanswered", kind: "unreachable", unclear: true, done: true },
  { how: "reset", kind: "unreachable", unclear: true, done: true },
  { how: "hang", kind: "timeout", unclear: true, done: false },
  { how: "403", kind: "forbidden", unclear: false, done: false },
  { how: "500", kind: "refused", unclear: true, done: false },
  { how: "bad-json", kind: "bad-answer", unclear: true, done: true },
  { how: "empty", kind: "bad-answer", unclear: true, done: true },
  { how: "die", kind: "refused", unclear: true, done: true },
];

/** What only looks is broken in fewer ways: nothing can have happened. */
const waysOf = (verb: Verb): readonly Way[] =>
  writes.has(verb) ? ways : ways.filter(({ how }) => ["unheard", "unanswered", "hang", "403", "500"].includes(how));

describe("calls to an agent", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    const agents = { authorizedKeys: [key.publicKey], nodes: {} };
    simulator = await startSimulator({ scene: "three-node", port: 0, control: true, speed: "instant", agents });
  });
  afterAll(() => simulator?.close());
  beforeEach(async () => {
    simulator.reset();
    // Nothing of what a test counts is done by the node itself.
    simulator.control("no-timer-pve1", "1");
  });

  function over(timeouts: Partial<HostTimeouts> = {}, privateKey = key.privateKey): Hosts {
    const usual = { connectMs: 20_000, readMs: 20_000, writeMs: 20_000 };
    return createHosts(
      (node) => {
        const found = simulator.agents.find((agent) => agent.node === node);
        if (!found) return null;
        return { node, host: "127.0.0.1", port: found.port, user: "trunkline", privateKey, hostKey: found.fingerprint };
      },
      { ...usual, ...timeouts },
    );
  }
  async function start(): Promise<void> {
    expect(await over().put("pve1", before)).toMatchObject({ ok: true });
    simulator.clearRequests();
  }
  const heard = () => simulator.requests().map(({ path }) => path.replace("/nodes/pve1/", ""));
  const revision = async () => {
    const status = await over().status("pve1");
    return status.ok ? (status.value.revision ?? 0) : status.error.kind;
  };

  for (const verb of verbs)
    it.each(waysOf(verb))(
      `${verb}, $how: said as it is, and unclear exactly when the node may have done it`,
      async (way) => {
        const write = writes.has(verb);
        if (write) await start();
        simulator.addFault({ match: { method: "SSH", path: `/${verb}$` }, how: way.how });
        const limit = way.how === "hang" ? { [write ? "writeMs" : "readMs"]: 400 } : {};
        expectFailure(await calls[verb](over(limit)), way.kind, write && way.unclear);
        // Never tried again by itself: one call is one command, with the question whose node it is before each change.
        expect(heard()).toEqual(write ? ["version", verb] : [verb]);
        if (write) expect(await revision()).toBe((way.done ? leaves[verb] : undefined) ?? leaves.plan);
        // Nothing stays broken: the same call again is done, whatever became of the first one.
        expect(await calls[verb](over())).toMatchObject({ ok: true });
      },
    );

  it("a change is not sent where the question before it is not answered", async () => {
    await start();
    for (const how of ["unheard", "unanswered", "403", "500", "empty"] as const) {
      simulator.addFault({ match: { method: "SSH", path: "/version$" }, how });
      const answer = await over().put("pve1", after);
      expect(answer).toMatchObject({ ok: false });
      expect(answer).not.toHaveProperty("error.unclear");
      simulator.clearFaults();
    }
    expect(await revision()).toBe(1);
  });

  it("an agent killed in the middle of a put goes on by itself when its timer comes round", async () => {
    await start();
    simulator.addFault({ match: { method: "SSH", path: "/put$" }, how: "die" });
    expect(await over().put("pve1", after)).toMatchObject({ ok: false, error: { unclear: true } });
    const found = await over().plan("pve1");
    expect(found.ok && found.value.changes.length).toBeGreaterThan(0);
    expect(await over().apply("pve1")).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(await over().plan("pve1")).toMatchObject({ ok: true, value: { changes: [] } });
  });

  it("a node that is slow is waited for", async () => {
    simulator.addFault({ match: { method: "SSH", path: "/put$" }, how: "slow", milliseconds: 300 });
    expect(await over().put("pve1", after)).toMatchObject({ ok: true, value: { revision: 2 } });
  });

  it("another host key is refused before anything is sent, and the right one is taken again", async () => {
    const pinned = simulator.agents.find(({ node }) => node === "pve1");
    expect(await readHostKey({ host: "127.0.0.1", port: pinned?.port ?? 0 }, 20_000)).toMatchObject({
      ok: true,
      value: { type: "ssh-ed25519", fingerprint: pinned?.fingerprint },
    });
    simulator.control("other-host-key-pve1", "1");
    expect(await over().put("pve1", after)).toMatchObject({ ok: false, error: { kind: "certificate" } });
    expect(heard()).toEqual([]);
    simulator.control("other-host-key-pve1");
    expect(await over().put("pve1", after)).toMatchObject({ ok: true });
  });

  it("a key that nobody let in is not taken, until somebody does", async () => {
    await start();
    const stranger = createKeyPair("stranger@test");
    const hosts = over({}, stranger.privateKey);
    expect(await hosts.status("pve1")).toMatchObject({ ok: false, error: { kind: "unauthorized" } });
    simulator.authorize(stranger.publicKey);
    expect(await hosts.status("pve1")).toMatchObject({ ok: true, value: { node: "pve1", revision: 1 } });
  });

  it.each<[string, FailureKind]>([
    ["offline-pve1", "unreachable"],
    ["no-agent-pve1", "unsupported"],
  ])("%s is told apart, and the other nodes are none the worse", async (flag, kind) => {
    simulator.control(flag, "1");
    expect(await over().put("pve1", after)).toMatchObject({ ok: false, error: { kind } });
    expect(await over().put("pve2", before)).toMatchObject({ ok: true, value: { node: "pve2" } });
  });

  it("refusals of the state come with place, reason and fix", async () => {
    await start();
    const old: NodeState = { ...after, revision: 1 };
    expect(await over().put("pve1", { ...before, repairSeconds: 1 })).toMatchObject({
      ok: false,
      error: { kind: "rejected", fields: { repairSeconds: expect.stringContaining("5 to 3600") } },
    });
    expect(await over().put("pve1", old)).toMatchObject({ ok: false, error: { kind: "stale" } });
    expect(await over().put("pve1", { ...after, owner: "somebody-else" })).toMatchObject({
      ok: false,
      error: { kind: "refused", message: expect.stringContaining("trunkline-lab") },
    });
    expect(await revision()).toBe(1);
  });
});
