import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "./arbitrary";
import type { Layout } from "./model";
import { reconcile } from "./reconcile";
import { layoutToJson } from "./serialise";

const before: Layout = {
  version: 1,
  name: "a",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [
    { id: "prod", zone: "corp", tag: 10 },
    { id: "office", zone: "corp", tag: 20 },
  ],
  subnets: [{ vnet: "prod", cidr: "10.0.0.0/24" }],
};
const written = (edit: (text: string) => string): Layout => JSON.parse(edit(JSON.stringify(before)));

describe("a document written by hand", () => {
  it.each<[string, Layout, { from: string; to: string }[], string]>([
    [
      "another id at the same place",
      written((it) => it.replace('"id":"prod"', '"id":"live"')),
      [{ from: "prod", to: "live" }],
      "live",
    ],
    [
      "other letters",
      written((it) => it.replace('"id":"prod"', '"id":"PROD"')),
      [{ from: "prod", to: "PROD" }],
      "PROD",
    ],
    [
      "an id and a tag",
      written((it) => it.replace('"id":"prod","zone":"corp","tag":10', '"id":"live","zone":"corp","tag":11')),
      [{ from: "prod", to: "live" }],
      "live",
    ],
  ])("renames by %s, and what hangs on it follows", (_title, after, renames, vnet) => {
    const result = reconcile(before, after);
    expect(result.renames).toMatchObject(renames);
    expect(result.layout.subnets).toEqual([{ vnet, cidr: "10.0.0.0/24" }]);
  });

  it("a zone takes its VNets along", () => {
    const result = reconcile(
      before,
      written((it) => it.replace('"id":"corp"', '"id":"hq"')),
    );
    expect(result.layout.vnets.map(({ zone }) => zone)).toEqual(["hq", "hq"]);
  });

  it("keeps the objects that are equal", () => {
    const result = reconcile(
      before,
      written((it) => it.replace('"tag":10', '"tag":11')),
    );
    expect(result.layout.vnets[1]).toBe(before.vnets[1]);
    expect(result.layout.zones).toBe(before.zones);
    expect(result.renames).toEqual([]);
  });

  it("is what was written, and the layout itself when nothing was", () => {
    void fc.assert(
      fc.property(layoutArbitrary, layoutArbitrary, (a, b) => {
        expect(reconcile(a, structuredClone(a)).layout).toBe(a);
        const { layout, renames } = reconcile(a, b);
        if (renames.length === 0) expect(layoutToJson(layout)).toBe(layoutToJson(b));
      }),
      { numRuns: 100 },
    );
  });
});
