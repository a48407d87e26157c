import { type AddressInfo, connect, createServer, type Server } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { openStore } from "@/lib/store/db";
import type { Store } from "@/lib/store/store";
import { listAudit } from "./audit";
import { ensureCluster, listClusters, readClusterState, updateCluster } from "./clusters";
import { addEndpoint } from "./endpoints";
import { must, mustFail, owner, provideStore, viewer } from "./testing/harness";

const TOKEN = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };
const PIN = Array.from({ length: 32 }, () => "AB").join(":");

let store: Store;
let simulator: Simulator;
let stranger: Simulator;
/** Another address of the same cluster: whatever comes goes to the simulator. */
let door: Server;
let second: string;

beforeAll(async () => {
  const opened = await openStore({ databaseUrl: null, dataDir: null });
  if (!opened.ok) throw new Error(opened.error.message);
  store = opened.value;
  simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant" });
  stranger = await startSimulator({ scene: "conformance", port: 0, speed: "instant" });
  door = createServer((socket) => {
    const through = connect(Number(new URL(simulator.url).port), "127.0.0.1");
    socket.pipe(through).pipe(socket);
    for (const end of [socket, through]) end.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  second = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
});
afterAll(async () => {
  door.close();
  await simulator.close();
  await stranger.close();
  await store.close();
});

it("takes another address only of the same cluster, asks it when the first is silent, and keeps at least one", async () => {
  const ctx = provideStore(store);
  const dead = "http://127.0.0.1:9";
  await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, ...TOKEN });
  const cluster = async () => must(await listClusters(viewer))[0];
  const id = (await cluster())?.id ?? "";

  expect(mustFail(await addEndpoint(owner, { id, url: dead, fingerprint: null })).kind).toBe("unreachable");
  expect(mustFail(await addEndpoint(owner, { id, url: stranger.url, fingerprint: null })).kind).toBe("unauthorized");
  expect(mustFail(await addEndpoint(owner, { id, url: simulator.url, fingerprint: null })).fields).toHaveProperty(
    "url",
  );
  expect((await cluster())?.endpoints).toEqual([simulator.url]);

  must(await addEndpoint(owner, { id, url: second, fingerprint: null }));
  expect((await cluster())?.endpoints).toEqual([simulator.url, second]);
  expect(must(await listAudit(owner)).entries).toContainEqual(
    expect.objectContaining({
      action: "cluster.update",
      detail: expect.objectContaining({ endpoints: [simulator.url, second] }),
    }),
  );

  // The first address falls silent: the second answers.
  must(await updateCluster(owner, { id, endpoints: [dead, second] }));
  expect(must(await readClusterState(viewer, id))).toMatchObject({ reachable: true });
  expect(mustFail(await updateCluster(owner, { id, endpoints: [] })).fields).toHaveProperty("endpoints");
});

it("keeps a pin for each address, and does not mix pinned addresses with trusted ones", async () => {
  const ctx = provideStore(store);
  await ensureCluster(ctx, { name: "pinned", policy: "review", endpoint: "https://pve1.example.org:8006", ...TOKEN });
  const cluster = async () => must(await listClusters(viewer)).find(({ name }) => name === "pinned");
  const id = (await cluster())?.id ?? "";
  const other = "https://pve2.example.org:8006";
  expect(mustFail(await addEndpoint(owner, { id, url: other, fingerprint: PIN })).message).toContain("authority");
  must(await updateCluster(owner, { id, fingerprint: `${PIN.toLowerCase()}, ${PIN} ${PIN.replaceAll("A", "C")}` }));
  expect((await cluster())?.fingerprint).toBe(`${PIN} ${PIN.replaceAll("A", "C")}`);
  expect(mustFail(await addEndpoint(owner, { id, url: other, fingerprint: null })).message).toContain("pinned");
  expect(mustFail(await updateCluster(owner, { id, fingerprint: "AB:CD" })).fields).toHaveProperty("fingerprint");
});
