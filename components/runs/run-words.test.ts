import { describe, expect, it } from "vitest";
import type { RunEvent, StoredEvent } from "@/lib/core/apply/events";
import { foldRun } from "@/lib/core/apply/fold";
import { durationText } from "./duration";
import { runHeadline, runState, tabTitle } from "./run-words";

const at = (events: readonly RunEvent[]): StoredEvent[] =>
  events.map((event, index) => ({ ...event, seq: index + 1, at: new Date(index * 1000).toISOString() }));
const fold = (...events: RunEvent[]) =>
  foldRun({ steps: 2, releases: 0, nodes: ["pve1"], prove: ["pve1"] }, at(events));

const REACHED_COMMIT: RunEvent[] = [
  { type: "phase", phase: "check", state: "started" },
  { type: "committing" },
  { type: "committed", task: null },
];

describe("words about a run", () => {
  it("says success only at the proven end, with the time it took", () => {
    const ended: RunEvent = {
      type: "ended",
      state: "applied",
      message: "Applied and verified on 1 of 1 nodes.",
      proven: 1,
      nodes: 1,
    };
    const reloaded: RunEvent = { type: "node", node: "pve1", state: "reloaded" };
    const before = fold(...REACHED_COMMIT, reloaded, { type: "phase", phase: "verify", state: "started" });
    expect(`${runHeadline(before)} ${tabTitle(7, before)} ${runState(before)}`).not.toMatch(/applied|success/i);
    expect(runHeadline(fold(...REACHED_COMMIT, ended))).toBe("Applied and verified on 1 of 1 nodes, 3.0 s");
    expect(tabTitle(7, fold(...REACHED_COMMIT, ended))).toBe("✓ Applied · Run 7");
    const services = { ...ended, message: `${ended.message} Host services not provided.` };
    expect(runHeadline(fold(...REACHED_COMMIT, services))).toBe(
      "Applied and verified on 1 of 1 nodes, 3.0 s. Host services not provided",
    );
  });

  it("counts the objects while staging", () => {
    const staging = fold(
      { type: "phase", phase: "stage", state: "started" },
      { type: "step", index: 0, state: "started" },
      { type: "step", index: 0, state: "done" },
    );
    expect(runHeadline(staging)).toBe("Staging 2 of 2");
    expect(tabTitle(7, staging)).toBe("▸ Stage 1/2 · Run 7");
  });
});

it.each([
  [840, "840 ms"],
  [4_250, "4.2 s"],
  [11_900, "11 s"],
  [125_000, "2 min 05 s"],
  [4_320_000, "1 h 12 min"],
  [-5, "0 ms"],
])("writes %i ms as %s", (ms, text) => {
  expect(durationText(0, ms)).toBe(text);
});
