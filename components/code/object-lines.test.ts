import * as fc from "fast-check";
import { expect, it } from "vitest";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { layoutToYaml, parseLayoutText } from "@/lib/exchange/layout-text";
import { objectLines } from "./object-lines";

const keysOf = (layout: Layout): string[] => [
  ...layout.zones.map(({ id }) => `zone/${id}`),
  ...layout.vnets.map(({ id }) => `vnet/${id}`),
  ...layout.subnets.map(({ vnet, cidr }) => `subnet/${vnet}/${cidr}`),
  ...(layout.hostServices ?? []).map(({ vnet, cidr }) => `host/${vnet}/${cidr}`),
];

it.each([
  ["YAML", layoutToYaml],
  ["JSON", layoutToJson],
])("finds every object of a layout in its %s, in order, without a gap inside a list", (_name, write) => {
  void fc.assert(
    fc.property(layoutArbitrary, (layout) => {
      const text = write(layout);
      const found = objectLines(text);
      expect(found.map(({ key }) => key)).toEqual(keysOf(layout));
      for (const { from, to } of found) expect(to).toBeGreaterThanOrEqual(from);
      for (const [index, { from }] of found.entries()) expect(from).toBeGreaterThan(found[index - 1]?.to ?? 0);
    }),
    { numRuns: 150 },
  );
});

it("the lines of an object hold all of it and nothing else", () => {
  const layout: Layout = {
    version: 1,
    name: "a",
    zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] }],
    vnets: [
      { id: "prod", zone: "corp", tag: 10 },
      { id: "lab", zone: "corp", tag: 20, alias: "id: fake" },
    ],
    subnets: [{ vnet: "prod", cidr: "10.0.0.0/24", gateway: "10.0.0.1" }],
  };
  const text = layoutToYaml(layout);
  const lines = text.split("\n");
  const lab = objectLines(text).find(({ key }) => key === "vnet/lab");
  expect(lines.slice((lab?.from ?? 0) - 1, lab?.to).join("\n")).toContain("tag: 20");
  const without = [...lines.slice(0, (lab?.from ?? 0) - 1), ...lines.slice(lab?.to)].join("\n");
  expect(parseLayoutText(without)).toMatchObject({ ok: true, value: { vnets: [{ id: "prod" }] } });
});
