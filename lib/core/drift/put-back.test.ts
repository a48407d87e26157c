import * as fc from "fast-check";
import { expect, it } from "vitest";
import { layoutArbitrary } from "../layout/arbitrary";
import type { Layout } from "../layout/model";
import { type Entity, type EntityKey, toEntities } from "../plan/entity";
import { makePlan } from "../plan/make-plan";
import type { LiveConfig } from "../ports";
import { FACTS, layoutOf, vnet } from "../validate/sample-layouts";
import { findDrift } from "./drift";
import { putBack } from "./put-back";

const liveOf = (entities: readonly Entity[]): LiveConfig => ({ entities, running: entities, pending: [], others: [] });
const keysOf = (entities: readonly Entity[]) => new Set(entities.map(({ key }) => key));

/** The configuration after what drifted has been put back. */
function afterPutBack(recorded: Layout, entities: readonly Entity[], owned: ReadonlySet<EntityKey>, keys: EntityKey[]) {
  const config = liveOf(entities);
  const { layout, only } = putBack({ recorded, config, owned, keys });
  const plan = makePlan({ layout, config, facts: FACTS, owned, fingerprint: (text) => text, only });
  const world = new Map(entities.map((entity) => [entity.key, entity]));
  for (const step of plan.steps) {
    if (step.op === "delete") world.delete(step.before.key);
    else world.set(step.after.key, step.after);
  }
  return { plan, entities: [...world.values()] };
}

it("leaves no drift when everything that drifted is put back, whatever has become of the cluster", () => {
  void fc.assert(
    fc.property(layoutArbitrary, layoutArbitrary, (recorded, now) => {
      const live = toEntities(now);
      const owned = new Set([...keysOf(toEntities(recorded)), ...keysOf(live)]);
      const { items } = findDrift({ recorded, owned, config: liveOf(live) });
      const { entities, plan } = afterPutBack(
        recorded,
        live,
        owned,
        items.map(({ key }) => key),
      );
      expect(findDrift({ recorded, owned, config: liveOf(entities) }).items).toEqual([]);
      expect(plan.owns).toEqual([...keysOf(toEntities(recorded))]);
    }),
    { numRuns: 200 },
  );
});

const RECORDED = layoutOf({
  vnets: [vnet({ id: "lab1", tag: 50 }), vnet({ id: "lab2", tag: 60 })],
  subnets: [{ vnet: "lab2", cidr: "10.2.0.0/24" }],
});

it("puts one object back and leaves every other drift as it is", () => {
  const now = layoutOf({ vnets: [vnet({ id: "lab1", tag: 55 })] });
  const owned = keysOf(toEntities(RECORDED));
  const first = afterPutBack(RECORDED, toEntities(now), owned, ["vnet/lab1"]);
  expect(first.plan.steps.map(({ op }) => op)).toEqual(["update"]);
  expect(first.plan.owns).toHaveLength(owned.size);
  const second = afterPutBack(RECORDED, first.entities, owned, ["subnet/lab2/10.2.0.0/24"]);
  expect(second.plan.steps.map((step) => step.op === "create" && step.after.key)).toEqual([
    "vnet/lab2",
    "subnet/lab2/10.2.0.0/24",
  ]);
});

it("removes what should not be there with what lives in it, but nothing of others", () => {
  const now = layoutOf({
    vnets: [...RECORDED.vnets, vnet({ id: "old1", tag: 7 })],
    subnets: [...RECORDED.subnets, { vnet: "old1", cidr: "10.7.0.0/24" }],
  });
  const live = toEntities(now);
  const ours = afterPutBack(RECORDED, live, keysOf(live), ["vnet/old1"]);
  expect(ours.plan.steps.map((step) => step.op === "delete" && step.before.key)).toEqual([
    "subnet/old1/10.7.0.0/24",
    "vnet/old1",
  ]);
  const theirs = afterPutBack(RECORDED, live, new Set([...keysOf(toEntities(RECORDED)), "vnet/old1"]), ["vnet/old1"]);
  expect(theirs.plan.problems.map(({ code }) => code)).toContain("foreign-child");
});
