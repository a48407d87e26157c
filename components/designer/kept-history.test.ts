import { describe, expect, it } from "vitest";
import { renameVnet, updateVnet } from "@/lib/core/layout/edits";
import { emptyLayout, type Layout } from "@/lib/core/layout/model";
import { createDesignerStore, type DesignerStore } from "./designer-store";
import { keptHistory } from "./kept-history";

const START: Layout = {
  ...emptyLayout("lab"),
  zones: [{ id: "lan", type: "vlan", bridge: "vmbr0" }],
  vnets: [{ id: "prod", zone: "lan", tag: 10 }],
};

function browser(limit = Number.POSITIVE_INFINITY) {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > limit) throw new Error("full");
      items.set(key, value);
    },
  };
}

/** Three steps, the last one undone. */
function edited(): DesignerStore {
  const store = createDesignerStore({ layout: START });
  const { change, undo } = store.getState().actions;
  change({ label: "tag", apply: (layout) => updateVnet(layout, "prod", { tag: 11 }) });
  change({
    label: "rename",
    apply: (layout) => renameVnet(layout, "prod", "web"),
    renames: [["vnet/prod", "vnet/web"]],
  });
  change({ label: "alias", apply: (layout) => updateVnet(layout, "web", { alias: "Web" }) });
  undo();
  return store;
}

/** What a page does that is opened on this layout. */
function opened(layout: Layout, storage: ReturnType<typeof browser>): DesignerStore {
  const store = createDesignerStore({ layout: structuredClone(layout) });
  const history = keptHistory("one", storage).read(store.getState().layout);
  if (history) store.getState().actions.takeUp(history);
  return store;
}

describe("undo after a reload", () => {
  it("goes both ways, and ends where it all began", () => {
    const [before, storage] = [edited().getState(), browser()];
    keptHistory("one", storage).write(before.layout, before.history);
    const after = opened(before.layout, storage);
    const { redo, undo } = after.getState().actions;
    redo();
    expect(after.getState().layout.vnets[0]).toMatchObject({ id: "web", alias: "Web" });
    for (let step = 0; step < 3; step++) undo();
    expect(after.getState().layout).toEqual(START);
  });

  it("is not offered for a layout that was changed elsewhere, nor for another one", () => {
    const [before, storage] = [edited().getState(), browser()];
    keptHistory("one", storage).write(before.layout, before.history);
    const moved = updateVnet(before.layout, "web", { tag: 12 });
    expect(opened(moved, storage).getState().history.done).toEqual([]);
    expect(keptHistory("two", storage).read(before.layout)).toBeNull();
  });

  it("keeps the newest steps of the last four layouts, and no more than has room", () => {
    const storage = browser();
    const store = createDesignerStore({ layout: START });
    const long = "x".repeat(1000);
    for (let step = 0; step < 300; step++) {
      store.getState().actions.change({
        label: `step ${step}`,
        apply: (layout) => updateVnet(layout, "prod", { alias: `${long}${step}` }),
      });
    }
    const { layout, history } = store.getState();
    for (const id of ["a", "b", "c", "d", "one"]) keptHistory(id, storage).write(layout, history);
    expect(keptHistory("a", storage).read(layout)).toBeNull();
    expect([...storage.items.values()].join("").length).toBeLessThan(4 * 201_000);
    const after = opened(layout, storage);
    expect(after.getState().history.done.at(-1)?.label).toBe("step 299");
    expect(after.getState().history.done.length).toBeGreaterThan(40);
    after.getState().actions.undo();
    expect(after.getState().layout.vnets[0]?.alias).toBe(`${long}298`);
  });

  it("does without a storage that is full or holds something else", () => {
    const { layout, history } = edited().getState();
    keptHistory("one", browser(10)).write(layout, history);
    const odd = browser();
    odd.setItem("trunkline:histories", '[{"id":"one"}]');
    expect(keptHistory("one", odd).read(layout)).toBeNull();
    odd.setItem("trunkline:histories", "{");
    expect(keptHistory("one", odd).read(layout)).toBeNull();
  });
});
