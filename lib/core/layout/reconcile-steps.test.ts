import * as fc from "fast-check";
import { expect, it } from "vitest";
import { anyLayoutArbitrary, layoutArbitrary } from "./arbitrary";
import type { Layout } from "./model";
import { reconcile } from "./reconcile";
import { reconcileSteps } from "./reconcile-steps";
import { layoutToJson } from "./serialise";

const BASE: Layout = {
  version: 1,
  name: "a",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1"] }],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "office", zone: "corp", tag: 20 },
  ],
  subnets: [{ vnet: "prod", cidr: "10.0.0.0/24" }],
  hostServices: [{ vnet: "prod", cidr: "10.0.0.0/24", dhcp: { lease: "12h", domain: "lan" } }],
};
const words = (after: Layout): string[] => {
  const { layout, renames } = reconcile(BASE, after);
  return reconcileSteps(BASE, layout, renames).map((step) => `${step.kind}: ${step.words}`);
};
const written = (edit: (text: string) => string): Layout => JSON.parse(edit(JSON.stringify(BASE)));

it.each<[string, Layout, string[]]>([
  ["nothing", written((text) => text), []],
  ["a field", written((text) => text.replace('"tag":10', '"tag":11')), ["changed: VNet prod: tag 10 → 11"]],
  [
    "a field more and one less",
    written((text) => text.replace('"tag":20', '"alias":"Office"')),
    ["changed: VNet office: tag 20 → nothing, alias nothing → Office"],
  ],
  [
    "a list",
    written((text) => text.replace('["pve1"]', '["pve1","pve2"]')),
    ["changed: zone corp: nodes pve1 → pve1, pve2"],
  ],
  [
    "a field inside a map",
    written((text) => text.replace('"12h"', '"24h"')),
    ["changed: host services of 10.0.0.0/24 of prod: dhcp.lease 12h → 24h"],
  ],
  [
    "a new VNet with a subnet",
    {
      ...BASE,
      vnets: [...BASE.vnets, { id: "lab", zone: "corp", tag: 30 }],
      subnets: [...BASE.subnets, { vnet: "lab", cidr: "10.3.0.0/24", gateway: "10.3.0.1" }],
    },
    ["new: VNet lab in corp, tag 30", "new: subnet 10.3.0.0/24 of lab, gateway 10.3.0.1"],
  ],
  ["one that is gone", { ...BASE, vnets: BASE.vnets.slice(0, 1) }, ["gone: VNet office"]],
  [
    "another id, and nothing that only follows it",
    written((text) => text.replace('"id":"prod"', '"id":"live"')),
    ["renamed: VNet prod is called live"],
  ],
  [
    "a zone with another id and another bridge",
    written((text) =>
      text.replace('"id":"corp","type":"vlan","bridge":"vmbr0"', '"id":"hq","type":"vlan","bridge":"vmbr1"'),
    ),
    ["renamed: zone corp is called hq", "changed: zone hq: bridge vmbr0 → vmbr1"],
  ],
  ["the layout's own fields", { ...BASE, description: "By hand" }, ["changed: description nothing → By hand"]],
  ["another order", { ...BASE, vnets: BASE.vnets.toReversed() }, ["changed: order of the VNets"]],
])("tells %s", (_what, after, expected) => {
  expect(words(after)).toEqual(expected);
});

it("says nothing exactly when nothing differs", () => {
  const layouts = fc.oneof(layoutArbitrary, anyLayoutArbitrary);
  void fc.assert(
    fc.property(layouts, layouts, (before, after) => {
      const { layout, renames } = reconcile(before, after);
      expect(reconcileSteps(before, layout, renames).length === 0).toBe(layoutToJson(before) === layoutToJson(layout));
      expect(reconcileSteps(before, structuredClone(before))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
