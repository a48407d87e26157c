import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { foldRun, planShape } from "@/lib/core/apply/fold";
import { type RecoverMode, recoverRun, whyNotContinue } from "@/lib/core/apply/recover";
import { runPlan } from "@/lib/core/apply/run";
import type { Plan } from "@/lib/core/plan/plan";
import {
  applyLayout,
  clearStage,
  collect,
  commits,
  entity,
  inputFor,
  openStage,
  planFor,
  readLive,
  type Stage,
  send,
  stageByOthers,
  truth,
  written,
} from "./engine";
import { SCENARIOS } from "./sweep-scenarios";

const { before: office, target: both } = SCENARIOS.include;
const theirs = entity("zone", "theirs", { type: "simple" });

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

/** The journal of a run up to an event, as a kill leaves it. */
async function cutAfter(plan: Plan, last: (event: RunEvent) => boolean, on: Stage = stage): Promise<RunEvent[]> {
  const journal: RunEvent[] = [];
  for await (const event of runPlan(inputFor(on, plan))) {
    journal.push(event);
    if (last(event)) break;
  }
  return journal;
}

const stepDone =
  (wanted: number) =>
  (event: RunEvent): boolean =>
    event.type === "step" && event.index === wanted - 1 && event.state === "done";
const committing = (event: RunEvent): boolean => event.type === "committing";

const pickUp = (plan: Plan, journal: readonly RunEvent[], mode: RecoverMode, on: Stage = stage) =>
  collect(recoverRun({ ...inputFor(on, plan), journal, mode }));

const stored = (events: readonly RunEvent[]) =>
  events.map((event, index) => ({ ...event, seq: index + 1, at: new Date(index * 1000).toISOString() }));

describe("a run that was cut off while staging", () => {
  it("is only looked at by itself: the lock stays, and what is staged is listed", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, stepDone(2));
    stage.simulator.clearRequests();
    const { end } = await pickUp(plan, journal, "look");
    expect(end).toMatchObject({
      state: "interrupted",
      message:
        "The run was cut off before its commit. 2 of 4 steps are staged under our lock: Create zone office, Create vnet mgmt. Nothing is applied. Continue the run or roll it back.",
    });
    expect(written(stage).map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /cluster/sdn/lock"]);
    expect((await truth(stage)).locked).toBe(true);
  });

  it("continues with the rest, and its journal tells the whole story", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, (event) => event.type === "step" && event.index === 2);
    const looked = await pickUp(plan, journal, "look");
    journal.push(...looked.events);
    const { end, events } = await pickUp(plan, journal, "continue");
    journal.push(...events);
    expect(end.state).toBe("applied");
    expect(commits(stage)).toBe(1);
    expect(await truth(stage)).toMatchObject({ running: plan.goal, pending: "", locked: false });
    const status = foldRun(planShape(plan), stored(journal));
    expect(status.resumed.map(({ how, by }) => [how, by])).toEqual([
      ["watch", "olga"],
      ["continue", "olga"],
    ]);
    expect(status.steps.map(({ state }) => state)).toEqual(["done", "done", "done", "done"]);
    expect(status.end?.state).toBe("applied");
  });

  it("is not continued over what somebody else has changed, only rolled back", async () => {
    await applyLayout(stage, office);
    const plan = await planFor(stage, both);
    const journal = await cutAfter(plan, stepDone(1));
    const token = journal.find((event) => event.type === "locked")?.token ?? "";
    await send(stage, "POST", "/cluster/sdn/vnets", { vnet: "odd", zone: "office", tag: "99", "lock-token": token });
    const { end } = await pickUp(plan, journal, "continue");
    expect(end.state).toBe("interrupted");
    expect(end.message).toContain("cannot be continued");
    const back = await pickUp(plan, [...journal], "roll-back");
    // Ours is taken back; theirs is not dropped with it.
    expect(back.end).toMatchObject({ state: "needs-attention", message: expect.stringContaining("vnet odd (new)") });
    expect((await readLive(stage)).pending).toMatchObject([{ kind: "vnet", id: "odd" }]);
    expect(commits(stage)).toBe(1);
  });

  it("stays interrupted when something around the cluster speaks against going on", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, stepDone(1));
    stage.simulator.control("interfaces-new-pve2", "+ mtu 9000");
    const { end } = await pickUp(plan, journal, "continue");
    expect(end).toMatchObject({ state: "interrupted", failure: { kind: "stale" } });
    expect(end.message).toContain("pve2");
  });

  it("tells that its lock was forced open meanwhile, and takes it again", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, stepDone(2));
    await stage.cluster.unlock(null, { force: true });
    const { end, events } = await pickUp(plan, journal, "continue");
    expect(events).toContainEqual(expect.objectContaining({ text: expect.stringContaining("released by force") }));
    expect(end.state).toBe("applied");
    expect((await truth(stage)).locked).toBe(false);
  });

  it("tells that somebody else holds the lock now, and writes nothing", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, stepDone(2));
    await stage.cluster.unlock(null, { force: true });
    await stage.cluster.lock({ allowPending: true });
    const { end } = await pickUp(plan, journal, "roll-back");
    expect(end.state).toBe("needs-attention");
    expect(end.message).toContain("these are still pending: zone office (new), vnet mgmt (new)");
    expect((await readLive(stage)).pending).toHaveLength(2);
  });
});

