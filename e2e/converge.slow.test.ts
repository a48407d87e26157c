import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import type { Change } from "@/lib/core/plan/step";
import { applyLayout, clearStage, openStage, planFor, readLive, type Stage, written } from "./engine";
import { furnish, related, SEED } from "./related-layouts";
import { SCENARIOS } from "./sweep-scenarios";

/** One that is sure to replace a zone with all that is in it. */
const { before, target } = SCENARIOS.mixed;

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());

/** The same networks with nothing but what makes them networks. */
const bare = (layout: Layout): Layout => ({
  ...layout,
  vnets: layout.vnets.map(({ alias: _, ...vnet }) => vnet),
  subnets: layout.subnets.map(({ vnet, cidr }) => ({ vnet, cidr })),
});

const weight = (changes: readonly Change[]): number =>
  changes.reduce((sum, { op }) => sum + (op === "replace" ? 2 : 1), 0);

it("leads from any layout to any other, leaves nothing to plan and touches nothing of others", {
  timeout: 300_000,
}, async () => {
  const seen = new Set<string>();
  const types = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(related, { minLength: 2, maxLength: 3 }), async (layouts) => {
      const foreign = await furnish(stage);
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
        for (const zone of layout.zones) types.add(zone.type);
        expect(written(stage)).toHaveLength(plan.steps.length === 0 ? 0 : plan.steps.length + 3);
        // Beyond one write per object, and two per replacement, only numbers that change places cost one more.
        const parked = plan.steps.length - weight(plan.changes);
        expect(parked).toBeLessThanOrEqual(plan.changes.filter(({ kind }) => kind !== "subnet").length / 2);
        expect((await planFor(stage, layout)).steps).toEqual([]);
        const keys = new Set(foreign.map(({ key }) => key));
        expect((await readLive(stage)).running.filter(({ key }) => keys.has(key))).toEqual(foreign);
      }
    }),
    { numRuns: 25, seed: SEED, endOnFailure: true, examples: [[[before, target]]] },
  );
  // The generator is only worth something when it reaches every kind of change and every type of zone.
  for (const kind of ["zone", "vnet", "subnet"]) {
    for (const op of ["create", "update", "delete", "replace"]) expect(seen).toContain(`${op} ${kind}`);
  }
  expect([...types].sort()).toEqual(["evpn", "qinq", "simple", "vlan", "vxlan"]);
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
  expect(written(stage)).toHaveLength(1 + size + size + 3);
  // Reading costs a fixed number of lists, and one listing of subnets per vnet and read, which the API forces.
  const subnetLists = requests.filter(
    (r) => r.method === "GET" && /^\/cluster\/sdn\/vnets\/[^/]+\/subnets$/.test(r.path),
  );
  const others = requests.length - written(stage).length - subnetLists.length;
  expect(subnetLists.length).toBeLessThanOrEqual(3 * size);
  expect(others).toBeLessThan(120);
});
