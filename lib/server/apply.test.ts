import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { StoredEvent } from "@/lib/core/apply/events";
import { conflictsWith } from "@/lib/core/layout/conflicts";
import { shiftAway } from "@/lib/core/layout/shift";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { declareAbandoned } from "@/lib/store/runs";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { ensureCluster, listClusters, readClusterState, readTaken } from "./clusters";
import type { Context } from "./context";
import { followRun } from "./follow-run";
import { deleteLayout, loadDraft, saveDraft } from "./layouts";
import { createPlan, loadPlan } from "./plans";
import type { Proxmox } from "./proxmox";
import { rehearsePlan } from "./rehearsal";
import { type Runner, startRunner } from "./runner";
import { cancelRun, continueRun, listRuns, loadRun, retryNodes, rollBackRun, startRun } from "./runs";
import { deployTemplate } from "./templates";
import { must, mustFail, operator, provideStore, viewer } from "./testing/harness";

const SIX = "homelab-six-vlans";

/** Follows a run to its end and gives everything that was streamed. */
async function watch(runId: string, after = 0): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  const signal = AbortSignal.timeout(100_000);
  for await (const event of followRun(viewer, { runId, after, signal })) events.push(event);
  return events;
}

describeOnBoth("applying", (open) => {
  let ctx: Context;
  let simulator: Simulator;
  let runner: Runner;
  let clusterId: string;

  beforeAll(async () => {
    ctx = provideStore(await open());
  });
  beforeEach(async () => {
    provideStore(ctx.store, ctx);
    simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
    await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, ...TOKEN });
    clusterId = must(await listClusters(viewer))[0]?.id ?? "";
    await ctx.db.ownership.deleteMany();
    runner = await startRunner(ctx);
  });
  afterEach(async () => {
    runner.stop();
    await simulator.close();
  });

  it("deploys a template in one call, streams the journal and remembers the run", async () => {
    const deployed = must(await deployTemplate(operator, { templateId: SIX, clusterId, values: {} }));
    if (deployed.next !== "run") throw new Error("a direct cluster runs at once");
    const streamed = await watch(deployed.runId);
    expect(streamed.at(-1)).toMatchObject({ type: "ended", state: "applied" });
    expect(streamed.map((event) => event.seq)).toEqual(streamed.map((_, index) => index + 1));

    const run = must(await loadRun(viewer, deployed.runId));
    expect(run.events).toEqual(streamed);
    expect(run).toMatchObject({ state: "applied", proven: run.nodes, source: "template", before: null });
    expect(await watch(deployed.runId, streamed.length - 2)).toEqual(streamed.slice(-2));
    expect(must(await listRuns(viewer, { object: "10.10.0.0/24" })).runs.map((row) => row.id)).toContain(run.id);
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ reachable: true, zones: 1, vnets: 6 });

    const again = must(await createPlan(operator, { layoutId: run.layoutId ?? "" }));
    expect(must(await loadPlan(viewer, again.planId)).state).toBe("nothing-to-do");
    expect(mustFail(await deleteLayout(operator, { id: run.layoutId ?? "" })).message).toMatch(/owns \d+ objects/);
  });

  it("shows what the cluster has already, and steps around it only when asked to", async () => {
    const first = must(await deployTemplate(operator, { templateId: SIX, clusterId, values: {} }));
    if (first.next !== "run") throw new Error("expected a run");
    await watch(first.runId);
    const own = must(await loadRun(viewer, first.runId)).after;
    const taken = must(await readTaken(viewer, clusterId));
    expect(conflictsWith(own, taken)).toHaveLength(1 + 6 + 6 + 6);

    const stopped = must(await deployTemplate(operator, { templateId: SIX, clusterId, values: {} }));
    if (stopped.next !== "plan") throw new Error("a template that meets another network is not applied at once");
    expect(must(await loadPlan(viewer, stopped.planId)).state).toBe("blocked");

    const again = must(await deployTemplate(operator, { templateId: SIX, clusterId, values: {}, shift: true }));
    if (again.next !== "run") throw new Error("expected a run");
    await watch(again.runId);
    const run = must(await loadRun(viewer, again.runId));
    expect(run.state).toBe("applied");
    expect({ ...run.after, name: own.name }).toEqual(shiftAway(own, taken));
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones: 2, vnets: 12 });
  });

  it("removes only what the layout owns, and makes an older plan stale", async () => {
    const first = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (first.next !== "run") throw new Error("expected a run");
    await watch(first.runId);
    const layoutId = must(await loadRun(viewer, first.runId)).layoutId ?? "";
    const draft = must(await loadDraft(operator, layoutId));
    must(
      await saveDraft(operator, {
        id: layoutId,
        baseRev: draft.rev,
        layout: { ...draft.layout, vnets: [], subnets: [], hostServices: [] },
      }),
    );
    const early = must(await createPlan(operator, { layoutId }));
    const used = must(await createPlan(operator, { layoutId }));
    const { runId } = must(await startRun(operator, { planId: used.planId, reason: "clean up" }));
    expect((await watch(runId)).at(-1)).toMatchObject({ state: "applied" });
    expect(must(await loadRun(viewer, runId))).toMatchObject({ reason: "clean up", counts: { delete: 2 } });
    expect(mustFail(await startRun(operator, { planId: used.planId })).message).toMatch(/used already/);
    expect(must(await loadPlan(viewer, early.planId)).state).toBe("stale");
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones: 1, vnets: 0 });
  });

  it("rehearses without changing anything and keeps Proxmox's diff with the plan", async () => {
    await ctx.db.cluster.update({ where: { id: clusterId }, data: { policy: "review" } });
    const deployed = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (deployed.next !== "plan") throw new Error("a cluster under review opens the plan");
    const rehearsal = must(await rehearsePlan(operator, { planId: deployed.planId }));
    expect(rehearsal.nodes.map((node) => node.node).sort()).toEqual(["pve1", "pve2", "pve3"]);
    expect(must(await loadPlan(viewer, deployed.planId))).toMatchObject({
      state: "ready",
      rehearsal: { by: operator.name },
    });
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones: 0, pending: 0 });
    await ctx.db.cluster.update({ where: { id: clusterId }, data: { policy: "direct" } });
  });

  it("cancels a run that waits before anything is sent", async () => {
    runner.stop();
    const deployed = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (deployed.next !== "run") throw new Error("expected a run");
    must(await cancelRun(operator, { runId: deployed.runId }));
    simulator.clearRequests();
    runner = await startRunner(ctx);
    expect((await watch(deployed.runId)).at(-1)).toMatchObject({ type: "ended", state: "failed" });
    expect(simulator.requests().filter((request) => request.method !== "GET")).toEqual([]);
  });

  it.each([
    { call: "write", state: "interrupted", zones: 0 },
    { call: "commit", state: "applied", zones: 1 },
  ] as const)("picks up a run whose server died in its $call: $state", async ({ call, state, zones }) => {
    runner.stop();
    const dying = provideStore(ctx.store, { ...ctx, clusters: new Map(), proxmox: dyingIn(call, ctx.proxmox) });
    const first = await startRunner(dying);
    const deployed = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (deployed.next !== "run") throw new Error("expected a run");
    const started = (event: StoredEvent): boolean =>
      call === "commit" ? event.type === "committing" : event.type === "step" && event.index === 1;
    const signal = AbortSignal.timeout(100_000);
    for await (const event of followRun(viewer, { runId: deployed.runId, after: 0, signal })) if (started(event)) break;
    first.stop();

    provideStore(ctx.store, ctx);
    const commits = () =>
      simulator.requests().filter((request) => request.method === "PUT" && request.path.endsWith("/sdn"));
    await expect.poll(() => commits().length).toBe(zones);
    await declareAbandoned(ctx.db);
    runner = await startRunner(ctx);
    const journal = await watch(deployed.runId);
    expect(journal.at(-1)).toMatchObject({ type: "ended", state });
    expect(journal.map((event) => event.seq)).toEqual(journal.map((_, index) => index + 1));
    if (state === "interrupted") {
      // Something is staged under our lock, so nothing else may run there until a person has decided.
      expect(must(await loadRun(viewer, deployed.runId)).offers).toEqual({
        retryNodes: [],
        continue: true,
        rollBack: true,
        revert: null,
      });
      const other = must(await deployTemplate(operator, { templateId: "no-dhcp", clusterId, values: {} }));
      expect(other.next).toBe("plan");
      expect(mustFail(await rollBackRun(viewer, { runId: deployed.runId })).kind).toBe("forbidden");
      must(await rollBackRun(operator, { runId: deployed.runId }));
      expect((await watch(deployed.runId)).at(-1)).toMatchObject({ type: "ended", state: "failed" });
      expect(mustFail(await rollBackRun(operator, { runId: deployed.runId })).message).toMatch(/moved on/);
    }
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones, pending: 0 });
    expect(commits()).toHaveLength(zones);
  });

  it("continues a run whose server died while it was staging, with one commit", async () => {
    runner.stop();
    const dying = provideStore(ctx.store, { ...ctx, clusters: new Map(), proxmox: dyingIn("write", ctx.proxmox) });
    const first = await startRunner(dying);
    const deployed = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (deployed.next !== "run") throw new Error("expected a run");
    const signal = AbortSignal.timeout(100_000);
    for await (const event of followRun(viewer, { runId: deployed.runId, after: 0, signal }))
      if (event.type === "step" && event.index === 1) break;
    first.stop();
    provideStore(ctx.store, ctx);
    await declareAbandoned(ctx.db);
    runner = await startRunner(ctx);
    expect((await watch(deployed.runId)).at(-1)).toMatchObject({ type: "ended", state: "interrupted" });
    must(await continueRun(operator, { runId: deployed.runId }));
    const journal = await watch(deployed.runId);
    expect(journal.at(-1)).toMatchObject({ type: "ended", state: "applied" });
    expect(journal.filter((event) => event.type === "committed")).toHaveLength(1);
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones: 1, pending: 0 });
  });

  it("tries a node again that was not proven, in the same run", async () => {
    simulator.control("fail-ifreload-pve2", "1");
    const deployed = must(await deployTemplate(operator, { templateId: "multi-node", clusterId, values: {} }));
    if (deployed.next !== "run") throw new Error("expected a run");
    expect((await watch(deployed.runId)).at(-1)).toMatchObject({ state: "partially-applied" });
    expect(must(await loadRun(viewer, deployed.runId)).offers.retryNodes).toEqual(["pve2"]);
    expect(mustFail(await retryNodes(operator, { runId: deployed.runId, nodes: ["pve1"] })).kind).toBe("rejected");
    simulator.control("fail-ifreload-pve2");
    must(await retryNodes(operator, { runId: deployed.runId, nodes: ["pve2"] }));
    const journal = await watch(deployed.runId);
    expect(journal.at(-1)).toMatchObject({ type: "ended", state: "applied" });
    expect(journal.filter((event) => event.type === "ended")).toHaveLength(2);
    expect(must(await loadRun(viewer, deployed.runId)).offers.retryNodes).toEqual([]);
  });

  it("asks for a tick before it activates a node's own edits, and keeps their text", async () => {
    simulator.control("interfaces-new-pve2", "+\tmtu 9000");
    const deployed = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (deployed.next !== "plan") throw new Error("what wants a tick is not applied at once");
    const { planId } = deployed;
    expect(must(await loadPlan(viewer, planId)).state).toBe("ready");
    expect(mustFail(await startRun(operator, { planId })).message).toContain("Pending network edits on nodes");
    const { runId } = must(await startRun(operator, { planId, accepted: ["local-changes"] }));
    expect(await watch(runId)).toContainEqual(
      expect.objectContaining({ type: "local-changes", node: "pve2", diff: "+\tmtu 9000" }),
    );
  });

  it("includes or discards the pending changes of others only with a reason, and a typed name to discard", async () => {
    await fetch(`${simulator.url}/api2/json/cluster/sdn/zones`, {
      method: "POST",
      headers: { authorization: `PVEAPIToken=${TOKEN.tokenId}=${TOKEN.secret}` },
      body: new URLSearchParams({ zone: "foreign", type: "simple" }),
    });
    const deployed = must(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    if (deployed.next !== "plan") throw new Error("pending changes of others stop a template");
    const { layoutId, state } = must(await loadPlan(viewer, deployed.planId));
    expect(state).toBe("blocked");
    const discard = must(await createPlan(operator, { layoutId, pending: "discard" }));
    const accepted = ["foreign-pending"];
    expect(mustFail(await startRun(operator, { planId: discard.planId, accepted, reason: "x" })).fields).toHaveProperty(
      "confirm",
    );
    const include = must(await createPlan(operator, { layoutId, pending: "include" }));
    expect(mustFail(await startRun(operator, { planId: include.planId })).fields).toHaveProperty("reason");
    const { runId } = must(await startRun(operator, { planId: include.planId, reason: "agreed with the other team" }));
    const journal = await watch(runId);
    expect(journal.at(-1)).toMatchObject({ type: "ended", state: "applied" });
    expect(journal).toContainEqual(
      expect.objectContaining({ type: "pending", choice: "include", reason: "agreed with the other team" }),
    );
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones: 2, pending: 0 });
  });

  it("says that a cluster does not answer, and starts nothing", async () => {
    await simulator.close();
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ reachable: false });
    const failure = mustFail(await deployTemplate(operator, { templateId: "basic", clusterId, values: {} }));
    expect(failure.kind).toBe("unreachable");
  });
});

/** Proxmox as a server sees it that stops for good in one call: a write before it is heard, the commit after it. */
function dyingIn(call: "write" | "commit", proxmox: Proxmox): Proxmox {
  const never = new Promise<never>(() => {});
  return {
    ...proxmox,
    connect(connection) {
      const cluster = proxmox.connect(connection);
      let writes = 0;
      return {
        ...cluster,
        write(step, token) {
          writes += 1;
          return call === "write" && writes > 1 ? never : cluster.write(step, token);
        },
        async commit(token) {
          const done = await cluster.commit(token);
          return call === "commit" ? never : done;
        },
      };
    },
  };
}

const TOKEN = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };
