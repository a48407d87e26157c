import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./engine";
import { breakCalls, cancelAt, cutOff, cutTwice, fallSilent } from "./sweep";
import { SCENARIOS, type Scenario } from "./sweep-scenarios";

/** Every combination; the slow tests of `npm test` are a sample of it. */
const scenarios: readonly Scenario[] = Object.values(SCENARIOS);

for (const release of ["9.2", "9.0", "8.4"] as const) {
  describe.each(scenarios)(`$name on Proxmox VE ${release}`, { timeout: 3_600_000 }, (scenario) => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage({ release });
    });
    afterAll(() => stage.simulator.close());

    it.each(["unheard", "unanswered", "500"] as const)("with every call %s", async (how) => {
      expect((await breakCalls(stage, scenario, how)).wrong).toEqual([]);
    });

    it("silent from every call on", async () => {
      expect((await fallSilent(stage, scenario)).wrong).toEqual([]);
    });

    it.each(["continue", "roll-back"] as const)("cut off at every event: %s", async (mode) => {
      expect((await cutOff(stage, scenario, mode)).wrong).toEqual([]);
    });

    it.each([
      ["continue", "roll-back"],
      ["roll-back", "continue"],
    ] as const)("cut off twice: %s, then %s", async (first, second) => {
      expect((await cutTwice(stage, scenario, first, second, 2)).wrong).toEqual([]);
    });

    it("cancelled at every event", async () => {
      expect((await cancelAt(stage, scenario)).wrong).toEqual([]);
    });
  });
}
