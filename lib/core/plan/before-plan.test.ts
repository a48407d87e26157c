import * as fc from "fast-check";
import { expect, it } from "vitest";
import { layoutArbitrary } from "../layout/arbitrary";
import { layoutChanges } from "../layout/changes";
import { beforePlan } from "./before-plan";
import { diffEntities } from "./diff";
import { toEntities } from "./entity";
import { orderSteps } from "./order";

it("takes every step back: the objects are those of the layout the plan began with", () => {
  void fc.assert(
    fc.property(layoutArbitrary, layoutArbitrary, (from, to) => {
      const live = toEntities(from);
      const { differences, goal } = diffEntities(live, toEntities(to), new Set(live.map(({ key }) => key)));
      const steps = orderSteps(differences, live, goal);
      if (!steps.ok) return;
      const before = beforePlan(to, steps.value);
      const keys = (layout: typeof before) =>
        toEntities(layout)
          .map(({ key }) => key)
          .sort();
      expect(keys(before)).toEqual(keys(from));
      expect(layoutChanges(before, before).byKey.size).toBe(0);
    }),
    { numRuns: 100 },
  );
});
