import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { listAudit } from "./audit";
import { ensureCluster, listClusters, readClusterState } from "./clusters";
import type { Context } from "./context";
import { adoptDrift, ignoreDrift, readDrift, unignoreDrift } from "./drift";
import { followRun } from "./follow-run";
import { adoptObjects, importCluster, listForeign, previewImport } from "./imports";
import { createLayout, loadDraft, saveDraft } from "./layouts";
import { createPlan, loadPlan, planAgain, putBack, restoreSnapshot, revertRun } from "./plans";
import { type Runner, startRunner } from "./runner";
import { listRuns, loadRun, startRun } from "./runs";
import { listSnapshots, loadSnapshot, takeSnapshot } from "./snapshots";
import { must, mustFail, operator, owner, provideStore, viewer } from "./testing/harness";

const TOKEN = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };

const LAB: Layout = {
  version: 1,
  name: "Lab",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
  vnets: [
    { id: "vnetdev", zone: "corp", tag: 20 },
    { id: "vnetlab", zone: "corp", tag: 50 },
    { id: "vnetprod", zone: "corp", tag: 60, alias: "Production" },
  ],
  subnets: [{ vnet: "vnetlab", cidr: "10.50.0.0/24", gateway: "10.50.0.1" }],
};

describeOnBoth("what is remembered of a cluster", (open) => {
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

  /** Somebody else at work in Proxmox itself. */
  async function elsewhere(method: "POST" | "PUT" | "DELETE", path: string, body?: Record<string, string>) {
    const answer = await fetch(`${simulator.url}/api2/json/cluster/sdn${path}`, {
      method,
      headers: { authorization: `PVEAPIToken=${TOKEN.tokenId}=${TOKEN.secret}` },
      ...(body ? { body: new URLSearchParams(body) } : {}),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
  }
  async function elsewhereApplied(method: "POST" | "PUT" | "DELETE", path: string, body?: Record<string, string>) {
    await elsewhere(method, path, body);
    await elsewhere("PUT", "");
    await expect.poll(async () => must(await readClusterState(viewer, clusterId))).toMatchObject({ pending: 0 });
  }

  async function apply(planId: string, more: { accepted?: string[]; confirm?: string } = {}): Promise<string> {
    const { runId } = must(await startRun(operator, { planId, reason: "test", ...more }));
    const signal = AbortSignal.timeout(100_000);
    for await (const _ of followRun(viewer, { runId, after: 0, signal }));
    return runId;
  }
  const stateOf = async (runId: string) => must(await loadRun(viewer, runId)).state;

  /** Replaces the draft, plans and applies it. */
  async function edit(layoutId: string, change: (layout: Layout) => Layout): Promise<string> {
    const draft = must(await loadDraft(operator, layoutId));
    must(await saveDraft(operator, { id: layoutId, baseRev: draft.rev, layout: change(draft.layout) }));
    const runId = await apply(must(await createPlan(operator, { layoutId })).planId);
    expect(await stateOf(runId)).toBe("applied");
    return runId;
  }

  async function lab(): Promise<string> {
    const { id } = must(await createLayout(operator, { name: "Lab", clusterId }));
    await edit(id, () => LAB);
    return id;
  }

  const planOf = async (planned: { planId: string }) => must(await loadPlan(viewer, planned.planId));
  const nothingLeft = async (layoutId: string) =>
    expect((await planOf(must(await createPlan(operator, { layoutId })))).state).toBe("nothing-to-do");

  it("imports what is there without a write; the plan right after is empty and others cannot take it too", async () => {
    await elsewhere("POST", "/zones", { zone: "hand", type: "vlan", bridge: "vmbr0", mtu: "1400" });
    await elsewhere("POST", "/vnets", { vnet: "byhand", zone: "hand", tag: "77", "isolate-ports": "1" });
    await elsewhere("POST", "/vnets/byhand/subnets", { type: "subnet", subnet: "10.77.0.0/24", gateway: "10.77.0.1" });
    await elsewhereApplied("POST", "/zones", { zone: "spare", type: "simple" });
    simulator.clearRequests();
    expect(must(await previewImport(viewer, { clusterId })).zones).toMatchObject([
      { id: "hand", type: "vlan", vnets: 1, subnets: 1, ownedBy: null, refused: null },
      { id: "spare", type: "simple", vnets: 0, subnets: 0, ownedBy: null, refused: null },
    ]);
    const { layoutId } = must(await importCluster(operator, { clusterId, name: "From the lab", zones: ["hand"] }));
    await nothingLeft(layoutId);
    expect(simulator.requests().filter(({ method }) => method !== "GET")).toEqual([]);
    expect(must(await readDrift(viewer, { layoutId }))).toMatchObject({ recordedVersion: 1, items: [] });

    const zones = must(await previewImport(viewer, { clusterId })).zones;
    expect(zones.find(({ id }) => id === "hand")?.ownedBy).toBe("From the lab");
    expect(
      mustFail(await importCluster(operator, { clusterId, name: "Again", zones: ["hand"] })).fields,
    ).toHaveProperty("zones");
    expect(must(await listForeign(viewer, { clusterId })).map(({ key }) => key)).toEqual(["zone/spare"]);
    expect(must(await listAudit(owner)).entries.map(({ action }) => action)).toContain("layout.import");
  });

  it("adopts a foreign object with the parents it needs, and never what another layout owns", async () => {
    await elsewhere("POST", "/zones", { zone: "hand", type: "simple" });
    await elsewhereApplied("POST", "/vnets", { vnet: "byhand", zone: "hand", alias: "Made by hand" });
    const layoutId = await lab();
    must(await adoptObjects(operator, { layoutId, keys: ["vnet/byhand"] }));
    const { layout } = must(await loadDraft(viewer, layoutId));
    expect(layout.zones.map(({ id }) => id)).toEqual(["corp", "hand"]);
    expect(layout.vnets).toContainEqual(expect.objectContaining({ id: "byhand", alias: "Made by hand" }));
    await nothingLeft(layoutId);
    expect(must(await listForeign(viewer, { clusterId }))).toEqual([]);

    const other = must(await createLayout(operator, { name: "Other", clusterId }));
    expect(mustFail(await adoptObjects(operator, { layoutId: other.id, keys: ["vnet/byhand"] })).message).toMatch(
      /belongs to Lab/,
    );
    expect(mustFail(await adoptObjects(operator, { layoutId, keys: ["vnet/nowhere"] })).fields).toHaveProperty("keys");
  });

  it("A21 Drift: applied and pending apart; ignored until it changes again; adopted or put back, never by itself", async () => {
    const layoutId = await lab();
    await elsewhereApplied("PUT", "/vnets/vnetlab", { zone: "corp", tag: "55" });
    await elsewhere("PUT", "/vnets/vnetprod", { zone: "corp", tag: "60", alias: "Prod" });
    simulator.clearRequests();
    const read = async () => must(await readDrift(viewer, { layoutId })).items;
    const items = await read();
    expect(items).toMatchObject([
      { key: "vnet/vnetlab", where: "applied", fields: [{ field: "tag", recorded: 50, live: 55 }], draft: [50] },
      { key: "vnet/vnetprod", where: "pending", fields: [{ field: "alias", recorded: "Production", live: "Prod" }] },
    ]);
    expect(simulator.requests().filter(({ method }) => method !== "GET")).toEqual([]);

    const place = { layoutId, key: "vnet/vnetlab", where: "applied" } as const;
    const fingerprint = items[0]?.fingerprint ?? "";
    expect(mustFail(await ignoreDrift(operator, { ...place, fingerprint, reason: " " })).fields).toHaveProperty(
      "reason",
    );
    must(await ignoreDrift(operator, { ...place, fingerprint, reason: "Moves next week" }));
    expect((await read())[0]?.ignored).toMatchObject({ reason: "Moves next week", by: operator.name });
    must(await unignoreDrift(operator, place));
    expect((await read())[0]?.ignored).toBeNull();
    must(await ignoreDrift(operator, { ...place, fingerprint, reason: "Moves next week" }));
    await elsewhere("PUT", "/vnets/vnetprod", { zone: "corp", tag: "60", alias: "Production" });
    await elsewhereApplied("PUT", "/vnets/vnetlab", { zone: "corp", tag: "56" });
    expect(await read()).toMatchObject([{ key: "vnet/vnetlab", fields: [{ live: 56 }], ignored: null }]);

    const back = await planOf(must(await putBack(operator, { layoutId, keys: ["vnet/vnetlab"] })));
    expect(back).toMatchObject({ state: "ready", purpose: { kind: "put-back" } });
    expect(back.plan.changes.map(({ key }) => key)).toEqual(["vnet/vnetlab"]);
    expect(await stateOf(await apply(back.id))).toBe("applied");
    expect(await read()).toEqual([]);

    await elsewhereApplied("PUT", "/vnets/vnetlab", { zone: "corp", tag: "57" });
    must(await adoptDrift(operator, { layoutId, keys: ["vnet/vnetlab"] }));
    expect(must(await loadDraft(viewer, layoutId)).layout.vnets).toContainEqual(
      expect.objectContaining({ id: "vnetlab", tag: 57 }),
    );
    expect(await read()).toEqual([]);
    await nothingLeft(layoutId);
  });

  it("makes a plan stale when something was adopted after it was made", async () => {
    const layoutId = await lab();
    const draft = must(await loadDraft(operator, layoutId));
    const vnets = draft.layout.vnets.map((vnet) => ({ ...vnet, alias: "new" }));
    must(await saveDraft(operator, { id: layoutId, baseRev: draft.rev, layout: { ...draft.layout, vnets } }));
    const early = must(await createPlan(operator, { layoutId }));
    await elsewhereApplied("PUT", "/vnets/vnetlab", { zone: "corp", tag: "58" });
    must(await adoptDrift(operator, { layoutId, keys: ["vnet/vnetlab"] }));
    expect((await planOf(early)).state).toBe("stale");
    expect(mustFail(await startRun(operator, { planId: early.planId })).message).toMatch(/Could not apply the plan/);
  });

  it("A20 Revert: takes back that run alone, keeps later ones, and refuses what changed since", async () => {
    const layoutId = await lab();
    const withTag = (tag: number) => (layout: Layout) => ({
      ...layout,
      vnets: layout.vnets.map((vnet) => (vnet.id === "vnetdev" ? { ...vnet, tag } : vnet)),
    });
    const seven = await edit(layoutId, withTag(21));
    await edit(layoutId, (layout) => ({
      ...layout,
      vnets: [...layout.vnets, { id: "vnetqa", zone: "corp", tag: 70 }],
    }));
    const planned = must(await revertRun(operator, { runId: seven }));
    const { plan, purpose, state } = await planOf(planned);
    expect(state).toBe("ready");
    expect(plan.changes).toMatchObject([{ key: "vnet/vnetdev", fields: [{ field: "tag", before: 21, after: 20 }] }]);
    expect(purpose).toMatchObject({ kind: "revert", runId: seven });
    expect((await planOf(must(await planAgain(operator, planned)))).plan.changes).toEqual(plan.changes);

    const reverting = await apply(planned.planId);
    expect(await stateOf(reverting)).toBe("applied");
    // The draft held nothing but what had been applied, so it follows.
    expect(must(await loadDraft(viewer, layoutId)).layout.vnets.map(({ id, tag }) => [id, tag])).toEqual([
      ["vnetdev", 20],
      ["vnetlab", 50],
      ["vnetprod", 60],
      ["vnetqa", 70],
    ]);
    await nothingLeft(layoutId);
    const numbers = must(await listRuns(viewer, {})).runs;
    expect(numbers.find(({ id }) => id === seven)?.revertedBy).toMatchObject([{ id: reverting, state: "applied" }]);

    const again = await edit(layoutId, withTag(21));
    await elsewhereApplied("PUT", "/vnets/vnetdev", { zone: "corp", tag: "22" });
    const refused = await planOf(must(await revertRun(operator, { runId: again })));
    expect(refused.state).toBe("blocked");
    expect(refused.plan.problems).toContainEqual(
      expect.objectContaining({
        code: "changed-since",
        field: "tag",
        values: { before: "20", after: "21", now: "22" },
      }),
    );
  });

  it("reverts a run that took a zone away with everything Proxmox knew of it, and leaves an edited draft alone", async () => {
    const { id: layoutId } = must(await createLayout(operator, { name: "Keys", clusterId }));
    const full: Layout = {
      ...LAB,
      name: "Keys",
      zones: [
        { id: "keys", type: "simple", ipam: "pve", dhcp: "dnsmasq", mtu: 1400, nodes: ["pve1", "pve2"] },
        { id: "stays", type: "simple" },
      ],
      vnets: [],
      subnets: [],
    };
    await edit(layoutId, () => full);
    const before = await (
      await fetch(`${simulator.url}/api2/json/cluster/sdn/zones/keys`, { headers: HEADERS })
    ).json();
    const gone = await edit(layoutId, (layout) => ({
      ...layout,
      zones: layout.zones.filter(({ id }) => id === "stays"),
    }));
    const draft = must(await loadDraft(operator, layoutId));
    const edited = { ...draft.layout, zones: [...draft.layout.zones, { id: "extra", type: "simple" as const }] };
    must(await saveDraft(operator, { id: layoutId, baseRev: draft.rev, layout: edited }));
    const run = must(await loadRun(viewer, await apply(must(await revertRun(operator, { runId: gone })).planId)));
    expect(run.state).toBe("applied");
    expect(run.message).toContain("The draft has edits of its own");
    const after = await (await fetch(`${simulator.url}/api2/json/cluster/sdn/zones/keys`, { headers: HEADERS })).json();
    const { digest: _, ...was } = before.data;
    const { digest: __, ...is } = after.data;
    expect(is).toEqual(was);
    expect(must(await loadDraft(viewer, layoutId)).layout.zones.map(({ id }) => id)).toEqual(["stays", "extra"]);
  });

  it("keeps a snapshot before each run and when asked to, and restores one by a plan", async () => {
    const layoutId = await lab();
    const { snapshotId } = must(await takeSnapshot(operator, { clusterId }));
    expect(mustFail(await takeSnapshot(viewer, { clusterId })).kind).toBe("forbidden");
    await edit(layoutId, (layout) => ({ ...layout, vnets: layout.vnets.slice(0, 1), subnets: [] }));
    const listed = must(await listSnapshots(viewer, { clusterId }));
    expect(listed.slice(0, 2)).toMatchObject([
      { run: { number: expect.any(Number) }, zones: 1, vnets: 3, subnets: 1 },
      { id: snapshotId, run: null, takenBy: operator.name, zones: 1, vnets: 3, subnets: 1, pending: 0 },
    ]);
    const kept = must(await loadSnapshot(viewer, { snapshotId }));
    expect(kept.data.entities).toHaveLength(5);
    expect(JSON.stringify(kept)).not.toContain(TOKEN.secret);

    const planned = await planOf(must(await restoreSnapshot(operator, { snapshotId, layoutId })));
    expect(planned).toMatchObject({ state: "ready", purpose: { kind: "restore", snapshotId } });
    expect(await stateOf(await apply(planned.id))).toBe("applied");
    expect(must(await readClusterState(viewer, clusterId))).toMatchObject({ zones: 1, vnets: 3 });
    const back = must(await takeSnapshot(operator, { clusterId }));
    const again = must(await loadSnapshot(viewer, { snapshotId: back.snapshotId })).data;
    expect(again.entities).toEqual(kept.data.entities);
    await nothingLeft(layoutId);
  });
});

const HEADERS = { authorization: `PVEAPIToken=${TOKEN.tokenId}=${TOKEN.secret}` };
