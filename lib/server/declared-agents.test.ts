import { afterAll, beforeAll, expect, it } from "vitest";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { type Simulator, startSimulator } from "@/lib/simulator/start";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { listAgents, readAgent } from "./agents";
import { listAudit } from "./audit";
import { ensureCluster, listClusters } from "./clusters";
import type { Context } from "./context";
import { ensureAgents } from "./declared-agents";
import type { DeclaredAgent } from "./env";
import { must, owner, provideStore, viewer } from "./testing/harness";

const key = createKeyPair("trunkline@demo");
const other = createKeyPair("trunkline@demo");

describeOnBoth("agents that the environment names", (open) => {
  let simulator: Simulator;
  let ctx: Context;
  let clusterId: string;
  let declared: readonly DeclaredAgent[];

  beforeAll(async () => {
    const agents = { authorizedKeys: [key.publicKey], nodes: {} };
    simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant", agents });
    declared = simulator.agents.map(({ node, port, fingerprint }) => ({
      ...{ node, host: "127.0.0.1", port, user: "trunkline", hostKey: fingerprint },
      ...key,
    }));
    ctx = provideStore(await open());
    const token = { tokenId: "trunkline@pve!demo", secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1" };
    await ensureCluster(ctx, { name: "demo", policy: "direct", endpoint: simulator.url, ...token });
    clusterId = must(await listClusters(viewer))[0]?.id ?? "";
  });
  afterAll(() => simulator?.close());

  const added = async () =>
    must(await listAudit(owner))
      .entries.filter(({ action }) => action === "agent.add")
      .map(({ actor }) => actor);

  it("are added once, and answer", async () => {
    await ensureAgents(ctx, "demo", declared);
    await ensureAgents(ctx, "demo", declared);
    const { agents } = must(await listAgents(viewer, { clusterId }));
    expect(agents.map(({ node, mode, addedBy }) => [node, mode, addedBy])).toEqual(
      ["pve1", "pve2", "pve3"].map((node) => [node, "ssh", "Trunkline"]),
    );
    expect(await added()).toHaveLength(3);
    expect(must(await readAgent(viewer, { clusterId, node: "pve1" }))).toMatchObject({
      failure: null,
      report: { agent: "1.0.0", node: "pve1", changes: [] },
    });
  });

  it("are reached as it says now, when that has changed", async () => {
    const [first] = declared;
    if (!first) throw new Error("no agent");
    await ensureAgents(ctx, "demo", [{ ...first, ...other, port: 1 }]);
    const moved = must(await listAgents(viewer, { clusterId })).agents[0];
    expect(moved).toMatchObject({ node: "pve1", port: 1 });
    await ensureAgents(ctx, "demo", declared);
    expect(must(await listAgents(viewer, { clusterId })).agents[0]).toMatchObject({ port: first.port });
    expect(await added()).toHaveLength(3);
  });

  it("of a cluster that is not connected are none", async () => {
    await ensureAgents(ctx, "nowhere", declared);
    expect(must(await listAgents(viewer, { clusterId })).agents).toHaveLength(3);
  });
});
