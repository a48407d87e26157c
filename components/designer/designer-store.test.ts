import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { Change } from "./designer-state";
import { createDesignerStore } from "./designer-store";
import { labelText } from "./history";
import { MERGING } from "./merging";

const start: Layout = {
  version: 1,
  name: "lab",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "office", zone: "corp", tag: 20 },
  ],
  subnets: [{ vnet: "prod", cidr: "10.10.10.0/24" }],
};

const setTag = (id: string, tag: number, coalesce?: string): Change => ({
  label: { what: `tag of ${id}`, from: "?", to: String(tag) },
  apply: (layout) => ({ ...layout, vnets: layout.vnets.map((vnet) => (vnet.id === id ? { ...vnet, tag } : vnet)) }),
  ...(coalesce ? { coalesce } : {}),
});

const rename: Change = {
  label: "Rename prod to web",
  apply: (layout) => ({
    ...layout,
    vnets: layout.vnets.map((vnet) => (vnet.id === "prod" ? { ...vnet, id: "web" } : vnet)),
    subnets: layout.subnets.map((subnet) => (subnet.vnet === "prod" ? { ...subnet, vnet: "web" } : subnet)),
  }),
  renames: [["vnet/prod", "vnet/web"]],
};

const clock = () => {
  let ms = 0;
  return { now: () => ms, pass: (by: number) => (ms += by) };
};

/** Random edits over every part of the document, also ones that add and remove whole top-level keys. */
const anyEdit: fc.Arbitrary<(layout: Layout) => Layout> = fc.oneof(
  fc
    .record({ id: fc.string({ maxLength: 4 }), tag: fc.nat(5000), at: fc.nat(20) })
    .map(({ id, tag, at }) => (layout: Layout) => ({
      ...layout,
      vnets: layout.vnets.toSpliced(at % (layout.vnets.length + 1), 0, { id, zone: "corp", tag }),
    })),
  fc.nat(20).map((at) => (layout: Layout) => ({ ...layout, vnets: layout.vnets.toSpliced(at, 1) })),
  fc.constant((layout: Layout) => ({ ...layout, vnets: layout.vnets.toReversed() })),
  fc.string({ maxLength: 3 }).map((name) => (layout: Layout) => ({ ...layout, name })),
  fc.nat(9).map((at) => (layout: Layout) => ({
    ...layout,
    vnets: layout.vnets.map((vnet, index) => {
      const { tag: _gone, ...rest } = vnet;
      return index % 3 === at % 3 ? rest : vnet;
    }),
  })),
  fc.constant((layout: Layout) => ({ ...layout, hostServices: [{ vnet: "prod", cidr: "10.10.10.0/24" }] })),
  fc.constant((layout: Layout) => {
    const { hostServices: _gone, ...rest } = layout;
    return rest;
  }),
  fc.constant((layout: Layout) => ({ site: "home", ...layout })),
  fc.constant((layout: Layout) => ({ ...layout, zones: [], vnets: [], subnets: [] })),
);

