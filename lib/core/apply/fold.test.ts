import { describe, expect, it } from "vitest";
import type { RunEvent, StoredEvent } from "./events";
import { foldRun, planShape, provenEnd } from "./fold";
import { mergeEvents } from "./merge-events";

const PLAN = { steps: 2, releases: 0, nodes: ["pve1", "pve2"], prove: ["pve1", "pve2"] };

const stored = (events: readonly RunEvent[]): StoredEvent[] =>
  events.map((event, index) => ({
    ...event,
    seq: index + 1,
    at: new Date(Date.UTC(2026, 0, 1, 12, 0, index)).toISOString(),
  }));

const phase = (name: Extract<RunEvent, { type: "phase" }>["phase"]): [RunEvent, RunEvent] => [
  { type: "phase", phase: name, state: "started" },
  { type: "phase", phase: name, state: "done" },
];

const GOOD: readonly RunEvent[] = [
  ...phase("check"),
  { type: "phase", phase: "lock", state: "started" },
  { type: "locked", token: "t" },
  { type: "phase", phase: "lock", state: "done" },
  { type: "snapshot", fingerprint: "f", entities: [], running: [], pending: [], others: [], ipam: [] },
  { type: "phase", phase: "stage", state: "started" },
  { type: "step", index: 0, state: "started" },
  { type: "step", index: 0, state: "done" },
  { type: "step", index: 1, state: "started" },
  { type: "step", index: 1, state: "done", note: "already there" },
  { type: "phase", phase: "stage", state: "done" },
  { type: "phase", phase: "dry-run", state: "started" },
  { type: "dry-run", node: "pve1", interfaces: "+auto v", frr: null },
  { type: "dry-run-missing", node: "pve2", reason: "does not answer" },
  { type: "phase", phase: "dry-run", state: "done" },
  { type: "phase", phase: "commit", state: "started" },
  { type: "committing" },
  { type: "committed", task: "UPID:parent" },
  { type: "phase", phase: "commit", state: "done" },
  { type: "phase", phase: "reload", state: "started" },
  { type: "node", node: "pve1", state: "reloading", task: "UPID:1" },
  { type: "log", node: "pve1", lines: ["reloading"] },
  { type: "log", node: null, lines: ["parent"] },
  { type: "node", node: "pve1", state: "reloaded" },
  { type: "node", node: "pve2", state: "reloaded" },
  { type: "phase", phase: "reload", state: "done" },
  { type: "phase", phase: "verify", state: "started" },
  { type: "node", node: "pve1", state: "proven" },
  { type: "node", node: "pve2", state: "proven" },
  { type: "phase", phase: "verify", state: "done" },
  ...phase("unlock"),
  { type: "unlocked" },
  { type: "ended", state: "applied", message: "Applied.", proven: 2, nodes: 2 },
];