describe("a run whose staging somebody else applied", () => {
  it("is proven when everything was staged: a node that restarts commits what is pending", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, stepDone(4));
    const token = journal.find((event) => event.type === "locked")?.token ?? "";
    await send(stage, "PUT", "/cluster/sdn", { "lock-token": token });
    const { end } = await pickUp(plan, journal, "look");
    expect(end.state).toBe("applied");
    expect(commits(stage)).toBe(1);
  });

  it("is told when only a part was staged, and nothing is taken back", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, stepDone(2));
    const token = journal.find((event) => event.type === "locked")?.token ?? "";
    await send(stage, "PUT", "/cluster/sdn", { "lock-token": token });
    const { end } = await pickUp(plan, journal, "look");
    expect(end.state).toBe("needs-attention");
    expect(end.message).toContain("somebody applied the configuration meanwhile");
    expect((await readLive(stage)).running.map(({ key }) => key)).toEqual(["zone/office", "vnet/mgmt"]);
  });
});

describe("a run that was cut off at its commit", () => {
  it("finds the task of the commit again and watches it, without a second commit", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, committing);
    const token = journal.find((event) => event.type === "locked")?.token ?? "";
    const sent = await stage.cluster.commit(token);
    const { end, events } = await pickUp(plan, journal, "look");
    expect(events).toContainEqual({ type: "committed", task: sent.ok ? sent.value : null });
    expect(end.state).toBe("applied");
    expect(commits(stage)).toBe(1);
  });

  it("is never continued when the commit did not happen, only rolled back", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, committing);
    expect(whyNotContinue(journal)).toContain("no run ever sends a second one");
    const { end } = await pickUp(plan, journal, "continue");
    expect(end).toMatchObject({ state: "interrupted", message: expect.stringContaining("Could not continue.") });
    expect((await pickUp(plan, journal, "roll-back")).end.state).toBe("failed");
    expect(commits(stage)).toBe(0);
  });
});

describe("a run that was cut off at its lock", () => {
  it("has changed nothing when the lock is free", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, (event) => event.type === "phase" && event.phase === "lock");
    // The request itself is not sent: the process died before.
    expect((await pickUp(plan, journal, "look")).end.state).toBe("failed");
    expect((await truth(stage)).locked).toBe(false);
  });

  it("says what to do when the configuration is locked now", async () => {
    const plan = await planFor(stage, office);
    const journal = await cutAfter(plan, (event) => event.type === "phase" && event.phase === "lock");
    await stage.cluster.lock({ allowPending: false });
    const { end } = await pickUp(plan, journal, "look");
    expect(end).toMatchObject({
      state: "needs-attention",
      message: expect.stringContaining("Release the lock by force"),
    });
  });
});

it("a run that was to discard others' changes and did not come that far leaves them alone", async () => {
  await applyLayout(stage, office);
  await stageByOthers(stage, { op: "create", after: theirs });
  const plan = await planFor(stage, both, { pending: "discard" });
  const journal = await cutAfter(plan, (event) => event.type === "pending");
  const { end } = await pickUp(plan, journal, "roll-back");
  expect(end).toMatchObject({ state: "failed", message: expect.stringContaining("are still there") });
  expect((await readLive(stage)).pending).toMatchObject([{ kind: "zone", id: "theirs" }]);
});

describe("without a lock (Proxmox VE 8.4)", () => {
  let old: Stage;
  beforeAll(async () => {
    old = await openStage({ release: "8.4" });
  });
  afterAll(() => old.simulator.close());
  beforeEach(() => clearStage(old));

  it("a run says that its guarantee is reduced, sends digests, and undoes without a rollback", async () => {
    await applyLayout(old, office);
    const plan = await planFor(old, SCENARIOS.mixed.target);
    old.simulator.clearRequests();
    old.simulator.addFault({ match: { method: "PUT", path: "^/cluster/sdn$" }, how: "403" });
    const before = await truth(old);
    const { end, events } = await collect(runPlan(inputFor(old, plan)));
    expect(events).toContainEqual(expect.objectContaining({ text: expect.stringContaining("reduced guarantee") }));
    const changes = written(old).filter(({ method, path }) => method === "PUT" && path !== "/cluster/sdn");
    expect(changes.length).toBeGreaterThan(0);
    for (const { parameters } of changes) expect(parameters["digest"]).toMatch(/^[0-9a-f]{40}$/);
    expect(end.state).toBe("failed");
    expect(await truth(old)).toEqual(before);
  });

  it.each(["change", "remove"] as const)("a %s of what somebody else has changed meanwhile is stale", async (what) => {
    await applyLayout(old, office);
    const target =
      what === "change"
        ? { ...office, vnets: office.vnets.map((vnet) => ({ ...vnet, alias: "New" })) }
        : { ...office, vnets: office.vnets.slice(0, 1) };
    const plan = await planFor(old, target);
    const journal: RunEvent[] = [];
    for await (const event of runPlan(inputFor(old, plan))) {
      journal.push(event);
      if (event.type === "step" && event.index === 0 && event.state === "started")
        for (const vnet of ["mgmt", "voip"]) await send(old, "PUT", `/cluster/sdn/vnets/${vnet}`, { alias: "Theirs" });
    }
    expect(journal.find((event) => event.type === "step" && event.state === "failed")).toMatchObject({
      failure: { kind: "stale" },
    });
    expect(journal.at(-1)).toMatchObject({ state: "needs-attention", message: expect.stringContaining("vnet") });
    expect((await readLive(old)).pending.map(({ id, fields }) => `${id} ${fields}`).sort()).toEqual([
      "mgmt alias",
      "voip alias",
    ]);
  });
});
