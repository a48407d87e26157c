import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "./arbitrary";
import {
  addSubnet,
  addZone,
  removeKeys,
  renameVnet,
  renameZone,
  reorderZone,
  updateSubnet,
  updateVnet,
  updateZone,
} from "./edits";
import { type Merged, mergeLayouts, takeTheirs } from "./merge";
import type { Layout } from "./model";

const base: Layout = {
  version: 1,
  name: "a",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] },
    { id: "lab", type: "simple" },
  ],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "office", zone: "corp", tag: 20 },
  ],
  subnets: [{ vnet: "prod", cidr: "10.0.0.0/24", gateway: "10.0.0.1" }],
  hostServices: [{ vnet: "prod", cidr: "10.0.0.0/24", gatewayNode: "pve1", dhcp: { lease: "24h", domain: "a.lan" } }],
};
type Edit = (layout: Layout) => Layout;

describe("edits that do not meet", () => {
  it.each<[string, Edit, Edit]>([
    [
      "two fields of one VNet",
      (it) => updateVnet(it, "prod", { tag: 11 }),
      (it) => updateVnet(it, "prod", { alias: "P" }),
    ],
    ["two VNets", (it) => updateVnet(it, "prod", { tag: 11 }), (it) => updateVnet(it, "office", { tag: 21 })],
    ["a rename and a field", (it) => renameVnet(it, "prod", "live"), (it) => updateVnet(it, "prod", { tag: 12 })],
    [
      "a rename and a new subnet",
      (it) => renameVnet(it, "prod", "live"),
      (it) => addSubnet(it, { vnet: "prod", cidr: "10.9.0.0/24" }),
    ],
    [
      "a zone renamed and a VNet changed",
      (it) => renameZone(it, "corp", "hq"),
      (it) => updateVnet(it, "prod", { tag: 12 }),
    ],
    [
      "nodes added by both",
      (it) => updateZone(it, "corp", { nodes: ["pve1", "pve2", "pve3"] }),
      (it) => updateZone(it, "corp", { nodes: ["pve2", "pve4"] }),
    ],
    [
      "a zone added by both",
      (it) => addZone(it, { id: "x", type: "simple" }),
      (it) => addZone(it, { id: "y", type: "simple" }),
    ],
    [
      "a deletion and another field",
      (it) => removeKeys(it, ["vnet/office"]),
      (it) => updateVnet(it, "prod", { tag: 12 }),
    ],
    ["an order and a field", (it) => reorderZone(it, "lab", 0), (it) => updateZone(it, "lab", { mtu: 1400 })],
    ["parts of one host service", (it) => service(it, { lease: "1h" }), (it) => service(it, { domain: "b.lan" })],
    [
      "a gateway and SNAT",
      (it) => updateSubnet(it, subnet, { gateway: "10.0.0.254" }),
      (it) => updateSubnet(it, subnet, { snat: true }),
    ],
  ])("%s", (_title, mine, theirs) => {
    const { layout, conflicts } = mergeLayouts(base, mine(base), theirs(base));
    expect(conflicts).toEqual([]);
    // The same as one after the other, whichever comes first, but for the order of what is new.
    const sorted = (it: Layout) => ({
      ...it,
      zones: it.zones.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(plain),
      vnets: it.vnets.map(plain),
      subnets: it.subnets.map(plain),
    });
    const there = mergeLayouts(base, theirs(base), mine(base)).layout;
    expect(sorted(there)).toEqual(sorted(layout));
  });

  it("keeps both sides of a rename with a field", () => {
    const { layout } = mergeLayouts(base, renameVnet(base, "prod", "live"), updateVnet(base, "prod", { tag: 12 }));
    expect(layout.vnets[0]).toEqual({ id: "live", zone: "corp", tag: 12 });
    expect(layout.subnets[0]?.vnet).toBe("live");
  });

  it("adds and removes nodes one by one", () => {
    const nodes = (list: string[]) => updateZone(base, "corp", { nodes: list });
    const { layout } = mergeLayouts(base, nodes(["pve1", "pve2", "pve3"]), nodes(["pve2"]));
    expect(layout.zones[0]?.nodes).toEqual(["pve2", "pve3"]);
  });
});

const subnet = { vnet: "prod", cidr: "10.0.0.0/24" };
const service = (layout: Layout, dhcp: object): Layout => ({
  ...layout,
  hostServices: (layout.hostServices ?? []).map((each) => ({ ...each, dhcp: { ...each.dhcp, ...dhcp } })),
});
const plain = (item: object) => {
  const entries = Object.entries(item).map(([name, value]) => [name, name === "nodes" ? [...value].sort() : value]);
  return Object.fromEntries(entries);
};