describe("foldRun", () => {
  it("shows a run that has not begun as waiting everywhere", () => {
    const status = foldRun(PLAN, []);
    expect(status.phases.map((p) => p.phase)).toEqual([
      "check",
      "lock",
      "stage",
      "dry-run",
      "commit",
      "reload",
      "verify",
      "unlock",
    ]);
    expect(new Set(status.phases.map((p) => p.state))).toEqual(new Set(["waiting"]));
    expect(status.nodes.map((n) => n.state)).toEqual(["waiting", "waiting"]);
    expect(status.end).toBeNull();
  });

  it("never says applied before the journal ended, whatever the prefix", () => {
    const events = stored(GOOD);
    for (let length = 0; length < events.length; length++) {
      expect(provenEnd(foldRun(PLAN, events.slice(0, length)))).toBeNull();
    }
    expect(provenEnd(foldRun(PLAN, events))).toBe("applied");
  });

  it("does not believe an end event that claims more than was proven", () => {
    const events = stored([{ type: "ended", state: "applied", message: "Applied.", proven: 1, nodes: 2 }]);
    expect(provenEnd(foldRun(PLAN, events))).toBe("needs-attention");
  });

  it("gives the same picture for shuffled and repeated events", () => {
    const events = stored(GOOD);
    expect(foldRun(PLAN, [...events.slice(10), ...events].reverse())).toEqual(foldRun(PLAN, events));
  });

  it("counts steps and keeps logs, tasks, notes and diffs where they belong", () => {
    const status = foldRun(PLAN, stored(GOOD));
    expect(status.stepsDone).toBe(2);
    expect(status.steps[1]).toMatchObject({ state: "done", note: "already there" });
    expect(status.nodes[0]).toMatchObject({ state: "proven", task: "UPID:1", log: ["reloading"] });
    expect(status.nodes[0]?.dryRun).toEqual({ interfaces: "+auto v", frr: null, missing: null });
    expect(status.nodes[1]?.dryRun?.missing).toBe("does not answer");
    expect(status.log).toEqual(["parent"]);
    expect(status.commit).toBe("done");
    expect(status.commitTask).toBe("UPID:parent");
  });

  it("calls staged objects undone, and nodes untouched, when the run failed before the commit", () => {
    const status = foldRun(
      PLAN,
      stored([
        { type: "phase", phase: "stage", state: "started" },
        { type: "step", index: 0, state: "started" },
        { type: "step", index: 0, state: "done" },
        { type: "step", index: 1, state: "started" },
        { type: "step", index: 1, state: "failed", failure: { kind: "refused", message: "No.", retry: false } },
        { type: "phase", phase: "stage", state: "failed" },
        ...phase("undo"),
        { type: "ended", state: "failed", message: "Nothing was changed.", proven: 0, nodes: 0 },
      ]),
    );
    expect(status.steps.map((s) => s.state)).toEqual(["undone", "failed"]);
    expect(status.nodes.map((n) => n.state)).toEqual(["untouched", "untouched"]);
    expect(status.phases.find((p) => p.phase === "undo")?.state).toBe("done");
    expect(status.phases.find((p) => p.phase === "commit")?.state).toBe("not-reached");
  });

  it("leaves nothing looking finished when the run was interrupted in the middle", () => {
    const status = foldRun(
      PLAN,
      stored([
        { type: "phase", phase: "stage", state: "started" },
        { type: "step", index: 0, state: "started" },
        { type: "ended", state: "interrupted", message: "Stopped.", proven: 0, nodes: 0 },
      ]),
    );
    expect(status.steps.map((s) => s.state)).toEqual(["unclear", "not-sent"]);
    expect(status.phases.find((p) => p.phase === "stage")?.state).toBe("stopped");
  });

  it("goes on when an ended run is picked up again", () => {
    const status = foldRun(
      PLAN,
      stored([
        { type: "committing" },
        { type: "committed", task: "UPID:parent" },
        { type: "ended", state: "interrupted", message: "Cut off.", proven: 0, nodes: 0 },
        { type: "note", level: "info", text: "Picked up." },
      ]),
    );
    expect(status.end).toBeNull();
    expect(status.nodes[0]?.state).toBe("waiting");
  });

  it("calls a node that only reloaded unproven once the run is over", () => {
    const events = stored(GOOD.filter((event) => event.type !== "node" || event.state !== "proven"));
    expect(foldRun(PLAN, events).nodes.map((n) => n.state)).toEqual(["unproven", "unproven"]);
  });
});

describe("nodes outside the plan's zones", () => {
  it("stay reloaded at the end: nothing had to be proven about them", () => {
    const shape = planShape({
      steps: [],
      releases: [],
      placement: [],
      nodes: ["pve1", "pve2"],
      prove: { z1: ["pve1"] },
    });
    const events = stored(
      GOOD.filter((event) => event.type !== "node" || event.node === "pve1" || event.state !== "proven"),
    );
    expect(foldRun(shape, events).nodes.map((n) => n.state)).toEqual(["proven", "reloaded"]);
  });
});

describe("phases", () => {
  it("calls a phase stopped when the run went on without a word about it", () => {
    const status = foldRun(
      PLAN,
      stored([
        { type: "phase", phase: "stage", state: "started" },
        { type: "phase", phase: "undo", state: "started" },
      ]),
    );
    expect(status.phases.find((p) => p.phase === "stage")?.state).toBe("stopped");
    expect(status.current).toBe("undo");
  });

  it("takes back the commit when its answer was an error and undoing was proven", () => {
    const status = foldRun(
      PLAN,
      stored([
        { type: "phase", phase: "commit", state: "started" },
        { type: "committing" },
        { type: "phase", phase: "commit", state: "failed" },
        ...phase("undo"),
        { type: "ended", state: "failed", message: "Undone.", proven: 0, nodes: 0 },
      ]),
    );
    expect(status.commit).toBe("none");
    expect(status.nodes[0]?.state).toBe("untouched");
  });
});

describe("mergeEvents", () => {
  it("keeps the same list when nothing is new, so that nothing is drawn again", () => {
    const events = stored(GOOD);
    expect(mergeEvents(events, events.slice(3, 9))).toBe(events);
  });
});

/** The beginning of a run that was cut off after its first step. */
const CUT: readonly RunEvent[] = GOOD.slice(0, GOOD.findIndex((event) => event.type === "step") + 2);
const INTERRUPTED: RunEvent = { type: "ended", state: "interrupted", message: "Cut off.", proven: 0, nodes: 0 };

