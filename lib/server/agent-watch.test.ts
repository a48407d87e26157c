import { beforeAll, beforeEach, expect, it } from "vitest";
import { FakeHosts } from "@/e2e/fake-hosts";
import * as store from "@/lib/store/host-agents";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { fillStore } from "@/lib/store/testing/fill-store";
import { lookAtAgents } from "./agent-watch";
import { listClusters } from "./clusters";
import type { Context } from "./context";
import { keyPurpose } from "./host-agents";
import { must, provideStore, viewer } from "./testing/harness";

const NODES = ["pve1", "pve2", "pve3"];
const MINUTE = 60_000;

describeOnBoth("the look at host agents", (open) => {
  let ctx: Context;
  let clusterId: string;
  let now = Date.parse("2026-11-27T08:00:00Z");
  let hosts: FakeHosts;
  let asked: string[] = [];

  beforeAll(async () => {
    const base = provideStore(await open());
    const never = () => Promise.reject(new Error("nothing is installed here"));
    const connect = () =>
      Object.assign(Object.create(hosts), {
        status: (node: string) => {
          asked.push(node);
          return hosts.plan(node);
        },
      });
    ctx = provideStore(base.store, {
      ...base,
      clock: { ...base.clock, now: () => now },
      hosts: { connect, readHostKey: never, install: never },
    });
    await fillStore(ctx.db);
    clusterId = must(await listClusters(viewer))[0]?.id ?? "";
  });
  beforeEach(async () => {
    hosts = new FakeHosts(NODES, async () => new Set());
    asked = [];
    await ctx.db.hostAgent.deleteMany();
    for (const node of NODES) {
      const place = { clusterId, node };
      await store.insertAgent(ctx.db, {
        ...place,
        ...{
          mode: node === "pve3" ? "bundle" : "ssh",
          host: "192.0.2.1",
          port: 22,
          user: "trunkline",
          hostKey: "SHA256:x",
        },
        ...{
          sealedKey: ctx.seal.seal("key", keyPurpose(place)),
          publicKey: "x",
          createdBy: "test",
          createdAt: new Date(now),
        },
      });
    }
  });

  const agent = (node: string) => store.findAgent(ctx.db, { clusterId, node });
  async function looked(): Promise<string[]> {
    asked = [];
    await lookAtAgents(ctx);
    return asked;
  }

  it("asks who was not heard of for five minutes, and never a node that a script is carried to", async () => {
    expect(await looked()).toEqual(["pve1", "pve2"]);
    expect(await agent("pve1")).toMatchObject({ contactAt: new Date(now), failure: null });
    now += 4 * MINUTE;
    expect(await looked()).toEqual([]);
    await store.noteContact(ctx.db, { clusterId, node: "pve2" }, new Date(now));
    now += 2 * MINUTE;
    expect(await looked()).toEqual(["pve1"]);
  });

  it("one that does not answer is news as well, is asked again in its turn, and keeps no other from being asked", async () => {
    hosts.breakCall(1, "unheard");
    expect(await looked()).toEqual(["pve1", "pve2"]);
    expect((await agent("pve1"))?.failure).toMatchObject({ kind: "unreachable" });
    expect((await agent("pve2"))?.failure).toBeNull();
    now += 4 * MINUTE;
    expect(await looked()).toEqual([]);
    now += 2 * MINUTE;
    await looked();
    expect((await agent("pve1"))?.failure).toBeNull();
  });

  it("leaves the agents of a cluster to its run while one is at work", async () => {
    const first = { where: { number: 1 } };
    await ctx.db.run.update({ ...first, data: { state: "running", runningOn: clusterId } });
    expect(await looked()).toEqual([]);
    await ctx.db.run.update({ ...first, data: { state: "applied", runningOn: null } });
    expect(await looked()).toEqual(["pve1", "pve2"]);
  });
});
