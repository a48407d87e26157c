import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { layoutToYaml, parseLayoutText } from "./layout-text";

const GOOD = `version: 1
name: homelab
zones:
  - { id: hybzone, type: vlan, bridge: vmbr0, nodes: [pve1] }
vnets:
  - { id: vnetmgmt, zone: hybzone, tag: 10 }
subnets: []
`;
const problems = (text: string) => {
  const parsed = parseLayoutText(text);
  return parsed.ok ? [] : parsed.error.map(({ line, column, message }) => `${line}:${column} ${message}`);
};

it("reads back what it writes, as YAML and as JSON", () => {
  void fc.assert(
    fc.property(layoutArbitrary, (layout) => {
      expect(parseLayoutText(layoutToYaml(layout))).toEqual({ ok: true, value: layout });
      expect(parseLayoutText(layoutToJson(layout))).toEqual({ ok: true, value: layout });
    }),
  );
});

it("lets a JSON file say where its schema is, and does not keep it", () => {
  const text =
    '{ "$schema": "./layout.schema.json", "version": 1, "name": "x", "zones": [], "vnets": [], "subnets": [] }';
  expect(parseLayoutText(text)).toEqual({
    ok: true,
    value: { version: 1, name: "x", zones: [], vnets: [], subnets: [] },
  });
  expect(problems(text.replace('"./layout.schema.json"', "7")).join()).toContain("$schema");
});

describe("what is wrong with a text is told with its place", () => {
  it.each([
    [GOOD.replace("tag: 10", "vlan: 10"), /^6:36 .*vlan/],
    [GOOD.replace("bridge: vmbr0", "brigde: vmbr0"), /^4:32 .*did you mean bridge/],
    [GOOD.replace("tag: 10", 'tag: "10"'), /^6:36 .*must be a number/],
    [GOOD.replace("type: vlan", "type: vlann"), /^4:20 .*did you mean vlan/],
    [`${GOOD}name: again\n`, /^8:1 .*unique/],
    [GOOD.replace("version: 1", "version: 2"), /^1:1 .*version/],
    ["version: 1\n\tname: x\n", /^2:1 /],
    ["", /version: missing|layout/i],
  ])("%#", (text, expected) => {
    const found = problems(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found.join("\n")).toMatch(expected);
  });

  it("every one of them at once", () => {
    expect(problems(GOOD.replace("bridge", "brigde").replace("tag: 10", 'tag: "x"'))).toHaveLength(2);
  });

  it("and aliases are refused, before they can grow", () => {
    expect(problems("version: 1\nname: &a x\nzones: [*a, *a]\n").join()).toContain("Aliases");
  });

  it("and nothing throws, whatever the text", () => {
    void fc.assert(fc.property(fc.string(), (text) => void parseLayoutText(text)));
  });
});
