import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openStage, type Stage } from "./engine";
import { breakCalls, fallSilent } from "./sweep";
import { SCENARIOS, type Scenario } from "./sweep-scenarios";

/** A sample of `npm run sweep`, which breaks every call of every scenario. */
const { create, mixed, ...others } = SCENARIOS;

for (const release of ["9.2", "8.4"] as const) {
  describe(`on Proxmox VE ${release}`, { timeout: 240_000 }, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage({ release });
    });
    afterAll(() => stage.simulator.close());
    // Without the lock there is less to go wrong, so a smaller sample says as much.
    const few = release === "8.4" ? 4 : 1;

    it.each([
      ["unheard", 1],
      ["unanswered", 2],
    ] as const)("a run tells the truth when any one call is %s", async (how, first) => {
      for (const scenario of [create, mixed])
        expect((await breakCalls(stage, scenario, how, 3 * few, first)).wrong).toEqual([]);
      for (const scenario of rest()) expect((await breakCalls(stage, scenario, how, 9 * few, first)).wrong).toEqual([]);
    });

    it("a run tells the truth when a call is refused with 500", async () => {
      for (const scenario of [create, mixed, ...rest()])
        expect((await breakCalls(stage, scenario, "500", 14 * few, 3)).wrong).toEqual([]);
    });

    it("a run that met a silent cluster is settled as soon as it answers again", async () => {
      for (const scenario of [create, mixed, ...rest()])
        expect((await fallSilent(stage, scenario, 9 * few)).wrong).toEqual([]);
    });
  });
}

const rest = (): Scenario[] => Object.values(others);
