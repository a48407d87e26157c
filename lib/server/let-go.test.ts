import { afterAll, beforeAll, expect, it } from "vitest";
import { removeVnet } from "@/lib/core/layout/edits";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { openStore } from "@/lib/store/db";
import type { Store } from "@/lib/store/store";
import { listAudit } from "./audit";
import { ensureCluster, listClusters } from "./clusters";
import { readDrift } from "./drift";
import { importCluster, listForeign } from "./imports";
import { loadDraft, saveDraft } from "./layouts";
import { letGoObjects, listOwned } from "./let-go";
import { createPlan, loadPlan } from "./plans";
import { must, mustFail, operator, owner, provideStore, viewer } from "./testing/harness";

let store: Store;
let simulator: Simulator;
beforeAll(async () => {
  const opened = await openStore({ databaseUrl: null, dataDir: null });
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
});
afterAll(async () => {
  await simulator.close();
  await store.close();
});

async function byHand(path: string, method: "POST" | "PUT", body: Record<string, string> = {}): Promise<void> {
  const answer = await fetch(`${simulator.url}/api2/json/cluster/sdn${path}`, {
    method,
    headers: { authorization: `PVEAPIToken=${demoToken.id}=${demoToken.secret}` },
    body: new URLSearchParams(body),
  });
  expect(answer.status).toBe(200);
}

it("forgets an object that the draft has removed already: it stays in the cluster, and no plan deletes it", async () => {
  const ctx = provideStore(store);
  const { id: tokenId, secret } = demoToken;
  await ensureCluster(ctx, { name: "demo", policy: "review", endpoint: simulator.url, tokenId, secret });
  const clusterId = must(await listClusters(viewer))[0]?.id ?? "";
  await byHand("/zones", "POST", { zone: "hand", type: "vlan", bridge: "vmbr0" });
  for (const [vnet, tag] of Object.entries({ stays: "77", leaves: "78" })) {
    await byHand("/vnets", "POST", { vnet, zone: "hand", tag });
  }
  await byHand("/vnets/leaves/subnets", "POST", { type: "subnet", subnet: "10.78.0.0/24" });
  await byHand("", "PUT");
  const imported = await importCluster(operator, { clusterId, name: "Hand", zones: ["hand"] });
  const { layoutId } = must(imported);
  const draft = must(await loadDraft(operator, layoutId));
  must(await saveDraft(operator, { id: layoutId, baseRev: draft.rev, layout: removeVnet(draft.layout, "leaves") }));
  const steps = async () => {
    const { planId } = must(await createPlan(operator, { layoutId }));
    return must(await loadPlan(viewer, planId)).plan.steps.length;
  };
  expect(await steps()).toBe(2);
  const keysOf = async () => must(await listOwned(viewer, { layoutId })).map(({ key }) => key);
  expect(await keysOf()).toEqual(["zone/hand", "vnet/leaves", "vnet/stays", "subnet/leaves/10.78.0.0/24"]);

  simulator.clearRequests();
  expect(mustFail(await letGoObjects(viewer, { layoutId, keys: ["vnet/leaves"] })).kind).toBe("forbidden");
  expect(mustFail(await letGoObjects(operator, { layoutId, keys: [] })).fields).toHaveProperty("keys");
  expect(mustFail(await letGoObjects(operator, { layoutId, keys: ["vnet/other"] })).message).toContain("Hand");
  must(await letGoObjects(operator, { layoutId, keys: ["vnet/leaves"] }));
  expect(simulator.requests()).toEqual([]);

  expect(await steps()).toBe(0);
  expect(await keysOf()).toEqual(["zone/hand", "vnet/stays"]);
  expect(must(await listForeign(viewer, { clusterId })).map(({ key }) => key)).toEqual([
    "vnet/leaves",
    "subnet/leaves/10.78.0.0/24",
  ]);
  expect(must(await readDrift(viewer, { layoutId })).items).toEqual([]);
  expect(must(await listAudit(owner)).entries.map(({ action }) => action)).toContain("layout.let-go");
});
