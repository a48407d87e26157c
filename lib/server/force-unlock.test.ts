import { afterAll, beforeAll, expect, it } from "vitest";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { openStore } from "@/lib/store/db";
import type { Store } from "@/lib/store/store";
import { listAudit } from "./audit";
import { ensureCluster, listClusters } from "./clusters";
import { forceUnlock } from "./force-unlock";
import { must, mustFail, operator, owner, provideStore, viewer } from "./testing/harness";

const TOKEN = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };

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

it("releases somebody's lock only for an owner who types the name and says why, and writes it down", async () => {
  const ctx = provideStore(store);
  await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, ...TOKEN });
  const clusterId = must(await listClusters(viewer))[0]?.id ?? "";
  const lock = () =>
    fetch(`${simulator.url}/api2/json/cluster/sdn/lock`, {
      method: "POST",
      headers: { authorization: `PVEAPIToken=${TOKEN.tokenId}=${TOKEN.secret}` },
    });
  expect((await lock()).status).toBe(200);
  expect((await lock()).status).toBe(500);

  const input = { clusterId, confirm: "demo", reason: "The script that took it has died" };
  expect(mustFail(await forceUnlock(operator, input)).kind).toBe("forbidden");
  expect(mustFail(await forceUnlock(owner, { ...input, confirm: "dem" })).fields).toHaveProperty("confirm");
  expect(mustFail(await forceUnlock(owner, { ...input, reason: "" })).fields).toHaveProperty("reason");
  expect((await lock()).status).toBe(500);
  must(await forceUnlock(owner, input));
  expect((await lock()).status).toBe(200);
  expect(must(await listAudit(owner)).entries).toContainEqual(
    expect.objectContaining({ action: "cluster.force-unlock", detail: expect.objectContaining({ released: true }) }),
  );
});