describe("undo", () => {
  it("of everything gives the same bytes back, and redo the others", () => {
    void fc.assert(
      fc.property(fc.array(fc.tuple(anyEdit, fc.nat(1500), fc.boolean()), { maxLength: 60 }), (edits) => {
        const time = clock();
        const store = createDesignerStore({ layout: start, now: time.now });
        const { change, undo, redo } = store.getState().actions;
        for (const [apply, ms, typing] of edits) {
          time.pass(ms);
          change({ label: "edit", apply, ...(typing ? { coalesce: "field" } : {}) });
        }
        const end = JSON.stringify(store.getState().layout);
        const steps = store.getState().history.done.length;
        for (let step = 0; step < steps; step += 1) undo();
        expect(JSON.stringify(store.getState().layout)).toBe(JSON.stringify(start));
        for (let step = 0; step < steps; step += 1) redo();
        expect(JSON.stringify(store.getState().layout)).toBe(end);
      }),
      { numRuns: 300 },
    );
  });

  it("goes on after somebody else's edits were joined, and never behind them", () => {
    void fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 12 }), fc.array(anyEdit, { maxLength: 6 }), (edits, others) => {
        const store = createDesignerStore({ layout: start, now: () => 0 });
        const { change, undo, redo, join } = store.getState().actions;
        for (const apply of edits) change({ label: "edit", apply });
        const theirs = others.reduce((layout, apply) => apply(layout), start);
        const { layout, history } = store.getState();
        join(MERGING.rebase(history, layout, start, theirs), [], "joined");
        const joined = layoutToJson(store.getState().layout);
        expect(layoutToJson(store.getState().layout)).toBe(joined);
        const steps = store.getState().history.done.length;
        for (let step = 0; step < steps; step += 1) undo();
        // As it is saved: where a side's new keys stand in memory is nobody's edit.
        expect(layoutToJson(store.getState().layout)).toBe(layoutToJson(theirs));
        for (let step = 0; step < steps; step += 1) redo();
        expect(layoutToJson(store.getState().layout)).toBe(joined);
      }),
      { numRuns: 200 },
    );
  });

  it("goes 500 steps back", () => {
    const store = createDesignerStore({ layout: start, now: () => 0 });
    const { change, undo } = store.getState().actions;
    for (let tag = 100; tag < 620; tag += 1) change(setTag("prod", tag));
    for (let step = 0; step < 500; step += 1) undo();
    expect(store.getState().layout.vnets[0]?.tag).toBe(119);
    expect(store.getState().history.done).toHaveLength(0);
  });

  it("takes typing in one field within a second as one step, with its first and last value", () => {
    const time = clock();
    const store = createDesignerStore({ layout: start, now: time.now });
    const { change } = store.getState().actions;
    const type = (from: string, tag: number) =>
      change({ ...setTag("prod", tag, "tag"), label: { what: "tag of prod", from, to: String(tag) } });
    type("10", 1);
    time.pass(300);
    type("1", 11);
    expect(store.getState().history.done.map((step) => labelText(step.label))).toEqual(["Set tag of prod 10 → 11"]);
    time.pass(1200);
    type("11", 12);
    expect(store.getState().history.done).toHaveLength(2);
  });

  it("forgets a step that was typed back to what it was", () => {
    const store = createDesignerStore({ layout: start, now: () => 0 });
    const { change } = store.getState().actions;
    const before = store.getState().layout;
    change({ label: "name", coalesce: "name", apply: (layout) => ({ ...layout, name: "la" }) });
    change({ label: "name", coalesce: "name", apply: (layout) => ({ ...layout, name: "lab" }) });
    expect(store.getState().history.done).toHaveLength(0);
    expect(store.getState().layout).toEqual(before);
  });

  it("keeps redo when only the selection changes, and drops it on the next edit", () => {
    const store = createDesignerStore({ layout: start });
    const { change, undo, select } = store.getState().actions;
    change(setTag("prod", 11));
    undo();
    select("vnet/office");
    select(null);
    expect(store.getState().history.undone).toHaveLength(1);
    change(setTag("office", 21));
    expect(store.getState().history.undone).toHaveLength(0);
  });

  it("stores a bulk edit of 4,094 objects as one step and a single edit as a small one", () => {
    const vnets = Array.from({ length: 4094 }, (_, index) => ({ id: `v${index}`, zone: "corp", tag: index + 1 }));
    const store = createDesignerStore({ layout: { ...start, vnets } });
    const { change } = store.getState().actions;
    change({
      label: "bulk",
      apply: (layout) => ({ ...layout, vnets: layout.vnets.map((vnet) => ({ ...vnet, alias: "x" })) }),
    });
    change(setTag("v2000", 9));
    const { done } = store.getState().history;
    expect(done).toHaveLength(2);
    expect(JSON.stringify(done[1]?.inverse).length).toBeLessThan(250);
  });
});

describe("selection", () => {
  it("follows an object through rename, undo and redo", () => {
    const store = createDesignerStore({ layout: start });
    const { change, undo, redo, select } = store.getState().actions;
    select("vnet/prod");
    change(rename);
    expect(store.getState().cursor).toBe("vnet/web");
    undo();
    expect(store.getState().cursor).toBe("vnet/prod");
    redo();
    expect([...store.getState().selected]).toEqual(["vnet/web"]);
  });

  it("lets go of what is deleted", () => {
    const store = createDesignerStore({ layout: start });
    const { change, select } = store.getState().actions;
    select("vnet/prod");
    select("vnet/office", "toggle");
    change({ label: "Delete prod", apply: (layout) => ({ ...layout, vnets: layout.vnets.slice(1), subnets: [] }) });
    expect([...store.getState().selected]).toEqual(["vnet/office"]);
  });
});

describe("the store", () => {
  it("changes nothing for a viewer and says why", () => {
    const store = createDesignerStore({ layout: start, locked: "Viewers cannot change layouts" });
    store.getState().actions.change(setTag("prod", 11));
    expect(store.getState().layout).toBe(start);
    expect(store.getState().notice.text).toBe("Viewers cannot change layouts");
  });

  it("cannot undo another person's version", () => {
    const store = createDesignerStore({ layout: start });
    const { change, replace, undo } = store.getState().actions;
    change(setTag("prod", 11));
    replace({ ...start, name: "theirs" }, "Took the other version");
    undo();
    expect(store.getState().layout.name).toBe("theirs");
  });

  it("starts with crowded zones closed", () => {
    const vnets = Array.from({ length: 301 }, (_, index) => ({ id: `v${index}`, zone: "corp", tag: index + 1 }));
    expect([...createDesignerStore({ layout: { ...start, vnets } }).getState().collapsed]).toEqual(["corp"]);
    expect(createDesignerStore({ layout: start }).getState().collapsed.size).toBe(0);
    const split = Array.from({ length: 1000 }, (_, index) => ({ id: `v${index}`, zone: `z${index % 10}`, tag: 1 }));
    expect(createDesignerStore({ layout: { ...start, vnets: split } }).getState().collapsed.size).toBe(10);
  });
});
