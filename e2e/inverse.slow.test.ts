import * as fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { runPlan } from "@/lib/core/apply/run";
import { importLayout } from "@/lib/core/layout/import-layout";
import type { Layout } from "@/lib/core/layout/model";
import { type Entity, toEntities } from "@/lib/core/plan/entity";
import type { PlanInput } from "@/lib/core/plan/make-plan";
import { restoreSnapshot } from "@/lib/core/revert/restore-snapshot";
import { revertRun } from "@/lib/core/revert/revert-run";
import { applyLayout, collect, inputFor, openStage, planFor, readLive, type Stage, written } from "./engine";
import { furnish, related, SEED } from "./related-layouts";

/** Ways back, and the way in: each of them through the whole client and a simulated cluster. */

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.simulator.close());

const options = { numRuns: 40, seed: SEED, endOnFailure: true } as const;

async function applied(layout: Layout) {
  const { plan, end } = await applyLayout(stage, layout);
  expect(end.failure?.message ?? end.message).toMatch(/^(Applied|Nothing to do)/);
  return plan;
}

/** Applies what a way back asks for. */
async function followed(way: { readonly layout: Layout } & Pick<PlanInput, "only" | "problems">): Promise<void> {
  const { layout, ...rest } = way;
  const plan = await planFor(stage, layout, rest);
  expect(plan.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  const { end, events } = await collect(runPlan(inputFor(stage, plan)));
  stage.owned = new Set(ownedAfter(plan, stage.owned, events));
  expect(end.failure?.message ?? end.message).toMatch(/^(Applied|Nothing to do)/);
}

/** What Proxmox draws by itself when a zone is made comes out differently the second time. */
const known = (entities: readonly Entity[]) =>
  entities.map(({ props: { mac: _, ...props }, ...entity }) => ({ ...entity, props }));

it("a run that is reverted leaves the cluster as it was before it", { timeout: 120_000 }, async () => {
  let reverted = 0;
  await fc.assert(
    fc.asyncProperty(related, related, async (before, after) => {
      const foreign = await furnish(stage);
      await applied(before);
      const was = await readLive(stage);
      const plan = await applied(after);
      const config = await readLive(stage);
      await followed(
        revertRun({ run: { number: 2, plan, layout: after }, recorded: after, before, config, owned: stage.owned }),
      );
      const is = await readLive(stage);
      expect(known(is.running)).toEqual(known(was.running));
      expect(is.pending).toEqual([]);
      expect((await planFor(stage, before)).steps).toEqual([]);
      expect(is.running).toEqual(expect.arrayContaining([...foreign]));
      reverted += plan.changes.length;
    }),
    options,
  );
  expect(reverted).toBeGreaterThan(20);
});

it("a snapshot that is restored brings back what a layout owned, whatever came since", {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(related, related, async (before, after) => {
      await furnish(stage);
      await applied(before);
      const snapshot = await stage.cluster.readSnapshot();
      if (!snapshot.ok) throw new Error(snapshot.error.message);
      await applied(after);
      const [config, owned] = [await readLive(stage), stage.owned];
      await followed(restoreSnapshot({ snapshot: snapshot.value, keep: after, config, owned, others: new Set() }));
      expect(known((await readLive(stage)).running)).toEqual(known(snapshot.value.running));
    }),
    options,
  );
});

it("what is imported is what was applied, with nothing left to plan and no write", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(related, async (layout) => {
      const foreign = new Set((await furnish(stage)).map(({ key }) => key));
      await applied(layout);
      stage.simulator.clearRequests();
      const config = await readLive(stage);
      const own = { ...config, entities: config.entities.filter(({ key }) => !foreign.has(key)) };
      const { layout: imported, skipped } = importLayout({ config: own, name: layout.name });
      expect(skipped).toEqual([]);
      const keys = (entities: readonly Entity[]) => entities.map(({ key }) => key).sort();
      expect(keys(toEntities(imported))).toEqual(keys(toEntities(layout)));
      stage.owned = new Set(keys(toEntities(imported)));
      expect((await planFor(stage, imported)).steps).toEqual([]);
      expect((await planFor(stage, layout)).steps).toEqual([]);
      expect(written(stage)).toEqual([]);
    }),
    options,
  );
});
