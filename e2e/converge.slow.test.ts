import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { Layout } from "@/lib/core/layout/model";
import { applyLayout, clearStage, openStage, planFor, type Stage } from "./engine";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());

/** The simulated cluster has vmbr1 on two nodes only. Host services are no objects of the cluster, so they are left out. */
const fitting = ({ hostServices: _, ...layout }: Layout): Layout => ({
  ...layout,
  zones: layout.zones.map((zone) => (zone.bridge === "vmbr1" ? { ...zone, nodes: ["pve1", "pve2"] } : zone)),
});

/** Few ids and few tags, so that two layouts have much in common: moves, swaps and replacements, not only news. */
const related = layoutArbitrary.map(fitting);

/** The same networks with nothing but what makes them networks. */
const bare = (layout: Layout): Layout => ({
  ...layout,
  vnets: layout.vnets.map(({ alias: _, ...vnet }) => vnet),
  subnets: layout.subnets.map(({ vnet, cidr }) => ({ vnet, cidr })),
});

it("leads from any layout to any other and leaves nothing to plan", { timeout: 300_000 }, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(related, { minLength: 2, maxLength: 3 }), async (layouts) => {
      clearStage(stage);
      for (const layout of [...layouts, ...layouts.slice(-1).map(bare)]) {
        stage.simulator.clearRequests();
        const { plan, end } = await applyLayout(stage, layout);
        const blockers = [
          ...plan.problems.filter((problem) => problem.severity === "error"),
          ...plan.checks.filter((check) => check.status === "block"),
        ];
        expect(blockers).toEqual([]);
        expect(end.failure?.message ?? end.message).toMatch(/^(Applied|Nothing to do)/);
        for (const change of plan.changes) seen.add(`${change.op} ${change.kind}`);
        const writes = stage.simulator.requests().filter((request) => request.method !== "GET").length;
        expect(writes).toBe(plan.steps.length === 0 ? 0 : plan.steps.length + 3);
        expect((await planFor(stage, layout)).steps).toEqual([]);
      }
    }),
    { numRuns: 60 },
  );
  // The generator is only worth something when it reaches every kind of change.
  for (const kind of ["zone", "vnet", "subnet"]) {
    for (const op of ["create", "update", "delete", "replace"]) expect(seen).toContain(`${op} ${kind}`);
  }
});

it("sends one write per object and three more, whatever the size", { timeout: 120_000 }, async () => {
  clearStage(stage);
  const size = 120;
  const layout: Layout = {
    version: 1,
    name: "many",
    zones: [{ id: "many", type: "vlan", bridge: "vmbr0", ipam: "pve" }],
    vnets: Array.from({ length: size }, (_, i) => ({ id: `v${i}`, zone: "many", tag: i + 1 })),
    subnets: Array.from({ length: size }, (_, i) => ({ vnet: `v${i}`, cidr: `10.${i}.0.0/24` })),
  };
  stage.simulator.clearRequests();
  expect((await applyLayout(stage, layout)).end.state).toBe("applied");
  const requests = stage.simulator.requests();
  expect(requests.filter((request) => request.method !== "GET")).toHaveLength(1 + size + size + 3);
  // Reading costs a fixed number of lists, and one listing of subnets per vnet and read, which the API forces.
  const subnetLists = requests.filter(
    (r) => r.method === "GET" && /^\/cluster\/sdn\/vnets\/[^/]+\/subnets$/.test(r.path),
  );
  const others = requests.filter((request) => request.method === "GET").length - subnetLists.length;
  expect(subnetLists.length).toBeLessThanOrEqual(3 * size);
  expect(others).toBeLessThan(120);
});
