import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLayoutArbitrary, layoutArbitrary } from "./arbitrary";
import { parseLayout } from "./parse";
import { layoutToJson } from "./serialise";

const document = (more: object) => ({ version: 1, name: "x", zones: [], vnets: [], subnets: [], ...more });

const messages = (value: unknown): string[] => {
  const parsed = parseLayout(value);
  return parsed.ok ? [] : parsed.error.map((problem) => problem.message);
};

describe("parseLayout", () => {
  it("reads back what layoutToJson wrote, byte for byte", () =>
    fc.assert(
      fc.property(fc.oneof(layoutArbitrary, anyLayoutArbitrary), (layout) => {
        const text = layoutToJson(layout);
        const parsed = parseLayout(JSON.parse(text));
        if (!parsed.ok) throw new Error(parsed.error.map((problem) => problem.message).join("\n"));
        expect(layoutToJson(parsed.value)).toBe(text);
      }),
    ));

  it.each([
    [
      { zones: [{}, {}, { id: "a", type: "vlan", brigde: "vmbr0" }] },
      "zones[2].brigde: unknown key; did you mean bridge?",
    ],
    [{ vnets: [{ id: "a", zone: "z", colour: "red" }] }, "vnets[0].colour: unknown key; remove it."],
    [{ vnets: [{ id: "a", zone: "z", tag: "10" }] }, 'vnets[0].tag: must be a number, not "10".'],
    [{ zones: [{ id: "a", type: "vlna" }] }, 'zones[0].type: "vlna" is not allowed here; did you mean vlan?'],
    [{ zones: [{ id: "a" }] }, "zones[0].type: missing; simple, vlan, qinq, vxlan or evpn."],
    [{ subnets: [{ vnet: "a" }] }, "subnets[0].cidr: missing; it must be text."],
    [
      { hostServices: [{ vnet: "a", cidr: "b", dhcp: { range: [] } }] },
      "hostServices[0].dhcp.range: unknown key; did you mean ranges?",
    ],
    [{ version: 2 }, "version: 2 is not allowed here; use 1."],
    [{ zones: {} }, "zones: must be a list, not a map."],
  ])("names place and reason for %j", (more, message) => {
    expect(messages(document(more))).toContain(message);
  });

  it.each([null, 3, "text", [], undefined])("refuses %j as a whole", (value) => {
    expect(messages(value).length).toBeGreaterThan(0);
  });

  it("tells the object concerned", () => {
    const parsed = parseLayout(document({ subnets: [{ vnet: "a", cidr: "10.0.0.0/24", gw: "x" }] }));
    expect(parsed).toMatchObject({
      ok: false,
      error: [{ code: "unknown-key", at: ["subnet/a/10.0.0.0/24"], field: "subnets[0].gw" }],
    });
  });

  it("finds all problems at once", () => {
    expect(messages({ version: 1, name: 1, zones: 2, vnets: 3, subnets: 4 })).toHaveLength(4);
  });
});

describe("layoutToJson", () => {
  it("does not depend on the order of keys", () => {
    const a = layoutToJson({
      version: 1,
      name: "x",
      zones: [{ id: "a", type: "vlan", bridge: "vmbr0" }],
      vnets: [],
      subnets: [],
    });
    const b = layoutToJson({
      subnets: [],
      vnets: [],
      zones: [{ bridge: "vmbr0", type: "vlan", id: "a" }],
      name: "x",
      version: 1,
    });
    expect(a).toBe(b);
    expect(a.endsWith("}\n")).toBe(true);
  });
});