describe("a run that goes on after its journal had stopped", () => {
  it("is interrupted in between: what is staged stays staged, the rest is not sent, no node was touched", () => {
    const status = foldRun(PLAN, stored([...CUT, { type: "resumed", how: "watch", by: null }, INTERRUPTED]));
    expect(status.steps.map(({ state }) => state)).toEqual(["done", "not-sent"]);
    expect(status.nodes.map(({ state }) => state)).toEqual(["untouched", "untouched"]);
    expect(status.phases.find(({ phase: name }) => name === "stage")?.state).toBe("stopped");
    expect(status.end?.state).toBe("interrupted");
  });

  it("continued: is under way again, and ends as if it had never stopped", () => {
    const going = [...CUT, INTERRUPTED, { type: "resumed", how: "continue", by: "olga" } as const];
    expect(foldRun(PLAN, stored(going)).end).toBeNull();
    const rest = GOOD.slice(GOOD.findIndex((event) => event.type === "step" && event.index === 1) - 1);
    const status = foldRun(PLAN, stored([...going, ...rest]));
    expect(status.resumed).toMatchObject([{ how: "continue", by: "olga" }]);
    expect(status.steps.map(({ state }) => state)).toEqual(["done", "done"]);
    expect(status.phases.every(({ state }) => state === "done")).toBe(true);
    expect(provenEnd(status)).toBe("applied");
  });

  it("rolled back: what was staged is undone", () => {
    const back: RunEvent[] = [
      { type: "resumed", how: "roll-back", by: "olga" },
      ...phase("undo"),
      ...phase("unlock"),
      { type: "ended", state: "failed", message: "Undone.", proven: 0, nodes: 0 },
    ];
    const status = foldRun(PLAN, stored([...CUT, INTERRUPTED, ...back]));
    expect(status.steps.map(({ state }) => state)).toEqual(["undone", "not-sent"]);
    expect(provenEnd(status)).toBe("failed");
  });

  it("retried: only the nodes named are open again, the others keep their proof", () => {
    const partly: RunEvent[] = [
      ...GOOD.slice(0, -1).filter((event) => !(event.type === "node" && event.node === "pve2")),
      { type: "node", node: "pve2", state: "failed", detail: "Its reload failed." },
      { type: "ended", state: "partially-applied", message: "1 of 2.", proven: 1, nodes: 2 },
      { type: "resumed", how: "retry", by: "olga", nodes: ["pve2"] },
    ];
    const open = foldRun(PLAN, stored(partly));
    expect(open.nodes.map(({ node, state, detail }) => [node, state, detail])).toEqual([
      ["pve1", "proven", undefined],
      ["pve2", "waiting", undefined],
    ]);
    expect(open.end).toBeNull();
    const done: RunEvent[] = [
      { type: "phase", phase: "verify", state: "started" },
      { type: "node", node: "pve2", state: "proven" },
      { type: "phase", phase: "verify", state: "done" },
      { type: "ended", state: "applied", message: "Applied.", proven: 2, nodes: 2 },
    ];
    const status = foldRun(PLAN, stored([...partly, ...done]));
    expect(status.nodes.map(({ state }) => state)).toEqual(["proven", "proven"]);
    const verify = status.phases.find(({ phase: name }) => name === "verify");
    expect(verify).toMatchObject({ state: "done", startedAt: stored([...partly, ...done]).at(-4)?.at });
    expect(provenEnd(status)).toBe("applied");
  });
});

it("keeps what a person decided: pending changes of others, a node's own edits, released addresses", () => {
  const shape = { ...PLAN, releases: 2 };
  const decided: RunEvent[] = [
    { type: "local-changes", node: "pve2", diff: "+ mtu 9000" },
    { type: "pending", choice: "discard", changes: [], by: "olga", reason: "old tests" },
    { type: "release", index: 0, state: "started" },
    { type: "release", index: 0, state: "done" },
    { type: "release", index: 1, state: "started" },
  ];
  const running = foldRun(shape, stored(decided));
  expect(running.localChanges).toEqual([{ node: "pve2", diff: "+ mtu 9000" }]);
  expect(running.pending).toMatchObject({ choice: "discard", by: "olga", reason: "old tests" });
  expect(running.releases.map(({ state }) => state)).toEqual(["done", "running"]);
  const undone = foldRun(shape, stored([...decided, ...phase("undo"), { ...INTERRUPTED, state: "failed" }]));
  expect(undone.releases.map(({ state }) => state)).toEqual(["undone", "unclear"]);
});
