import { afterAll, beforeAll, expect, it } from "vitest";
import { FakeHosts } from "@/e2e/fake-hosts";
import { foldRun, planShape } from "@/lib/core/apply/fold";
import type { Layout } from "@/lib/core/layout/model";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { insertAgent } from "@/lib/store/host-agents";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { setRepairInterval } from "./agent-interval";
import { ensureCluster, listClusters } from "./clusters";
import type { Context } from "./context";
import { followRun } from "./follow-run";
import { agentsOf, keyPurpose } from "./host-agents";
import { readHostFiles } from "./host-files";
import { createLayout, loadDraft, saveDraft } from "./layouts";
import { createPlan, loadPlan, revertRun } from "./plans";
import { type Runner, startRunner } from "./runner";
import { loadRun, startRun } from "./runs";
import { must, operator, owner, provideStore, viewer } from "./testing/harness";

/** A VLAN zone whose node pve1 is the gateway of one VNet. */
const served = (vnet: string, zone: string, tag: number): Layout => ({
  version: 1,
  name: vnet,
  zones: [{ id: zone, type: "vlan", bridge: "vmbr0" }],
  vnets: [{ id: vnet, zone, tag }],
  subnets: [{ vnet, cidr: `10.${tag}.0.0/24`, gateway: `10.${tag}.0.1` }],
  hostServices: [{ vnet, cidr: `10.${tag}.0.0/24`, gatewayNode: "pve1", uplink: "vmbr0", snat: true, dhcp: {} }],
});