describe("edits that meet", () => {
  it.each<[string, Edit, Edit, string | null, unknown, unknown]>([
    [
      "one field",
      (it) => updateVnet(it, "prod", { tag: 11 }),
      (it) => updateVnet(it, "prod", { tag: 12 }),
      "tag",
      11,
      12,
    ],
    ["two names", (it) => renameVnet(it, "prod", "live"), (it) => renameVnet(it, "prod", "main"), "id", "live", "main"],
    [
      "a nested field",
      (it) => service(it, { lease: "1h" }),
      (it) => service(it, { lease: "2h" }),
      "dhcp.lease",
      "1h",
      "2h",
    ],
    [
      "a deletion and a change",
      (it) => removeKeys(it, ["vnet/office"]),
      (it) => updateVnet(it, "office", { tag: 21 }),
      null,
      undefined,
      { id: "office", zone: "corp", tag: 21 },
    ],
  ])("%s are a conflict; mine stays unless theirs is preferred", (_title, mine, theirs, field, own, other) => {
    const [left, right] = [mine(base), theirs(base)];
    const merged = mergeLayouts(base, left, right);
    expect(merged.conflicts).toMatchObject([{ field }]);
    expect([merged.conflicts[0]?.mine, merged.conflicts[0]?.theirs]).toEqual([own, other]);
    expect(merged.layout).toEqual(left);
    expect(mergeLayouts(base, left, right, "theirs").layout).toEqual(right);
    expect(merged.conflicts.reduce(takeTheirs, merged.layout)).toEqual(right);
  });
});

describe("any edits", () => {
  it("one side alone is taken as it is, by identity", () => {
    void fc.assert(
      fc.property(layoutArbitrary, layoutArbitrary, (a, b) => {
        expect(mergeLayouts(a, a, b).layout).toBe(b);
        expect(mergeLayouts(a, b, a).layout).toBe(b);
        expect(mergeLayouts(a, b, b)).toEqual({ layout: b, conflicts: [] });
      }),
      { numRuns: 50 },
    );
  });

  it("the same edit on both sides is one edit, also where the objects are other ones", () => {
    void fc.assert(
      fc.property(layoutArbitrary, layoutArbitrary, (a, b) => {
        expect(mergeLayouts(a, b, structuredClone(b))).toEqual({ layout: b, conflicts: [] });
      }),
      { numRuns: 50 },
    );
  });

  it("nothing is lost silently: each field of either side is in the result or in a conflict", () => {
    const edit = fc.record({
      at: fc.nat(),
      tag: fc.integer({ min: 1, max: 4094 }),
      how: fc.constantFrom("tag", "alias", "drop", "add"),
    });
    void fc.assert(
      fc.property(
        layoutArbitrary,
        fc.array(edit, { maxLength: 6 }),
        fc.array(edit, { maxLength: 6 }),
        (drawn, left, right) => {
          const [mine, theirs] = [edited(drawn, left, "m"), edited(drawn, right, "t")];
          const merged = mergeLayouts(drawn, mine, theirs);
          expect(silentlyLost(drawn, mine, merged), "mine").toEqual([]);
          expect(silentlyLost(drawn, theirs, merged), "theirs").toEqual([]);
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** Edits of one side that are neither in what was merged nor in a conflict. */
const silentlyLost = (base: Layout, side: Layout, { layout, conflicts }: Merged): string[] =>
  side.vnets.flatMap((vnet) => {
    const old = base.vnets.find(({ id }) => id === vnet.id);
    const isLost = (field: "tag" | "alias"): boolean =>
      vnet[field] !== old?.[field] &&
      // Dropping one and adding another in its place may be a rename, and then the value is under the new id.
      !layout.vnets.some((each) => each[field] === vnet[field]) &&
      !conflicts.some(
        (each) => each.field === null || (each.field === field && [each.mine, each.theirs].includes(vnet[field])),
      );
    return (["tag", "alias"] as const).filter(isLost).map((field) => `${vnet.id} ${field}`);
  });

function edited(layout: Layout, edits: readonly { at: number; tag: number; how: string }[], who: string): Layout {
  return edits.reduce((next, { at, tag, how }, index) => {
    const id = next.vnets[at % Math.max(1, next.vnets.length)]?.id;
    const zone = next.zones[0]?.id;
    if (how === "add" && zone) return addVnet(next, { id: `${who}${tag}${index}`, zone, tag });
    if (id === undefined) return next;
    if (how === "drop") return removeKeys(next, [`vnet/${id}`]);
    return updateVnet(next, id, how === "tag" ? { tag } : { alias: `${who} ${tag}` });
  }, layout);
}

const addVnet = (layout: Layout, vnet: Layout["vnets"][number]): Layout => ({
  ...layout,
  vnets: layout.vnets.concat(vnet),
});
