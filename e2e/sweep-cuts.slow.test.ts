import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./engine";
import { cancelAt, cutOff, cutTwice } from "./sweep";
import { SCENARIOS, type Scenario } from "./sweep-scenarios";

/** A sample of `npm run sweep`, which cuts every scenario off at every event. */
const { create, mixed, include, discard, ...others } = SCENARIOS;
const whole: readonly Scenario[] = [create, mixed, include, discard];

for (const release of ["9.2", "8.4"] as const) {
  describe(`on Proxmox VE ${release}`, { timeout: 240_000 }, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage({ release });
    });
    afterAll(() => stage.simulator.close());
    const few = release === "8.4" ? 4 : 1;

    it.each(["continue", "roll-back"] as const)("a run cut off at any event can be settled: %s", async (mode) => {
      for (const scenario of whole)
        expect((await cutOff(stage, scenario, mode, 2 * few, mode === "continue" ? 1 : 2)).wrong).toEqual([]);
      for (const scenario of Object.values(others))
        expect((await cutOff(stage, scenario, mode, 7 * few)).wrong).toEqual([]);
    });

    it("picking up may be cut off too", async () => {
      expect((await cutTwice(stage, mixed, "roll-back", "continue", 7 * few)).wrong).toEqual([]);
      expect((await cutTwice(stage, create, "continue", "roll-back", 7 * few)).wrong).toEqual([]);
    });

    it("a run can be cancelled at every event, and after the commit it is watched to its end", async () => {
      for (const scenario of whole) expect((await cancelAt(stage, scenario, 3 * few)).wrong).toEqual([]);
      for (const scenario of Object.values(others))
        expect((await cancelAt(stage, scenario, 7 * few)).wrong).toEqual([]);
    });
  });
}

it("a run that is continued reaches the goal, and one that is rolled back leaves nothing", {
  timeout: 120_000,
}, async () => {
  const stage = await openStage();
  const continued = await cutOff(stage, create, "continue", 2);
  const rolledBack = await cutOff(stage, create, "roll-back", 2);
  await stage.simulator.close();
  // From the first step on a run can be continued; only one cut off right at its commit is rolled back after all.
  expect(continued.ends.applied).toBeGreaterThan(rolledBack.ends.applied ?? 0);
  expect(rolledBack.ends.failed).toBeGreaterThan(continued.ends.failed ?? 0);
});
