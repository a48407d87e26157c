import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openNodes, retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import type { Cluster } from "@/lib/core/ports";
import { err } from "@/lib/core/result";
import { applyLayout, clearStage, collect, inputFor, openStage, planFor, type Stage, written } from "./engine";

import { lab, nothing, swapped, two } from "./engine-layouts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

const paths = () => written(stage).map(({ method, path }) => `${method} ${path}`);

describe("nodes that do not follow", () => {
  it("are named although Proxmox's own task says OK, and retried until they do", async () => {
    stage.simulator.control("fail-ifreload-pve2", "error: mgmt: failed");
    const plan = await planFor(stage, two);
    const ran = await collect(runPlan(inputFor(stage, plan)));
    expect(ran.end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(ran.end.message).toContain("pve2");
    expect(ran.events).toContainEqual(
      expect.objectContaining({
        type: "node",
        node: "pve2",
        state: "failed",
        detail: expect.stringMatching(/^Its reload failed: /),
      }),
    );
    expect(openNodes(ran.events)).toEqual(["pve2"]);

    const journal = [...ran.events];
    const again = () => collect(retryNodes({ ...inputFor(stage, plan), journal, nodes: openNodes(journal) }));
    const failed = await again();
    expect(failed.end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    journal.push(...failed.events);
    stage.simulator.control("fail-ifreload-pve2");
    stage.simulator.clearRequests();
    const done = await again();
    expect(done.end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(done.events[0]).toEqual({ type: "resumed", how: "retry", by: "olga", nodes: ["pve2"] });
    expect(paths()).toEqual(["PUT /nodes/pve2/network"]);
  });

  it("are not retried once something else runs", async () => {
    stage.simulator.control("fail-ifreload-pve2", "error: mgmt: failed");
    const plan = await planFor(stage, two);
    const { events } = await collect(runPlan(inputFor(stage, plan)));
    stage.owned = new Set(plan.owns);
    await applyLayout(stage, swapped);
    stage.simulator.clearRequests();
    const { end } = await collect(retryNodes({ ...inputFor(stage, plan), journal: events, nodes: ["pve2"] }));
    expect(end).toMatchObject({ state: "partially-applied", failure: { kind: "stale" }, proven: 2, nodes: 3 });
    expect(written(stage)).toEqual([]);
  });

  it("keep their state when the token may not reload them, with the way by hand", async () => {
    stage.simulator.control("fail-ifreload-pve2", "error: mgmt: failed");
    const plan = await planFor(stage, two);
    const { events } = await collect(runPlan(inputFor(stage, plan)));
    stage.simulator.addFault({ match: { method: "PUT", path: "^/nodes/pve2/network$" }, how: "403", times: 2 });
    const { end, events: more } = await collect(
      retryNodes({ ...inputFor(stage, plan), journal: events, nodes: ["pve2"] }),
    );
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    const words = more.flatMap((event) => (event.type === "note" ? [event.text] : [])).join(" ");
    expect(words).toContain("Sys.Modify on /nodes/pve2");
    expect(words).toContain("pveum acl modify /nodes/pve2 --tokens");
    expect(words).toContain("Apply Configuration");
    expect(more.findLast((event) => event.type === "node")).toMatchObject({ node: "pve2", state: "failed" });
  });

  it("are told when they were unreachable", async () => {
    const plan = await planFor(stage, two);
    stage.simulator.control("offline-pve3", "1");
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(events.findLast((event) => event.type === "node" && event.node === "pve3")).toMatchObject({
      state: "unreachable",
      detail: expect.stringContaining("could not be started"),
    });
  });

  it("are told when they lack the zone's bridge, which fails no task", async () => {
    const bridged: Layout = { ...two, zones: [{ id: "office", type: "vlan", bridge: "vmbr1", ipam: "pve" }] };
    const plan = { ...(await planFor(stage, bridged)), problems: [], checks: [] };
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 2, nodes: 3 });
    expect(events.findLast((event) => event.type === "node" && event.node === "pve3")).toMatchObject({
      state: "failed",
      detail: "Zone office: bridge vmbr1 does not exist on this node.",
    });
  });

  it("are never proven by what cannot be read: a simple zone without a visible reload is unproven", async () => {
    const hidden: Cluster = {
      ...stage.cluster,
      readReloadTasks: async () =>
        err({ kind: "forbidden", retry: false, message: "Could not list the tasks: a privilege is missing." }),
    };
    const plan = await planFor(stage, lab);
    const { end, events } = await collect(runPlan(inputFor({ cluster: hidden }, plan)));
    expect(end).toMatchObject({ state: "partially-applied", proven: 0, nodes: 3 });
    expect(events.findLast((event) => event.type === "node")).toMatchObject({
      state: "unproven",
      detail: "Its reload task is not visible, and nothing else shows that the change arrived.",
    });
    // A VLAN zone shows by its interfaces that it is up.
    clearStage(stage);
    const vlan = await planFor(stage, two);
    expect((await collect(runPlan(inputFor({ cluster: hidden }, vlan)))).end).toMatchObject({ state: "applied" });
  });

  it("have lost what was removed: each node shows that the VNet is gone", async () => {
    await applyLayout(stage, two);
    const { end, events } = await applyLayout(stage, nothing);
    expect(end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(events.findLast((event) => event.type === "node")).toMatchObject({
      detail: "Its reload ended well; zone office, vnet mgmt, vnet voip are gone.",
    });
  });
});