describeOnBoth("host services in plans and runs", (open) => {
  let ctx: Context;
  let simulator: Simulator;
  let runner: Runner;
  let hosts: FakeHosts;
  let clusterId: string;

  beforeAll(async () => {
    simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
    const store = await open();
    const base = provideStore(store);
    hosts = new FakeHosts(["pve1"], async () => new Set(["office", "lab"]));
    const never = () => Promise.reject(new Error("nothing is installed here"));
    ctx = provideStore(base.store, { ...base, hosts: { connect: () => hosts, readHostKey: never, install: never } });
    const { id: tokenId, secret } = demoToken;
    await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, tokenId, secret });
    clusterId = must(await listClusters(viewer))[0]?.id ?? "";
    const place = { clusterId, node: "pve1" };
    await insertAgent(ctx.db, {
      ...place,
      ...{ mode: "ssh", host: "192.0.2.11", port: 22, user: "trunkline", hostKey: "SHA256:x", publicKey: "x" },
      sealedKey: ctx.seal.seal("key", keyPurpose(place)),
      ...{ createdBy: "test", createdAt: new Date() },
    });
    runner = await startRunner(ctx);
  });
  afterAll(async () => {
    runner.stop();
    await simulator.close();
  });

  it("what no run can provide becomes the version in force all the same, without a word to cluster or node", async () => {
    const byScript = { ...served("shop", "zone9", 90) };
    const onPve2 = (lease: string): Layout => ({
      ...byScript,
      hostServices: byScript.hostServices?.map((one) => ({ ...one, gatewayNode: "pve2", dhcp: { lease } })),
    });
    const shop = await draftOf(onPve2("24h"));
    await apply((await planned(shop)).id);
    expect((await planned(shop)).state).toBe("nothing-to-do");
    await edit(shop, onPve2("12h"));
    const plan = await planned(shop);
    expect(plan).toMatchObject({ state: "ready", plan: { steps: [], hosts: [], records: true } });
    simulator.clearRequests();
    const runId = await apply(plan.id);
    const nothingSent = () => {
      const sent = simulator.requests().filter(({ method, path }) => method !== "GET" && !path.endsWith("/lock"));
      expect(sent).toEqual([]);
    };
    nothingSent();
    expect((await planned(shop)).state).toBe("nothing-to-do");
    const run = must(await loadRun(viewer, runId));
    expect(run).toMatchObject({ hosts: { changes: 0, nodes: [], records: true }, offers: { revert: true } });
    expect(run.message).toContain("what is declared is in force now");
    const { phases } = foldRun(planShape(run.plan), run.events);
    expect(phases.map(({ phase }) => phase)).toEqual(["check", "lock", "unlock"]);

    // A revert declares again what was declared before.
    const back = must(await loadPlan(viewer, must(await revertRun(operator, { runId })).planId));
    expect(back).toMatchObject({ state: "ready", plan: { steps: [], hosts: [], records: true } });
    await apply(back.id);
    nothingSent();
    expect(must(await loadDraft(viewer, shop)).layout.hostServices).toMatchObject([{ dhcp: { lease: "24h" } }]);
    await edit(shop, { version: 1, name: "shop", zones: [], vnets: [], subnets: [] });
    await apply((await planned(shop)).id);
  });

  async function draftOf(layout: Layout): Promise<string> {
    const { id } = must(await createLayout(operator, { name: layout.name, clusterId }));
    await edit(id, layout);
    return id;
  }
  async function edit(id: string, layout: Layout): Promise<void> {
    const { rev } = must(await loadDraft(operator, id));
    must(await saveDraft(operator, { id, baseRev: rev, layout }));
  }
  async function apply(planId: string): Promise<string> {
    const { runId } = must(await startRun(operator, { planId, reason: "test", confirm: "demo" }));
    for await (const _ of followRun(viewer, { runId, after: 0, signal: AbortSignal.timeout(100_000) }));
    expect(must(await loadRun(viewer, runId)).state).toBe("applied");
    return runId;
  }
  const planned = async (layoutId: string) => {
    const { planId } = must(await createPlan(operator, { layoutId }));
    return must(await loadPlan(viewer, planId));
  };
  const onNode = () => hosts.stateOf("pve1")?.vnets.map(({ vnet }) => vnet) ?? [];

  it("one node serves what all layouts want, a run at a time; a revert takes back only its own", {
    timeout: 120_000,
  }, async () => {
    const office = await draftOf(served("office", "zone1", 30));
    const plan = await planned(office);
    expect(plan.plan).toMatchObject({ notProvided: [], hosts: [{ node: "pve1", before: null }] });
    const { diff } = must(await readHostFiles(viewer, { planId: plan.id, node: "pve1" }));
    expect(diff).toContain("+\taddress 10.30.0.1/24");
    expect(plan.plan.checks).toContainEqual(expect.objectContaining({ id: "firewall", status: "pass" }));
    simulator.control("firewall", JSON.stringify({ enable: 1 }));
    const shut = (await planned(office)).plan.checks.find(({ id }) => id === "firewall");
    expect(shut).toMatchObject({ status: "warn", detail: "pve1 drops what guests of office send it for DHCP." });
    simulator.control("firewall");
    const first = await apply(plan.id);
    expect(onNode()).toEqual(["office"]);
    const state = hosts.stateOf("pve1");
    const known = { node: "pve1", state, revision: state?.revision, repairSeconds: 60, failure: null };
    expect(await agentsOf(ctx, clusterId)).toEqual([known]);
    expect((await planned(office)).state).toBe("nothing-to-do");

    // How often the agent looks is no change of a layout, and goes along with the next one.
    must(await setRepairInterval(owner, { clusterId, node: "pve1", seconds: 120 }));
    expect((await planned(office)).state).toBe("nothing-to-do");

    const lab = await draftOf(served("lab", "zone2", 40));
    await apply((await planned(lab)).id);
    expect(onNode()).toEqual(["lab", "office"]);
    expect(hosts.stateOf("pve1")?.repairSeconds).toBe(120);
    expect((await planned(office)).state).toBe("nothing-to-do");

    // Only a service changes: no write to the cluster but the lock.
    simulator.clearRequests();
    await edit(lab, { ...served("lab", "zone2", 40), hostServices: [] });
    const without = await planned(lab);
    expect(without).toMatchObject({ state: "ready", plan: { steps: [] } });
    await apply(without.id);
    expect(onNode()).toEqual(["office"]);
    const writes = simulator.requests().filter(({ method }) => method !== "GET");
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /cluster/sdn/lock",
      "DELETE /cluster/sdn/lock",
    ]);

    await apply(must(await revertRun(operator, { runId: first })).planId);
    expect(onNode()).toEqual([]);
  });

  it("a run that changed only what a node serves is reverted by giving back exactly that", {
    timeout: 120_000,
  }, async () => {
    const leaseOn = () => hosts.stateOf("pve1")?.vnets.map(({ vnet, subnets }) => [vnet, subnets[0]?.dhcp?.lease]);
    const withLease = (lease: string, more: object = {}): Layout => ({
      ...served("office", "zone3", 50),
      hostServices: served("office", "zone3", 50).hostServices?.map((one) => ({ ...one, dhcp: { lease }, ...more })),
    });
    const layout = await draftOf(withLease("2h"));
    await apply((await planned(layout)).id);
    expect(leaseOn()).toEqual([["office", "2h"]]);

    await edit(layout, withLease("4h"));
    const changed = await planned(layout);
    expect(changed.plan).toMatchObject({ steps: [], hosts: [{ node: "pve1" }] });
    const run = await apply(changed.id);
    expect(leaseOn()).toEqual([["office", "4h"]]);
    expect(must(await loadRun(viewer, run)).offers.revert).toBe(true);

    await edit(layout, withLease("4h", { snat: false }));
    await apply((await planned(layout)).id);
    const back = must(await loadPlan(viewer, must(await revertRun(operator, { runId: run })).planId));
    expect(back).toMatchObject({ state: "ready", plan: { steps: [], hosts: [{ node: "pve1" }] } });
    await apply(back.id);
    expect(leaseOn()).toEqual([["office", "2h"]]);
    expect(must(await loadDraft(operator, layout)).layout.hostServices).toEqual(
      withLease("2h", { snat: false }).hostServices,
    );
  });
});
