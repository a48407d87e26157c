import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Layout } from "./model";
import { freeRun, tagRulers } from "./tag-ruler";

const layout = (tags: readonly number[]): Layout => ({
  version: 1,
  name: "ruler",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "tun", type: "vxlan" },
    { id: "lab", type: "simple" },
  ],
  vnets: [...tags.map((tag, at) => ({ id: `v${at}`, zone: "corp", tag })), { id: "t", zone: "tun", tag: 70_000 }],
  subnets: [],
});
const facts = {
  nodes: [{ interfaces: [{ vlan: { tag: 20, device: "vmbr0" } }, { vlan: { tag: 30, device: "vmbr1" } }] }],
} as unknown as Pick<ClusterFacts, "nodes">;

it("marks what is used, clashes and is the nodes' own, space by space", () => {
  const [vlan, vni, none] = tagRulers(layout([10, 11, 12, 14, 14, 20]), facts);
  expect(vlan).toMatchObject({ space: "bridge vmbr0", zones: ["corp"], start: 2, end: 4094 });
  expect(vlan?.spans).toEqual([
    { from: 10, to: 12, mark: "used" },
    { from: 14, to: 14, mark: "clash" },
    { from: 20, to: 20, mark: "clash" },
  ]);
  expect(tagRulers(layout([]), facts)[0]?.spans).toEqual([{ from: 20, to: 20, mark: "reserved" }]);
  expect(vni).toMatchObject({ space: "vni", end: 1_000_000, spans: [{ from: 70_000, to: 70_000, mark: "used" }] });
  expect(none).toBeUndefined();
});

it("finds a row of free tags that is free, as early as it can be, or says that there is none", () => {
  const tags = fc.uniqueArray(fc.integer({ min: 2, max: 4094 }), { maxLength: 200 });
  void fc.assert(
    fc.property(tags, fc.integer({ min: 1, max: 300 }), fc.integer({ min: 2, max: 4094 }), (used, count, from) => {
      const [ruler] = tagRulers(layout(used), null);
      if (!ruler) throw new Error("no ruler");
      const taken = new Set(used);
      const isFree = (first: number) =>
        first + count - 1 <= 4094 &&
        Array.from({ length: count }, (_, at) => first + at).every((tag) => !taken.has(tag));
      const found = freeRun(ruler, count, from);
      const all = Array.from({ length: 4093 }, (_, at) => at + 2);
      expect(found).toBe(all.find((tag) => tag >= from && isFree(tag)) ?? all.find(isFree) ?? null);
    }),
    { numRuns: 40 },
  );
});
