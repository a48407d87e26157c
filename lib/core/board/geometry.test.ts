import { describe, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { boardColumns } from "./columns";
import { type BoardInput, boardGeometry, boardMetrics, rowHeight } from "./geometry";
import { lanePaths } from "./lanes";

const layout: Layout = {
  version: 1,
  name: "lab",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] },
    { id: "nat", type: "simple" },
  ],
  vnets: [
    { id: "office", zone: "corp", tag: 20 },
    { id: "prod", zone: "corp", tag: 10 },
    { id: "lab", zone: "nat" },
  ],
  subnets: [{ vnet: "prod", cidr: "10.10.10.0/24", gateway: "10.10.10.1" }],
  hostServices: [{ vnet: "prod", cidr: "10.10.10.0/24", snat: true, dhcp: { ranges: [{ start: "a", end: "b" }] } }],
};
const columns = boardColumns(layout, null, ["pve1", "pve2", "pve3"]);
const input = (over: Partial<BoardInput> = {}): BoardInput => ({
  layout,
  columns,
  nics: new Map(),
  collapsed: new Set(),
  metrics: METRICS,
  ...over,
});
const METRICS = boardMetrics(3);

describe("the Board's geometry", () => {
  it("stacks zones in the order of the document without overlap", () => {
    const board = boardGeometry(input());
    expect(board.zones.map((zone) => zone.zone.id)).toEqual(["corp", "nat"]);
    const [corp, nat] = board.zones;
    expect(nat?.y).toBe((corp?.y ?? 0) + (corp?.height ?? 0) + METRICS.gap);
    expect(board.height).toBe((nat?.y ?? 0) + (nat?.height ?? 0));
  });

  it("orders VNets by tag", () => {
    const [corp] = boardGeometry(input()).zones;
    expect(corp?.rows.map((row) => row.vnet.id)).toEqual(["prod", "office"]);
  });

  it("marks gateway, SNAT and DHCP from Proxmox's fields and from host services alike", () => {
    const row = boardGeometry(input()).zones[0]?.rows[0];
    expect(row?.subnets[0]).toMatchObject({ gateway: true, snat: true, dhcp: true });
  });

  it("spans every node when a zone has no node list", () => {
    const [corp, nat] = boardGeometry(input()).zones;
    expect(corp?.cells.map((cell) => cell.member)).toEqual([true, true, false]);
    expect(nat?.cells.map((cell) => cell.member)).toEqual([true, true, true]);
  });

  it("says where the zone's bridge is missing, and only where bridges are known", () => {
    const withFacts = columns.map((column) => ({
      ...column,
      bridges:
        column.name === "pve2"
          ? []
          : column.name === "pve1"
            ? [{ name: "vmbr0", vlanAware: true, active: true, addresses: [], ports: [], mtu: null }]
            : null,
    }));
    const [corp] = boardGeometry(input({ columns: withFacts })).zones;
    expect(corp?.cells.map((cell) => cell.missingBridge)).toEqual([false, true, false]);
  });

  it("gives a collapsed zone one band, however many rows it has", () => {
    const open = boardGeometry(input()).zones[0]?.height ?? 0;
    const shut = boardGeometry(input({ collapsed: new Set(["corp"]) })).zones[0]?.height ?? 0;
    expect(open - shut).toBe(2 * METRICS.row - METRICS.band);
  });

  it("keeps the same objects for everything that did not change", () => {
    const before = boardGeometry(input());
    const vnets = layout.vnets.map((vnet) => (vnet.id === "prod" ? { ...vnet, alias: "Production" } : vnet));
    const after = boardGeometry(input({ layout: { ...layout, vnets } }), before);
    expect(after.zones[1]).toBe(before.zones[1]);
    expect(after.zones[0]).not.toBe(before.zones[0]);
    expect(after.zones[0]?.rows[1]).toBe(before.zones[0]?.rows[1]);
    expect(after.zones[0]?.rows[0]).not.toBe(before.zones[0]?.rows[0]);
  });

  it("draws again when the columns change although the rows do not", () => {
    const before = boardGeometry(input());
    const after = boardGeometry(input({ columns: columns.slice(0, 2) }), before);
    expect(after.zones[0]?.cells).toHaveLength(2);
  });

  it("counts guest interfaces per column", () => {
    const nics = new Map([["prod", new Map([["pve2", { total: 4, running: 1 }]])]]);
    const row = boardGeometry(input({ nics })).zones[0]?.rows[0];
    expect(row?.nics).toEqual([null, { total: 4, running: 1 }, null]);
  });

  it("uses tighter rows as the layout grows", () => {
    expect([6, 100, 1000].map(rowHeight)).toEqual([44, 32, 24]);
  });
});

describe("columns", () => {
  it("come from the layout when there is no cluster, pve2 before pve10", () => {
    const named: Layout = { ...layout, zones: [{ id: "z1", type: "simple", nodes: ["pve10", "pve2"] }] };
    expect(boardColumns(named, null).map((column) => column.name)).toEqual(["pve2", "pve10"]);
  });

  it("keep a node that the layout names and the cluster does not have, marked", () => {
    const facts = {
      name: "lab",
      version: "9.2",
      quorate: true,
      nodes: [
        {
          name: "pve1",
          online: true,
          address: null,
          bridges: [],
          interfaces: [],
          pendingInterfaces: null,
          packages: null,
        },
      ],
      guests: null,
      ipams: null,
      controllers: null,
      ipam: null,
      privileges: null,
      unread: [],
    };
    expect(boardColumns(layout, facts).map(({ name, known, online }) => ({ name, known, online }))).toEqual([
      { name: "pve1", known: true, online: true },
      { name: "pve2", known: false, online: null },
    ]);
  });
});

describe("lanes", () => {
  const types = ["simple", "vlan", "qinq", "vxlan", "evpn"] as const;

  it.each(types)("draws %s differently from every other type", (type) => {
    const draw = (each: (typeof types)[number]): string => {
      const zone = { id: "z1", type: each, nodes: ["pve1", "pve2"], exitnodes: ["pve1"] };
      const board = boardGeometry(input({ layout: { ...layout, zones: [zone], vnets: [{ id: "v1", zone: "z1" }] } }));
      const [first] = board.zones;
      return JSON.stringify(first ? lanePaths(first, 0, 1) : null);
    };
    for (const other of types) if (other !== type) expect(draw(other)).not.toBe(draw(type));
  });

  it("puts no line of a simple zone between two nodes", () => {
    const nat = boardGeometry(input()).zones[1];
    const line = nat ? lanePaths(nat, 0, 1).line : "";
    const ends = [...line.matchAll(/M([\d.]+) [\d.]+H([\d.]+)/g)].map((match) => [Number(match[1]), Number(match[2])]);
    expect(ends).toHaveLength(3);
    for (const [from = 0, to = 0] of ends) {
      const column = Math.floor((from - METRICS.gutter) / METRICS.column);
      expect(Math.floor((to - METRICS.gutter) / METRICS.column)).toBe(column);
    }
  });
});
