import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { runPlan } from "@/lib/core/apply/run";
import { isApplicable } from "@/lib/core/plan/make-plan";
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

import { lab, nothing, swapped, two } from "./engine-layouts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());
beforeEach(() => clearStage(stage));

const paths = () => written(stage).map(({ method, path }) => `${method} ${path}`);
const theirs = entity("zone", "theirs", { type: "simple" });

describe("a run", () => {
  it("locks, stages everything, commits once, proves every node and unlocks", async () => {
    const plan = await planFor(stage, two);
    stage.simulator.clearRequests();
    const { end, events } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "applied", proven: 3, nodes: 3 });
    expect(paths()).toEqual([
      "POST /cluster/sdn/lock",
      "POST /cluster/sdn/zones",
      "POST /cluster/sdn/vnets",
      "POST /cluster/sdn/vnets",
      "POST /cluster/sdn/vnets/mgmt/subnets",
      "POST /cluster/sdn/vnets/voip/subnets",
      "PUT /cluster/sdn",
      "DELETE /cluster/sdn/lock",
    ]);
    const token = events.find((event) => event.type === "locked")?.token;
    for (const request of written(stage).slice(1)) expect(request.parameters).toMatchObject({ "lock-token": token });
    for (const event of events.filter((one) => one.type === "node" && one.state === "proven"))
      expect(event).toMatchObject({ detail: "Its reload ended well; zone office is available with 2 VNets." });
  });

  it("keeps what it found under the lock: objects in both views, controllers, IPAMs, addresses", async () => {
    await applyLayout(stage, lab);
    await send(stage, "POST", "/cluster/sdn/controllers", {
      controller: "bgp1",
      type: "bgp",
      node: "pve1",
      asn: "65000",
      peers: "192.0.2.1",
    });
    await send(stage, "PUT", "/cluster/sdn", {});
    const live = await readLive(stage);
    const { events } = await applyLayout(stage, { ...lab, vnets: [{ id: "lab1", zone: "lab", alias: "Lab" }] });
    const snapshot = events.find((event) => event.type === "snapshot");
    expect(snapshot).toMatchObject({ entities: live.entities, running: live.running, pending: [] });
    expect(snapshot?.others.map(({ kind, id }) => `${kind} ${id}`)).toEqual(["controller bgp1", "ipam pve"]);
    expect(snapshot?.ipam).toMatchObject([{ ip: "10.60.0.1", gateway: true, vnet: "lab1" }]);
  });

  it("sends nothing when the cluster matches already", async () => {
    await applyLayout(stage, two);
    stage.simulator.clearRequests();
    const { end, plan } = await applyLayout(stage, two);
    expect(plan.steps).toEqual([]);
    expect(end.state).toBe("applied");
    expect(written(stage)).toEqual([]);
  });

  it("swaps two tags, which no order of plain changes can do", async () => {
    await applyLayout(stage, two);
    expect((await applyLayout(stage, swapped)).end.state).toBe("applied");
    expect((await planFor(stage, swapped)).steps).toEqual([]);
  });

  it("is blocked by other people's pending changes and sends nothing", async () => {
    const plan = await planFor(stage, two);
    await stageByOthers(stage, { op: "create", after: theirs });
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(written(stage)).toEqual([]);
    expect(isApplicable(await planFor(stage, two))).toBe(false);
  });

  it("is blocked when the cluster changed since the plan was made", async () => {
    const plan = await planFor(stage, two);
    await applyLayout(stage, { ...two, vnets: two.vnets.slice(0, 1), subnets: [] });
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(written(stage)).toEqual([]);
  });

  it("needs every check that wants a tick to have one", async () => {
    const plan = await planFor(stage, two);
    const check = { id: "local-changes", status: "confirm" as const, title: "Node edits", detail: "Edits wait." };
    const ticked = { ...plan, checks: [...plan.checks, check] };
    stage.simulator.clearRequests();
    const refused = await collect(runPlan(inputFor(stage, ticked, { accepted: [] })));
    expect(refused.end.state).toBe("blocked");
    expect(written(stage)).toEqual([]);
    const accepted = await collect(runPlan(inputFor(stage, ticked, { accepted: ["local-changes"] })));
    expect(accepted.end.state).toBe("applied");
  });

  it("looks around once more under the lock: a guest that came meanwhile stops it, and nothing is staged", async () => {
    await applyLayout(stage, two);
    const plan = await planFor(stage, nothing);
    stage.simulator.control("guest-300", "qemu pve1 stopped voip");
    stage.simulator.clearRequests();
    const { end } = await collect(runPlan(inputFor(stage, plan)));
    expect(end).toMatchObject({ state: "blocked", failure: { kind: "stale" } });
    expect(end.message).toContain("voip");
    expect(paths()).toEqual(["POST /cluster/sdn/lock", "DELETE /cluster/sdn/lock"]);
  });

  it("rehearses without leaving a trace, in the configuration or in the address database", async () => {
    const plan = await planFor(stage, two);
    const before = await truth(stage);
    const { end, events } = await collect(runPlan(inputFor(stage, plan, { rehearse: true })));
    expect(end).toMatchObject({ state: "failed" });
    expect(end.failure).toBeUndefined();
    expect(events.filter((event) => event.type === "dry-run").map((event) => event.interfaces)).toEqual([
      expect.stringContaining("vmbr0.10"),
      expect.stringContaining("vmbr0.10"),
      expect.stringContaining("vmbr0.10"),
    ]);
    expect(await truth(stage)).toEqual(before);
    expect(commits(stage)).toBe(0);
    // Residue in the IPAM would refuse the very same subnets a second time.
    expect((await applyLayout(stage, two)).end.state).toBe("applied");
  });

  it("never changes or deletes what the layout does not own", async () => {
    await applyLayout(stage, two);
    stage.owned = new Set();
    const before = await readLive(stage);
    expect((await planFor(stage, nothing)).steps).toEqual([]);
    const clash = await planFor(stage, two);
    expect(isApplicable(clash)).toBe(false);
    expect(clash.problems.map((problem) => problem.code)).toContain("already-exists");
    expect(await readLive(stage)).toEqual(before);
  });
});
