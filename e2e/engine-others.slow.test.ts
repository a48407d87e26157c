import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { runPlan } from "@/lib/core/apply/run";
import type { IpamAddress } from "@/lib/core/ports";
import {
  applyLayout,
  clearStage,
  collect,
  entity,
  inputFor,
  openStage,
  planFor,
  readLive,
  type Stage,
  stageByOthers,
  truth,
  written,
} from "./engine";

import { lab, nothing, swapped, two } from "./engine-layouts";

const stale: IpamAddress = {
  zone: "lab",
  vnet: "lab1",
  subnet: "10.60.0.0/24",
  ip: "10.60.0.50",
  mac: "BC:24:11:00:00:50",
  vmid: null,
  hostname: null,
  gateway: false,
};

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

const paths = () => written(stage).map(({ method, path }) => `${method} ${path}`);
const theirs = entity("zone", "theirs", { type: "simple" });

describe("the lock of somebody else", () => {
  it("is waited for, told, and never forced", async () => {
    const plan = await planFor(stage, two);
    const lock = await stage.cluster.lock({ allowPending: false });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "locked" } });
    expect(end.message).toContain("locked by someone else, who is unknown");
    expect(paths().every((path) => path === "POST /cluster/sdn/lock")).toBe(true);
    expect(events.filter((event) => event.type === "note").map(({ text }) => text)).toEqual([
      "Somebody else holds the SDN lock. Asking again in 1 s.",
      "Somebody else holds the SDN lock. Asking again in 2 s.",
      "Somebody else holds the SDN lock. Asking again in 1 s.",
    ]);
    expect(lock.ok && (await stage.cluster.unlock(lock.value)).ok).toBe(true);
  });

  it("is taken as soon as it is free", async () => {
    const plan = await planFor(stage, two);
    const lock = await stage.cluster.lock({ allowPending: false });
    const run = runPlan(inputFor(stage, plan));
    for await (const event of run) {
      if (event.type === "note" && lock.ok) await stage.cluster.unlock(lock.value);
      if (event.type === "ended") expect(event.state).toBe("applied");
    }
  });

  it("is not waited for any longer once the run is cancelled", async () => {
    const plan = await planFor(stage, two);
    await stage.cluster.lock({ allowPending: false });
    const events: RunEvent[] = [];
    const cancelled = () => events.some((event) => event.type === "note");
    for await (const event of runPlan(inputFor(stage, plan, { cancelled }))) events.push(event);
    expect(events.at(-1)).toMatchObject({ state: "failed", message: expect.stringContaining("while waiting") });
    expect(events.filter((event) => event.type === "note")).toHaveLength(1);
  });

  it("is released when one of our own runs left it behind", async () => {
    const plan = await planFor(stage, two);
    const left = await stage.cluster.lock({ allowPending: false });
    const leftLocks = ["0193aaaa-0000-7000-8000-000000000000", left.ok && left.value ? left.value : ""];
    const { end, events } = await collect(runPlan(inputFor(stage, plan, { leftLocks })));
    expect(end.state).toBe("applied");
    expect(events).toContainEqual(expect.objectContaining({ text: expect.stringContaining("earlier run of ours") }));
    expect((await truth(stage)).locked).toBe(false);
  });
});

