import { describe, expect, it } from "vitest";
import type { RunEvent } from "@/lib/core/apply/events";
import { foldRun } from "@/lib/core/apply/fold";
import { cancelRefusal, stoppingHeadline, stopWords } from "./stop-words";

const shape = { releases: 0, nodes: ["pve1"], prove: ["pve1"], hosts: ["pve1", "pve2"] };
const fold = (steps: number, ...events: RunEvent[]) =>
  foldRun(
    { ...shape, steps },
    events.map((event, index) => ({ ...event, seq: index + 1, at: new Date(index * 1000).toISOString() })),
  );
const host = (node: string, step: "withdraw" | "provide", state: "started" | "done"): RunEvent => ({
  ...{ type: "host", node, step, state },
  revision: 2,
});
const phase = (name: "check" | "hosts" | "undo", state: "started" | "failed"): RunEvent => ({
  ...{ type: "phase", phase: name, state },
});

describe("stopping a run that stages something", () => {
  it("is offered only while stopping still takes everything back", () => {
    expect(cancelRefusal(fold(2))).toBeNull();
    expect(cancelRefusal(fold(2, { type: "committing" }))).toContain("committed");
    expect(cancelRefusal(fold(2, phase("undo", "started")))).toContain("ending");
  });

  it("names the nodes whose services have been ended already", () => {
    expect(stopWords(fold(2)).description).toContain("No node has been touched so far.");
    const said = stopWords(fold(2, host("pve1", "withdraw", "started"), host("pve1", "withdraw", "done"))).description;
    expect(said).toContain("gives pve1 the host services back");
    expect(said).not.toContain("No node has been touched");
  });
});

describe("stopping a run of host services alone", () => {
  const atWork = [phase("hosts", "started"), host("pve1", "provide", "started")];

  it("says which node ends first and that nodes serve again what they did, and nothing of staging", () => {
    expect(stopWords(fold(0)).description).toContain("No node has been given anything so far");
    const { description, confirm } = stopWords(fold(0, ...atWork));
    expect(description).toContain("What pve1 is being sent cannot be broken off: it ends first");
    expect(description).toContain("serves again what it did before");
    expect(`${description} ${confirm}`).not.toMatch(/undo|takes back what was staged/i);
  });

  it("is offered while a node is at work, the last one too, and says what ends first", () => {
    expect(stoppingHeadline(fold(0, ...atWork))).toContain("what pve1 is being sent ends first");
    const last = fold(0, ...atWork, host("pve1", "provide", "done"), host("pve2", "provide", "started"));
    expect(cancelRefusal(last)).toBeNull();
    expect(stoppingHeadline(last)).toContain("what pve2 is being sent ends first");
    expect(stoppingHeadline(fold(0))).toBe("Stopping: each node is given back what it served before");
  });

  it("is refused while nodes are given back", () => {
    const failed = fold(0, ...atWork, host("pve1", "provide", "done"), phase("hosts", "failed"));
    expect(cancelRefusal(failed)).toContain("ending");
    expect(stoppingHeadline(failed)).toBeNull();
  });

  it("is refused for what looks for no wish to stop", () => {
    expect(cancelRefusal(fold(0, { type: "resumed", how: "retry", by: null, nodes: ["pve1"] }))).toContain("retry");
    expect(cancelRefusal(fold(0, { type: "resumed", how: "continue", by: null }))).toBeNull();
  });
});
