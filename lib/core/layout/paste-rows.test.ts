import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "./arbitrary";
import type { Layout } from "./model";
import { pasteRows } from "./paste-rows";
import { readTable } from "./table-text";

const layout: Layout = {
  version: 1,
  name: "table",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "lab", type: "simple" },
  ],
  vnets: [{ id: "prod", zone: "corp", tag: 10 }],
  subnets: [{ vnet: "prod", cidr: "10.0.10.0/24" }],
};
const paste = (text: string, gateway = false) => {
  const table = readTable(text, ["corp", "lab"]);
  return pasteRows(layout, table.rows, { fields: table.fields, zone: "corp", gateway });
};

describe("reading a table", () => {
  it.each([
    ["tag\tname\tsubnet\n30\tvoip\t10.0.30.0/24", ["tag", "id", "cidr"], 1],
    ["VLAN ID;Description\n30;Phones", ["tag", "alias"], 1],
    ["30,voip,10.0.30.0/24,10.0.30.1", ["tag", "id", "cidr", "gateway"], 1],
    [
      "corp\t30\tvoip\tPhones on the first floor\n\ncorp\t31\tcam\tCameras of the yard",
      ["zone", "tag", "id", "alias"],
      2,
    ],
    ['tag,alias\n30,"Phones, ""all"""\n', ["tag", "alias"], 1],
  ])("%j", (text, fields, rows) => {
    const table = readTable(text, ["corp"]);
    expect(table.fields).toEqual(fields);
    expect(table.rows).toHaveLength(rows);
  });

  it("keeps quotes, separators and line ends inside a cell", () => {
    expect(readTable('tag,alias\r\n30,"a, ""b""\nc"\r\n').rows).toEqual([["30", 'a, "b"\nc']]);
  });
});

describe("rows", () => {
  it.each([
    ["30,voip,10.0.30.0/24", "ok", ""],
    ["30,voip,10.0.30.7/24", "fixed", "became 10.0.30.0/24"],
    ["31,telephones,", "fixed", "became telephon"],
    [",voip,10.0.30.0/24", "fixed", "Next free tag"],
    ["10,other,", "invalid", "taken by prod"],
    ["10,prod,10.0.10.0/24", "duplicate", "there already"],
    ["11,prod,10.0.11.0/24", "invalid", "exists with tag 10"],
    ["10,prod,10.0.11.0/24", "ok", ""],
    ["5000,voip,", "invalid", "1 to 4094"],
    ["30,voip,10.0.300.0/24", "invalid", ""],
  ])("%s is %s", (row, state, message) => {
    const { results } = paste(`tag,id,cidr\n${row}`);
    expect(results[0]).toMatchObject({ state, message: expect.stringContaining(message) });
  });

  it("knows what earlier rows took, and gives gateways when asked", () => {
    const { results, layout: after, first } = paste("tag,id,cidr\n30,voip,10.0.30.0/24\n30,cams,\n31,voip,", true);
    expect(results.map(({ state }) => state)).toEqual(["ok", "invalid", "invalid"]);
    expect(after.subnets.at(-1)).toEqual({ vnet: "voip", cidr: "10.0.30.0/24", gateway: "10.0.30.1" });
    expect(first).toBe("voip");
  });

  it("never changes what is there, and adds exactly the rows that say so", () => {
    const cell = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom("10", "30", "10.0.0.0/24", "corp", "prod", ""));
    void fc.assert(
      fc.property(layoutArbitrary, fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 12 }), (drawn, rows) => {
        const zone = drawn.zones[0]?.id ?? null;
        const fields = ["tag", "id", "cidr", "gateway", "alias"] as const;
        const { layout: after, results } = pasteRows(drawn, rows, { fields, zone, gateway: true });
        expect(after.vnets.slice(0, drawn.vnets.length)).toEqual(drawn.vnets);
        const made = results.filter(({ state }) => state === "ok" || state === "fixed");
        const fresh = new Set(after.vnets.slice(drawn.vnets.length).map(({ id }) => id));
        expect(made.filter(({ vnet }) => vnet && fresh.has(vnet.id)).length).toBeGreaterThanOrEqual(fresh.size);
        expect(after.subnets.length - drawn.subnets.length).toBe(made.filter(({ subnet }) => subnet).length);
        expect(new Set(after.vnets.map(({ id }) => id)).size).toBe(
          new Set(drawn.vnets.map(({ id }) => id)).size + fresh.size,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("what subnets are served with", () => {
  const HEAD = "zone;tag;id;cidr;snat;dhcp-range;dns-servers;vlan aware;isolated ports";
  const row = (text: string) => paste(`${HEAD}\n${text}`);

  it("goes to the subnet where Proxmox serves it, and to the host services elsewhere", () => {
    const { layout: next, results } = row(
      "corp;30;voip;10.0.30.0/24;yes;10.0.30.10-10.0.30.20;9.9.9.9, 1.1.1.1;x;\nlab;;cams;10.0.31.0/24;1;10.0.31.10 - 10.0.31.20;9.9.9.9;;true",
    );
    expect(results.map(({ state }) => state)).toEqual(["ok", "ok"]);
    expect(next.vnets.slice(-2)).toEqual([
      { id: "voip", zone: "corp", tag: 30, vlanaware: true },
      { id: "cams", zone: "lab", "isolate-ports": true },
    ]);
    expect(next.subnets.at(-1)).toEqual({
      vnet: "cams",
      cidr: "10.0.31.0/24",
      snat: true,
      "dhcp-range": [{ "start-address": "10.0.31.10", "end-address": "10.0.31.20" }],
      "dhcp-dns-server": "9.9.9.9",
    });
    expect(next.hostServices).toEqual([
      {
        vnet: "voip",
        cidr: "10.0.30.0/24",
        snat: true,
        dhcp: { ranges: [{ start: "10.0.30.10", end: "10.0.30.20" }], dnsServers: ["9.9.9.9", "1.1.1.1"] },
      },
    ]);
  });

  it.each([
    ["corp;30;voip;;yes;;;;", "SNAT needs a network."],
    ["corp;30;voip;10.0.30.0/24;perhaps;;;;", "write yes or no"],
    ["corp;30;voip;10.0.30.0/24;;10.0.30.10;;;", "is not a range"],
    ["corp;30;voip;10.0.30.0/24;;10.0.30.10-10.0.30.999;;;", "10.0.30.999 of the DHCP range is not an address"],
    ["corp;30;voip;10.0.30.0/24;;;nine;;", "nine is not an address"],
    ["corp;30;voip;;;;;maybe;", "VLAN-aware maybe"],
  ])("%s is left out", (text, message) => {
    expect(row(text).results[0]).toMatchObject({ state: "invalid", message: expect.stringContaining(message) });
  });

  it("takes one DNS server where Proxmox takes one, and says so", () => {
    const { results } = row("lab;;cams;10.0.31.0/24;;;9.9.9.9 1.1.1.1;;");
    expect(results[0]).toMatchObject({ state: "fixed", message: "Only DNS server 9.9.9.9: Proxmox takes one here." });
  });

  it("knows a column of ranges without a heading", () => {
    expect(readTable("30\tvoip\t10.0.30.10 - 10.0.30.20").fields).toEqual(["tag", "id", "dhcp"]);
  });
});
