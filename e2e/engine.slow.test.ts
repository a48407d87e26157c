import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { recoverRun } from "@/lib/core/apply/recover";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import { isApplicable } from "@/lib/core/plan/make-plan";
import { applyLayout, clearStage, collect, inputFor, openStage, planFor, readLive, type Stage, truth } from "./engine";

const two: Layout = {
  version: 1,
  name: "two",
  zones: [{ id: "office", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: [
    { id: "mgmt", zone: "office", tag: 10, alias: "Management" },
    { id: "voip", zone: "office", tag: 20 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" },
    { vnet: "voip", cidr: "10.20.0.0/24", gateway: "10.20.0.1" },
  ],
};
const swapped: Layout = {
  ...two,
  vnets: [
    { id: "mgmt", zone: "office", tag: 20, alias: "Management" },
    { id: "voip", zone: "office", tag: 10 },
  ],
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

const written = () => stage.simulator.requests().filter((request) => request.method !== "GET");
const commits = () => written().filter((request) => request.method === "PUT" && request.path === "/cluster/sdn").length;

describe("a run", () => {
  it("locks, stages everything, commits once, proves every node and unlocks", async () => {
    const plan = await planFor(stage, two);
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(written().map((request) => `${request.method} ${request.path}`)).toEqual([
      "POST /cluster/sdn/lock",
      "POST /cluster/sdn/zones",
      "POST /cluster/sdn/vnets",
      "POST /cluster/sdn/vnets",
      "POST /cluster/sdn/vnets/mgmt/subnets",
      "POST /cluster/sdn/vnets/voip/subnets",
      "PUT /cluster/sdn",
      "DELETE /cluster/sdn/lock",
    ]);
    const token = events.find((event) => event.type === "locked")?.token;
    for (const request of written().slice(1)) expect(request.parameters).toMatchObject({ "lock-token": token });
  });

  it("sends nothing when the cluster matches already", async () => {
    await applyLayout(stage, two);
    stage.simulator.clearRequests();
    const { end, plan } = await applyLayout(stage, two);
    expect(plan.steps).toEqual([]);
    expect(end.state).toBe("applied");
    expect(written()).toEqual([]);
  });

  it("swaps two tags, which no order of plain changes can do", async () => {
    await applyLayout(stage, two);
    expect((await applyLayout(stage, swapped)).end.state).toBe("applied");
    expect((await planFor(stage, swapped)).steps).toEqual([]);
  });

  it("is blocked by other people's pending changes and sends nothing", async () => {
    const plan = await planFor(stage, two);
    await stage.cluster.write(
      { op: "create", after: { key: "zone/other", kind: "zone", id: "other", props: { type: "simple" } } },
      null,
    );
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(written()).toEqual([]);
    expect(isApplicable(await planFor(stage, two))).toBe(false);
  });

  it("is blocked when the cluster changed since the plan was made", async () => {
    const plan = await planFor(stage, two);
    await applyLayout(stage, { ...two, vnets: two.vnets.slice(0, 1), subnets: [] });
    stage.simulator.clearRequests();
    expect((await collect(runPlan(inputFor(stage, plan)))).end).toMatchObject({
      state: "blocked",
      failure: { kind: "stale" },
    });
    expect(written()).toEqual([]);
  });

  it("is blocked by somebody else's lock and leaves it alone", async () => {
    const plan = await planFor(stage, two);
    const lock = await stage.cluster.lock({ allowPending: false });
    expect((await collect(runPlan(inputFor(stage, plan)))).end).toMatchObject({
      state: "blocked",
      failure: { kind: "locked" },
    });
    expect(lock.ok && (await stage.cluster.unlock(lock.value)).ok).toBe(true);
  });

  it("tells which node failed although Proxmox's own task says OK", async () => {
    stage.simulator.control("fail-ifreload-pve2", "1");
    const { end, events } = await applyLayout(stage, two);
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(end.message).toContain("pve2");
    expect(events).toContainEqual(expect.objectContaining({ type: "node", node: "pve2", state: "failed" }));
  });

  it("tells which node was unreachable", async () => {
    const plan = await planFor(stage, two);
    stage.simulator.control("offline-pve3", "1");
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(end.message).toContain("pve3");
  });

  it("rehearses without leaving a trace, in the configuration or in the address database", async () => {
    const plan = await planFor(stage, two);
    const before = await truth(stage);
    const { end, events } = await collect(runPlan(inputFor(stage, plan, { rehearse: true })));
    expect(end).toMatchObject({ state: "failed" });
    expect(end.failure).toBeUndefined();
    expect(events.filter((event) => event.type === "dry-run").map((event) => event.interfaces)).toEqual([
      expect.stringContaining("vmbr0.10"),
      expect.stringContaining("vmbr0.10"),
      expect.stringContaining("vmbr0.10"),
    ]);
    expect(await truth(stage)).toEqual(before);
    expect(commits()).toBe(0);
    // Residue in the IPAM would refuse the very same subnets a second time.
    expect((await applyLayout(stage, two)).end.state).toBe("applied");
  });
});

/** Whatever is claimed at the end must be what really is. */
async function expectHonest(end: { state: string }, base: string, goal: string, hint: string) {
  const is = await truth(stage);
  switch (end.state) {
    case "applied":
      expect(is, hint).toEqual({ running: goal, edited: goal, pending: 0, locked: false });
      break;
    case "failed":
    case "blocked":
      expect(is, hint).toEqual({ running: base, edited: base, pending: 0, locked: false });
      break;
    case "partially-applied":
      expect(is.running, hint).toBe(goal);
      break;
    case "needs-attention":
      break;
    default:
      throw new Error(`${hint}: unexpected end ${end.state}`);
  }
  return is;
}

describe("the truth when one call breaks", () => {
  it.each(["unheard", "unanswered", "500"] as const)(
    "is told when any one call is %s",
    { timeout: 120_000 },
    async (how) => {
      const ends = new Set<string>();
      for (let nth = 1; ; nth += 1) {
        clearStage(stage);
        await applyLayout(stage, two);
        const plan = await planFor(stage, { ...swapped, subnets: two.subnets.slice(0, 1) });
        stage.simulator.clearRequests();
        stage.simulator.addFault({ match: {}, nth, how, times: 1 });
        const { end } = await collect(runPlan(inputFor(stage, plan)));
        const calls = stage.simulator.requests().length;
        const sent = commits();
        await expectHonest(end, plan.base, plan.goal, `call ${nth} ${how}: ${end.message}`);
        ends.add(end.state);
        expect(sent, `call ${nth}: commits`).toBeLessThanOrEqual(1);
        if (nth > calls) break;
      }
      expect(ends).toContain("applied");
      expect(ends).toContain("failed");
    },
  );

  it("is told when every call fails from some moment on", { timeout: 120_000 }, async () => {
    for (let nth = 1; ; nth += 1) {
      clearStage(stage);
      const plan = await planFor(stage, two);
      stage.simulator.clearRequests();
      stage.simulator.addFault({ match: {}, nth, how: "unheard", times: 100_000 });
      const { end } = await collect(runPlan(inputFor(stage, plan)));
      const calls = stage.simulator.requests().length;
      await expectHonest(end, plan.base, plan.goal, `from call ${nth} on: ${end.message}`);
      if (nth > calls) break;
    }
  });
});

describe("a run that is cut off", () => {
  it("is picked up from its journal at every event, and never commits twice", { timeout: 120_000 }, async () => {
    for (let cut = 1; ; cut += 1) {
      clearStage(stage);
      const plan = await planFor(stage, two);
      stage.simulator.clearRequests();
      const run = runPlan(inputFor(stage, plan));
      const journal: RunEvent[] = [];
      while (journal.length < cut) {
        const next = await run.next();
        if (next.done) break;
        journal.push(next.value);
      }
      if (journal.at(-1)?.type === "ended") break;
      const { end } = await collect(recoverRun({ ...inputFor(stage, plan), journal }));
      const hint = `cut after ${JSON.stringify(journal.at(-1)).slice(0, 120)}: ${end.message}`;
      const sent = commits();
      await expectHonest(end, plan.base, plan.goal, hint);
      // Between asking for the lock and knowing its token nobody can say whether the cluster is locked.
      const asking = journal.at(-1)?.type === "phase" && !journal.some((event) => event.type === "locked");
      if (!asking) expect(end.state, hint).not.toBe("needs-attention");
      expect(sent, hint).toBeLessThanOrEqual(1);
    }
  });

  it("can be cancelled at every event before the commit, leaving the cluster unchanged", {
    timeout: 120_000,
  }, async () => {
    for (let cut = 1; ; cut += 1) {
      clearStage(stage);
      const plan = await planFor(stage, two);
      const events: RunEvent[] = [];
      const run = runPlan(inputFor(stage, plan, { cancelled: () => events.length >= cut }));
      for await (const event of run) events.push(event);
      const end = events.at(-1);
      if (end?.type !== "ended") throw new Error("no end");
      await expectHonest(end, plan.base, plan.goal, `cancelled at event ${cut}`);
      const committing = events.findIndex((event) => event.type === "committing");
      if (committing >= 0) expect(end.state).toBe("applied");
      else expect(end.state).toBe("failed");
      if (events.length < cut) break;
    }
  });
});

describe("ownership", () => {
  it("never changes or deletes what the layout does not own", async () => {
    await applyLayout(stage, two);
    stage.owned = new Set();
    const before = await readLive(stage);
    const plan = await planFor(stage, { ...two, zones: [], vnets: [], subnets: [] });
    expect(plan.steps).toEqual([]);
    const clash = await planFor(stage, two);
    expect(isApplicable(clash)).toBe(false);
    expect(clash.problems.map((problem) => problem.code)).toContain("already-exists");
    expect(await readLive(stage)).toEqual(before);
  });
});
