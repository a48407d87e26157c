import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "./arbitrary";
import { bringBack, layoutChanges } from "./changes";
import { removeKeys, updateVnet } from "./edits";
import type { Layout } from "./model";

const before: Layout = {
  version: 1,
  name: "a",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] }],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "lab", zone: "corp", tag: 20 },
  ],
  subnets: [{ vnet: "prod", cidr: "10.0.0.0/24" }],
};

describe("what changed since a layout", () => {
  it.each<[string, (layout: Layout) => Layout, Record<string, string>]>([
    ["a field", (it) => updateVnet(it, "prod", { tag: 11 }), { "vnet/prod": "changed" }],
    [
      "the order of a list is none",
      (it) => ({ ...it, zones: it.zones.map((zone) => ({ ...zone, nodes: ["pve2", "pve1"] })) }),
      {},
    ],
    ["an absent and an undefined field are the same", (it) => updateVnet(it, "prod", { alias: undefined }), {}],
    [
      "what hangs on it goes along",
      (it) => removeKeys(it, ["vnet/prod"]),
      { "vnet/prod": "gone", "subnet/prod/10.0.0.0/24": "gone" },
    ],
    [
      "host services are a change of their subnet",
      (it) => ({ ...it, hostServices: [{ vnet: "prod", cidr: "10.0.0.0/24", snat: true }] }),
      { "subnet/prod/10.0.0.0/24": "changed" },
    ],
  ])("%s", (_title, edit, expected) => {
    expect(Object.fromEntries(layoutChanges(before, edit(before)).byKey)).toEqual(expected);
  });

  it("keeps what is gone to be drawn, and the layout itself where nothing is", () => {
    const now = removeKeys(before, ["zone/corp"]);
    expect(layoutChanges(before, now).shown).toMatchObject({ zones: before.zones, vnets: before.vnets });
    expect(layoutChanges(now, before).shown).toBe(before);
  });

  it.each([["zone/corp"], ["vnet/prod"], ["subnet/prod/10.0.0.0/24"]])(
    "%s can be brought back with all it needs",
    (key) => {
      const served = { ...before, hostServices: [{ vnet: "prod", cidr: "10.0.0.0/24", snat: true }] };
      const now = removeKeys(served, ["zone/corp"]);
      const back = bringBack(now, layoutChanges(served, now).shown, key);
      expect(back.vnets.map(({ id }) => id)).toEqual(key === "zone/corp" ? ["prod", "lab"] : ["prod"]);
      expect([back.zones, back.subnets, back.hostServices]).toEqual([
        served.zones,
        served.subnets,
        served.hostServices,
      ]);
      expect(bringBack(served, served, key)).toBe(served);
    },
  );

  it("is nothing between equal layouts, and mirrored the other way round", () => {
    void fc.assert(
      fc.property(layoutArbitrary, layoutArbitrary, (a, b) => {
        expect(layoutChanges(a, structuredClone(a)).byKey.size).toBe(0);
        const [there, back] = [layoutChanges(a, b).byKey, layoutChanges(b, a).byKey];
        const mirror = { new: "gone", gone: "new", changed: "changed" } as const;
        const mirrored = [...back].map(([key, change]) => [key, mirror[change]] as const);
        expect(new Map(mirrored.sort())).toEqual(new Map([...there].sort()));
      }),
      { numRuns: 100 },
    );
  });
});
