import { describe, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { fillRows } from "./fill";
import { COLUMNS, type ColumnId } from "./table-columns";
import { tableRows } from "./table-rows";

const LAYOUT: Layout = {
  version: 1,
  name: "fill",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "nat", type: "simple" },
  ],
  vnets: [
    { id: "a", zone: "corp", tag: 10, alias: "Floor" },
    { id: "b", zone: "corp", tag: 30 },
    { id: "c", zone: "corp", tag: 50 },
    { id: "d", zone: "nat" },
  ],
  subnets: [
    { vnet: "a", cidr: "10.0.10.0/24", gateway: "10.0.10.254" },
    { vnet: "b", cidr: "10.7.0.0/24" },
    { vnet: "d", cidr: "10.9.0.0/24" },
  ],
  hostServices: [
    {
      vnet: "a",
      cidr: "10.0.10.0/24",
      snat: true,
      dhcp: { ranges: [{ start: "10.0.10.120", end: "10.0.10.220" }], dnsServers: ["9.9.9.9"] },
    },
  ],
};

/** Fills a column from the first row into the rows with these ids. */
function fill(id: ColumnId, into: readonly string[], layout = LAYOUT) {
  const sources = { layout, nics: new Map(), nicsKnown: false, marks: new Map(), changes: new Map() };
  const rows = tableRows(sources, "vnet");
  const column = COLUMNS.find((each) => each.id === id);
  const [source] = rows;
  if (!column || !source) throw new Error("The table has rows and this column");
  const targets = rows.flatMap((row, step) => (into.includes(row.vnet.id) ? [{ row, step }] : []));
  return fillRows(layout, { column, source, targets });
}

describe("filling down", () => {
  it("counts tags on and goes on with networks of the same size", () => {
    expect(fill("tag", ["b", "c"])).toMatchObject({
      value: { vnets: [{ tag: 10 }, { tag: 11 }, { tag: 12 }, {}] },
    });
    const filled = fill("cidr", ["b", "c"]);
    expect(filled).toMatchObject({
      value: {
        subnets: expect.arrayContaining([
          { vnet: "b", cidr: "10.0.11.0/24" },
          { vnet: "c", cidr: "10.0.12.0/24", gateway: "10.0.12.1" },
        ]),
      },
    });
  });

  it("keeps the place of gateway and ranges in each row's own network, wherever they are stored", () => {
    expect(fill("gateway", ["b"])).toMatchObject({ value: { subnets: [{}, { gateway: "10.7.0.254" }, {}] } });
    const filled = fill("dhcp", ["b", "d"]);
    expect(filled).toMatchObject({
      value: {
        subnets: [{}, {}, { "dhcp-range": [{ "start-address": "10.9.0.120", "end-address": "10.9.0.220" }] }],
        hostServices: [{}, { vnet: "b", dhcp: { ranges: [{ start: "10.7.0.120", end: "10.7.0.220" }] } }],
      },
    });
  });

  it.each([
    ["alias", { vnets: [{}, { alias: "Floor" }, {}, {}] }],
    ["snat", { hostServices: [{}, { vnet: "b", snat: true }] }],
    ["dns", { hostServices: [{}, { vnet: "b", dhcp: { dnsServers: ["9.9.9.9"] } }] }],
    ["vlanaware", { vnets: LAYOUT.vnets }],
  ] as const)("gives the others the same %s", (id, value) => {
    expect(fill(id, ["b"])).toMatchObject({ value });
  });

  it.each([
    ["id", ["b"], "one VNet only"],
    ["nics", ["b"], "read from the cluster"],
    ["gateway", ["c"], "c: Write a network first."],
  ] as const)("changes nothing and says why %s cannot be filled", (id, into, reason) => {
    expect(fill(id, into)).toEqual({ ok: false, error: expect.stringContaining(reason) });
  });

  it("says where networks end", () => {
    const last = { ...LAYOUT, subnets: [{ vnet: "a", cidr: "255.255.255.0/24" }], hostServices: [] };
    expect(fill("cidr", ["b"], last)).toEqual({ ok: false, error: "b: no network of this size is left there" });
  });
});
