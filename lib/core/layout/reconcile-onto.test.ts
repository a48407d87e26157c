import * as fc from "fast-check";
import { expect, it } from "vitest";
import { layoutArbitrary } from "./arbitrary";
import type { Layout } from "./model";
import { reconcileOnto } from "./reconcile-onto";
import { layoutToJson } from "./serialise";

const BASE: Layout = {
  version: 1,
  name: "a",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "office", zone: "corp", tag: 20 },
  ],
  subnets: [{ vnet: "prod", cidr: "10.0.0.0/24" }],
};
const changed = (edit: (text: string) => string): Layout => JSON.parse(edit(JSON.stringify(BASE)));

it("keeps what came to the layout while the text was written", () => {
  const written = changed((text) => text.replace('"tag":20', '"tag":21'));
  const now: Layout = { ...BASE, subnets: [...BASE.subnets, { vnet: "office", cidr: "10.1.0.0/24" }] };
  const { layout, conflicts } = reconcileOnto(BASE, written, now);
  expect(layout.vnets[1]?.tag).toBe(21);
  expect(layout.subnets).toEqual(now.subnets);
  expect(conflicts).toEqual([]);
});

it("a VNet renamed and changed in the text takes along the subnet that came to it meanwhile", () => {
  const written = changed((text) =>
    text.replace('"id":"prod","zone":"corp","tag":10', '"id":"live","zone":"corp","tag":11'),
  );
  const now: Layout = { ...BASE, subnets: [...BASE.subnets, { vnet: "prod", cidr: "10.9.0.0/24" }] };
  const { layout, renames } = reconcileOnto(BASE, written, now);
  expect(renames).toMatchObject([{ from: "prod", to: "live" }]);
  expect(layout.vnets.map(({ id }) => id)).toEqual(["live", "office"]);
  expect(layout.subnets.map(({ vnet }) => vnet)).toEqual(["live", "live"]);
});

it.each([
  ["mine", 11],
  ["theirs", 12],
] as const)("the same field on both sides is told, and %s is taken", (prefer, tag) => {
  const written = changed((text) => text.replace('"tag":10', '"tag":11'));
  const now = changed((text) => text.replace('"tag":10', '"tag":12'));
  const { layout, conflicts } = reconcileOnto(BASE, written, now, prefer);
  expect(layout.vnets[0]?.tag).toBe(tag);
  expect(conflicts).toMatchObject([{ key: "vnet/prod", field: "tag", mine: 11, theirs: 12 }]);
});

it("gives the layout itself when the text says nothing new, whatever happened meanwhile", () => {
  void fc.assert(
    fc.property(layoutArbitrary, layoutArbitrary, (base, now) => {
      expect(reconcileOnto(base, structuredClone(base), now).layout).toBe(now);
      expect(layoutToJson(reconcileOnto(base, now, structuredClone(now)).layout)).toBe(layoutToJson(now));
    }),
    { numRuns: 60 },
  );
});
