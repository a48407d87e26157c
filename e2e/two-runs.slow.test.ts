import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { EndEvent } from "@/lib/core/apply/context";
import { runPlan } from "@/lib/core/apply/run";
import type { Layout } from "@/lib/core/layout/model";
import { clearStage, clientOf, commits, inputFor, openStage, planFor, readLive, truth } from "./engine";

const layout = (id: string, tag: number): Layout => ({
  version: 1,
  name: id,
  zones: [{ id, type: "vlan", bridge: tag === 10 ? "vmbr0" : "vmbr1", nodes: ["pve1", "pve2"], ipam: "pve" }],
  vnets: [{ id: `${id}1`, zone: id, tag }],
  subnets: [{ vnet: `${id}1`, cidr: `10.${tag}.0.0/24`, gateway: `10.${tag}.0.1` }],
});

/** Two runs whose events come in the order that `turns` says; whoever is left over runs to its end. */
async function together(
  runs: readonly [AsyncGenerator<unknown, EndEvent>, AsyncGenerator<unknown, EndEvent>],
  turns: readonly boolean[],
): Promise<[EndEvent, EndEvent]> {
  const ends: [EndEvent | null, EndEvent | null] = [null, null];
  const step = async (which: 0 | 1) => {
    if (ends[which]) return;
    const next = await runs[which].next();
    if (next.done) ends[which] = next.value;
  };
  for (const turn of turns) await step(turn ? 0 : 1);
  while (!ends[0]) await step(0);
  while (!ends[1]) await step(1);
  return [ends[0], ends[1]];
}

const schedule = fc.array(fc.boolean(), { minLength: 10, maxLength: 90 });

it("two runs on one cluster: whoever has the lock is alone, and the other is told", { timeout: 180_000 }, async () => {
  const stage = await openStage();
  const second = clientOf(stage.simulator.url);
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(schedule, async (turns) => {
      clearStage(stage);
      const plans = [await planFor(stage, layout("aa", 10)), await planFor(stage, layout("bb", 20))] as const;
      stage.simulator.clearRequests();
      const ends = await together(
        [runPlan(inputFor(stage, plans[0])), runPlan(inputFor({ cluster: second }, plans[1]))],
        turns,
      );
      seen.add(ends.map(({ state, failure }) => failure?.kind ?? state).join(" "));
      const is = await truth(stage);
      expect(is).toMatchObject({ pending: "", locked: false });
      const winners = ends.flatMap(({ state }, index) => (state === "applied" ? [index] : []));
      const losers = ends.filter(({ state }) => state !== "applied");
      expect(winners).toHaveLength(1);
      expect(is.running).toBe(plans[winners[0] ?? 0]?.goal);
      expect(losers).toMatchObject([
        { state: "blocked", failure: { kind: expect.stringMatching(/^(locked|stale)$/) } },
      ]);
      expect(commits(stage)).toBe(1);
    }),
    { numRuns: 25 },
  );
  await second.close();
  await stage.simulator.close();
  // Both ways to lose were among them.
  expect([...seen].some((ends) => ends.includes("locked"))).toBe(true);
  expect([...seen].some((ends) => ends.includes("stale"))).toBe(true);
});

it("without a lock neither run ever claims what is not so", { timeout: 180_000 }, async () => {
  const stage = await openStage({ release: "8.4" });
  await fc.assert(
    fc.asyncProperty(schedule, async (turns) => {
      clearStage(stage);
      const plans = [await planFor(stage, layout("aa", 10)), await planFor(stage, layout("bb", 20))] as const;
      const before = await truth(stage);
      const ends = await together([runPlan(inputFor(stage, plans[0])), runPlan(inputFor(stage, plans[1]))], turns);
      const is = await truth(stage);
      const running = new Set((await readLive(stage)).running.map(({ id }) => id));
      for (const [index, { state, message }] of ends.entries()) {
        if (state === "applied") expect(running.has(index === 0 ? "aa" : "bb"), message).toBe(true);
        if (state === "failed") expect(running.has(index === 0 ? "aa" : "bb"), message).toBe(false);
      }
      // Nothing of a run that says it left nothing behind is still pending.
      if (ends.every(({ state }) => state === "failed" || state === "blocked")) expect(is).toEqual(before);
    }),
    { numRuns: 25 },
  );
  await stage.simulator.close();
});
