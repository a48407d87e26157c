import * as fc from "fast-check";
import { expect, it } from "vitest";
import { layoutArbitrary } from "../layout/arbitrary";
import { type Entity, type EntityKey, toEntities } from "../plan/entity";
import { makePlan } from "../plan/make-plan";
import type { LiveConfig, SnapshotData } from "../ports";
import { FACTS, layoutOf, vnet } from "../validate/sample-layouts";
import { restoreSnapshot } from "./restore-snapshot";

const liveOf = (entities: readonly Entity[]): LiveConfig => ({ entities, running: entities, pending: [], others: [] });
const snapshotOf = (entities: readonly Entity[]): SnapshotData => ({ ...liveOf(entities), ipam: null });
const keysOf = (entities: readonly Entity[]) => new Set(entities.map(({ key }) => key));
const sorted = (entities: readonly Entity[]) => [...entities].sort((a, b) => (a.key < b.key ? -1 : 1));

function restored(
  snapshot: SnapshotData,
  live: readonly Entity[],
  owned: ReadonlySet<EntityKey>,
  others: ReadonlySet<EntityKey> = new Set(),
) {
  const config = liveOf(live);
  const { layout, only, problems } = restoreSnapshot({ snapshot, keep: layoutOf({}), config, owned, others });
  const plan = makePlan({ layout, config, facts: FACTS, owned, fingerprint: (text) => text, only });
  const world = new Map(live.map((entity) => [entity.key, entity]));
  for (const step of plan.steps) {
    if (step.op === "delete") world.delete(step.before.key);
    else world.set(step.after.key, step.after);
  }
  return { plan, layout, problems, entities: [...world.values()] };
}

it("brings everything we own back to any snapshot, from anywhere", () => {
  void fc.assert(
    fc.property(layoutArbitrary, layoutArbitrary, (then, now) => {
      const live = toEntities(now);
      const { entities, problems } = restored(snapshotOf(toEntities(then)), live, keysOf(live));
      expect(problems).toEqual([]);
      expect(sorted(entities)).toEqual(sorted(toEntities(then)));
    }),
    { numRuns: 200 },
  );
});

const THEN = toEntities(layoutOf({ vnets: [vnet({ id: "mine", tag: 10 }), vnet({ id: "theirs", tag: 20 })] }));

it("names what belongs to others and differs, and never touches it", () => {
  const now = toEntities(layoutOf({ vnets: [vnet({ id: "mine", tag: 11 }), vnet({ id: "theirs", tag: 21 })] }));
  const { plan, problems } = restored(snapshotOf(THEN), now, new Set(["zone/hybzone", "vnet/mine"]));
  expect(plan.changes.map(({ key, op }) => `${op} ${key}`)).toEqual(["update vnet/mine"]);
  expect(problems).toEqual([
    expect.objectContaining({ code: "left-as-it-is", severity: "warning", at: ["vnet/theirs"] }),
  ]);
});

it("makes anew what no longer exists, unless another layout owns it", () => {
  const now = THEN.filter(({ kind }) => kind === "zone");
  const { plan, problems } = restored(snapshotOf(THEN), now, new Set(["zone/hybzone"]), new Set(["vnet/theirs"]));
  expect(plan.changes.map(({ key, op }) => `${op} ${key}`)).toEqual(["create vnet/mine"]);
  expect(problems.map(({ at }) => at)).toEqual([["vnet/theirs"]]);
});

it("goes back to what ran, not to what somebody had only edited", () => {
  const edited = toEntities(layoutOf({ vnets: [vnet({ id: "mine", tag: 99 })] }));
  const snapshot: SnapshotData = {
    ...snapshotOf(edited),
    running: THEN,
    pending: [{ kind: "vnet", id: "mine", state: "changed", fields: ["tag"] }],
  };
  const { layout } = restored(snapshot, edited, keysOf(THEN));
  expect(layout.vnets.map(({ id, tag }) => `${id} ${tag}`)).toEqual(["mine 10", "theirs 20"]);
});
