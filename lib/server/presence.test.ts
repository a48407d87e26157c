import { expect, it } from "vitest";
import { describeOnBoth } from "@/lib/store/testing/databases";
import { createLayout, saveDraft } from "./layouts";
import { meetOthers } from "./presence";
import { must, mustFail, operator, owner, provideStore, viewer } from "./testing/harness";

describeOnBoth("presence", (open) => {
  it("shows who else has the layout open until they stop asking, and the stored revision", async () => {
    const store = await open();
    let now = Date.parse("2026-11-26T12:00:00Z");
    provideStore(store, { clock: { now: () => now, sleep: async () => undefined } });
    const { id: layoutId } = must(await createLayout(operator, { name: "together", clusterId: null }));
    const here = (cursor: string | null) => ({ layoutId, tab: "tab-of-owner", cursor });
    const there = { layoutId, tab: "tab-of-viewer", cursor: "vnet/prod", field: "alias" };

    expect(must(await meetOthers(owner, here(null)))).toEqual({ rev: 1, others: [] });
    expect(must(await meetOthers(viewer, there)).others).toEqual([
      { tab: "tab-of-owner", name: "Test owner", cursor: null, field: null },
    ]);
    const document = { version: 1 as const, name: "together", zones: [], vnets: [], subnets: [] };
    must(await saveDraft(operator, { id: layoutId, baseRev: 1, layout: { ...document, site: "hq" } }));
    expect(must(await meetOthers(owner, here("zone/x")))).toEqual({
      rev: 2,
      others: [{ tab: "tab-of-viewer", name: "Test viewer", cursor: "vnet/prod", field: "alias" }],
    });

    now += 16_000;
    expect(must(await meetOthers(owner, here(null))).others).toEqual([]);
    must(await meetOthers(viewer, there));
    must(await meetOthers(viewer, { ...there, leaving: true }));
    expect(must(await meetOthers(owner, here(null))).others).toEqual([]);
  });

  it("refuses a mark that is none, and knows no layout that is gone", async () => {
    provideStore(await open());
    const place = { layoutId: "gone", cursor: null };
    expect(mustFail(await meetOthers(viewer, { ...place, tab: "x" })).fields).toHaveProperty("tab");
    expect(mustFail(await meetOthers(viewer, { ...place, tab: "0123456789" })).kind).toBe("refused");
  });
});