describe("pending changes of others", () => {
  const foreign = async () => {
    await applyLayout(stage, two);
    await stageByOthers(stage, { op: "create", after: theirs });
  };

  it("included: are committed along, with the person and the reason in the journal", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "include" });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events).toContainEqual(
      expect.objectContaining({ type: "pending", choice: "include", by: "olga", reason: "agreed with everybody" }),
    );
    expect(written(stage)[0]?.parameters).toMatchObject({ "allow-pending": "1" });
    expect(written(stage)).toHaveLength(plan.steps.length + 3);
    expect((await readLive(stage)).running.map(({ key }) => key)).toContain("zone/theirs");
  });

  it("included: survive a run that fails, for no rollback is sent", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "include" });
    const before = await truth(stage);
    stage.simulator.clearRequests();
    stage.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn$" }, how: "403" });
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("failed");
    expect(paths()).not.toContain("POST /cluster/sdn/rollback");
    expect(await truth(stage)).toEqual(before);
  });

  it("included: one more that came meanwhile makes the plan stale", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "include" });
    await stageByOthers(stage, { op: "create", after: entity("zone", "more", { type: "simple" }) });
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
  });

  it("discarded: are gone before the first step, after a snapshot that still has them", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "discard" });
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events.find((event) => event.type === "snapshot")?.pending).toMatchObject([{ kind: "zone", id: "theirs" }]);
    expect(paths().slice(0, 2)).toEqual(["POST /cluster/sdn/lock", "POST /cluster/sdn/rollback"]);
    expect(written(stage)).toHaveLength(plan.steps.length + 4);
    expect((await readLive(stage)).entities.map(({ key }) => key)).not.toContain("zone/theirs");
  });

  it("discarded: a VNet whose subnets could not be read stops the run after that, as the plan has said", async () => {
    await applyLayout(stage, two);
    const live = await readLive(stage);
    const deleted = live.entities.filter(({ kind }) => kind !== "zone").reverse();
    await stageByOthers(stage, ...deleted.map((before) => ({ op: "delete" as const, before })));
    const plan = await planFor(stage, swapped, { pending: "discard" });
    expect(plan.checks.find(({ id }) => id === "foreign-pending")?.detail).toContain("asks for a new plan");
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "failed", failure: { kind: "stale", next: "Plan again." } });
    expect((await readLive(stage)).entities).toEqual(live.entities);
    expect((await applyLayout(stage, swapped)).end.state).toBe("applied");
  });

  it("discarded: that is said even when the run fails afterwards", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "discard" });
    stage.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn/vnets/voip" }, how: "403" });
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("failed");
    expect(end.message).toContain("The pending changes of others were discarded");
    expect(await truth(stage)).toMatchObject({ running: plan.base, edited: plan.base, pending: "", locked: false });
  });

  it("discarded: never in a rehearsal", async () => {
    await foreign();
    const plan = await planFor(stage, swapped, { pending: "discard" });
    stage.simulator.clearRequests();
    expect((await collect(runPlan(inputFor(stage, plan, { rehearse: true })))).end.state).toBe("blocked");
    expect(written(stage)).toEqual([]);
  });
});

describe("stale addresses in the IPAM", () => {
  const released = async () => {
    await applyLayout(stage, lab);
    const added = await stage.cluster.reserveAddress(stale);
    expect(added.ok).toBe(true);
    const plan = await planFor(stage, nothing, { release: true });
    expect(plan.releases).toEqual([stale]);
    return plan;
  };
  const addresses = async () => {
    const snapshot = await stage.cluster.readSnapshot();
    return snapshot.ok ? snapshot.value.ipam?.map(({ ip }) => ip) : undefined;
  };

  it("are released before the subnet is removed, one write each", async () => {
    const plan = await released();
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end.state).toBe("applied");
    expect(events.filter((event) => event.type === "release").map(({ state }) => state)).toEqual(["started", "done"]);
    expect(written(stage)).toHaveLength(plan.steps.length + plan.releases.length + 3);
  });

  it.each(["unheard", "unanswered"] as const)(
    "a release that is %s is read back, and put back by an undo",
    async (how) => {
      const plan = await released();
      stage.simulator.addFault({ match: { method: "DELETE", path: "/ips$" }, how });
      stage.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn$" }, how: "403" });
      const { end } = await collect(runPlan(inputFor(stage, plan)));
      expect(end.state).toBe("failed");
      expect(await addresses()).toEqual(["10.60.0.1", "10.60.0.50"]);
    },
  );
});
