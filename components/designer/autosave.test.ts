import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import type { DraftView } from "@/lib/server/views";
import { type Autosave, createAutosave, type SendResult } from "./autosave";
import { localCopies } from "./local-copies";
import { MERGING } from "./merging";

const layout = (name: string): Layout => ({ version: 1, name, zones: [], vnets: [], subnets: [] });
const first = layout("first");
const theirs: DraftView = {
  id: "1",
  name: "lab",
  clusterId: null,
  clusterName: null,
  layout: layout("theirs"),
  rev: 9,
  version: 0,
  updatedAt: "2026-01-01T00:00:00Z",
  updatedBy: "Kim",
};

/** A browser's storage and a server that answers as told. */
function setUp() {
  const entries = new Map<string, string>();
  const storage = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => void entries.set(key, value),
    removeItem: (key: string) => void entries.delete(key),
    key: (at: number) => [...entries.keys()][at] ?? null,
    get length() {
      return entries.size;
    },
  };
  const lost: string[] = [];
  const sent: { baseRev: number; name: string }[] = [];
  const answers: (SendResult | Promise<SendResult>)[] = [];
  const taken: Layout[] = [];
  let editing: Layout = first;
  const autosave: Autosave = createAutosave({
    rev: 3,
    layout: first,
    copies: localCopies("1", storage),
    merging: Promise.resolve(MERGING),
    join: (base, { layout: other }) => {
      editing = MERGING.mergeLayouts(base, editing, other).layout;
      return editing;
    },
    onChosen: (chosen) => taken.push(chosen),
    onNotKept: () => lost.push("not kept"),
    send: async (baseRev, what) => {
      sent.push({ baseRev, name: what.name });
      return (await answers.shift()) ?? { kind: "saved", rev: baseRev + 1 };
    },
  });
  // What the designer does with every edit.
  const edit = (next: Layout) => {
    editing = next;
    autosave.changed(next);
  };
  return { autosave, edit, lost, sent, answers, taken, copy: () => localCopies("1", storage).read(), storage };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("autosave", () => {
  it("sends once, 600 ms after the last edit", async () => {
    const { autosave, sent } = setUp();
    autosave.changed(layout("a"));
    await vi.advanceTimersByTimeAsync(500);
    autosave.changed(layout("b"));
    await vi.advanceTimersByTimeAsync(599);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual([{ baseRev: 3, name: "b" }]);
    expect(autosave.state()).toEqual({ kind: "saved", rev: 4 });
  });

  it("sends edits made while a save is under way afterwards, on the new revision", async () => {
    const { autosave, sent, answers } = setUp();
    let answer: (result: SendResult) => void = () => undefined;
    answers.push(new Promise((resolve) => (answer = resolve)));
    autosave.changed(layout("a"));
    await vi.advanceTimersByTimeAsync(600);
    autosave.changed(layout("b"));
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toHaveLength(1);
    answer({ kind: "saved", rev: 4 });
    await vi.advanceTimersByTimeAsync(600);
    expect(sent[1]).toEqual({ baseRev: 4, name: "b" });
    expect(autosave.state()).toEqual({ kind: "saved", rev: 5 });
  });

  it("sends nothing when an edit was undone before it was sent", async () => {
    const { autosave, sent, copy } = setUp();
    autosave.changed(layout("a"));
    await vi.advanceTimersByTimeAsync(300);
    autosave.changed(first);
    await vi.advanceTimersByTimeAsync(5000);
    expect(sent).toEqual([]);
    expect(autosave.state().kind).toBe("saved");
    expect(copy()).toBeNull();
  });

  it("keeps edits in the browser until the server has them", async () => {
    const { autosave, answers, copy } = setUp();
    answers.push({ kind: "failed", message: "no answer", retry: true, offline: true });
    autosave.changed(layout("a"));
    autosave.keepCopy();
    expect(copy()).toEqual({ baseRev: 3, base: first, layout: layout("a") });
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state().kind).toBe("offline");
    expect(copy()?.layout.name).toBe("a");
    await vi.advanceTimersByTimeAsync(1000);
    expect(autosave.state()).toEqual({ kind: "saved", rev: 4 });
    expect(copy()).toBeNull();
  });

  it("goes on to keep edits after one that was sent at once", async () => {
    const { autosave, copy } = setUp();
    autosave.changed(layout("a"));
    await autosave.flush();
    expect(copy()).toBeNull();
    autosave.changed(layout("b"));
    await vi.advanceTimersByTimeAsync(300);
    expect(copy()?.layout.name).toBe("b");
  });

  it("tries again at growing intervals and says why it could not save", async () => {
    const { autosave, sent, answers } = setUp();
    const busy: SendResult = { kind: "failed", message: "database is busy", retry: true, offline: false };
    answers.push(busy, busy, busy);
    autosave.changed(layout("a"));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state()).toEqual({ kind: "failed", message: "database is busy", retrying: true });
    await vi.advanceTimersByTimeAsync(1000);
    await vi.advanceTimersByTimeAsync(1999);
    expect(sent).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(4000);
    expect(autosave.state().kind).toBe("saved");
  });

  it("waits for the person when trying again cannot help", async () => {
    const { autosave, sent, answers } = setUp();
    answers.push({ kind: "failed", message: "You are signed out", retry: false, offline: false });
    autosave.changed(layout("a"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    expect(await autosave.flush()).toBe(true);
    expect(sent).toHaveLength(2);
  });

  const named = (key: null, mine: string, other: string) => ({
    key,
    field: "name",
    base: "first",
    mine,
    theirs: other,
  });

  it("overwrites nobody: where both changed a field it stops, and sends mine on their revision when told", async () => {
    const { autosave, edit, sent, answers } = setUp();
    answers.push({ kind: "conflict", theirs });
    edit(layout("a"));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state()).toEqual({ kind: "conflict", theirs, conflicts: [named(null, "a", "theirs")] });
    edit(layout("b"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sent).toHaveLength(1);
    await autosave.resolve(new Set());
    await vi.advanceTimersByTimeAsync(0);
    expect(sent[1]).toEqual({ baseRev: 9, name: "b" });
    expect(autosave.state()).toEqual({ kind: "saved", rev: 10 });
  });

  it("joins different fields without a question, and sends the result on their revision", async () => {
    const { autosave, edit, sent, answers } = setUp();
    answers.push({ kind: "conflict", theirs: { ...theirs, layout: { ...first, site: "hq" } } });
    edit(layout("a"));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state().kind).toBe("waiting");
    await vi.advanceTimersByTimeAsync(600);
    expect(sent.at(-1)).toEqual({ baseRev: 9, name: "a" });
    expect(autosave.state()).toEqual({ kind: "saved", rev: 10 });
  });

  it("takes what somebody else saved when nothing is unsent here, and joins it otherwise", async () => {
    const { autosave, edit, sent } = setUp();
    await autosave.incoming({ ...theirs, rev: 4, layout: { ...first, site: "hq" } });
    expect(autosave.state()).toEqual({ kind: "saved", rev: 4 });
    edit({ ...first, site: "hq", name: "a" });
    await autosave.incoming({ ...theirs, rev: 5, layout: { ...first, site: "branch" } });
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toEqual([{ baseRev: 5, name: "a" }]);
    await autosave.incoming({ ...theirs, rev: 2 });
    expect(autosave.state()).toEqual({ kind: "saved", rev: 6 });
  });

  it("sees its own save in a conflict when only the answer was lost", async () => {
    const { autosave, answers } = setUp();
    answers.push({ kind: "conflict", theirs: { ...theirs, rev: 4, layout: layout("a") } });
    autosave.changed(layout("a"));
    await vi.advanceTimersByTimeAsync(600);
    expect(autosave.state()).toEqual({ kind: "saved", rev: 4 });
  });

  it("takes theirs when told, and forgets the local copy", async () => {
    const { autosave, edit, answers, taken, copy, sent } = setUp();
    answers.push({ kind: "conflict", theirs });
    edit(layout("a"));
    await vi.advanceTimersByTimeAsync(600);
    await autosave.resolve(new Set([0]));
    await vi.advanceTimersByTimeAsync(5000);
    expect(taken).toEqual([theirs.layout]);
    expect(copy()).toBeNull();
    expect(sent).toHaveLength(1);
  });

  it("flushes at once, joining a save that is under way", async () => {
    const { autosave, sent } = setUp();
    autosave.changed(layout("a"));
    expect(await autosave.flush()).toBe(true);
    expect(sent).toEqual([{ baseRev: 3, name: "a" }]);
    expect(await autosave.flush()).toBe(true);
    expect(sent).toHaveLength(1);
  });

  it("keeps the copies of two tabs apart, also when both are cut off", async () => {
    const { autosave, storage } = setUp();
    autosave.changed(layout("a"));
    autosave.keepCopy();
    const other = localCopies("1", storage);
    other.write({ baseRev: 3, base: first, layout: layout("other tab") });
    await vi.advanceTimersByTimeAsync(600);
    // Ours is saved and forgotten, the other one waits for the next time.
    const next = localCopies("1", storage);
    expect(next.read()?.layout.name).toBe("other tab");
    next.clear();
    expect(localCopies("1", storage).read()).toBeNull();
  });

  it("says once when this browser cannot keep unsent edits", () => {
    const { autosave, storage, lost } = setUp();
    storage.setItem = () => {
      throw new Error("quota");
    };
    autosave.changed(layout("a"));
    autosave.keepCopy();
    autosave.keepCopy();
    expect(lost).toEqual(["not kept"]);
  });

  it("reads nothing from a broken copy", () => {
    const { storage, copy } = setUp();
    storage.setItem("trunkline:draft:1:x", '{"baseRev":1,"layout":{"zones":3}}');
    expect(copy()).toBeNull();
  });
});
