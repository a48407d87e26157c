import { describe, expect, it } from "vitest";
import { boardGeometry, boardMetrics } from "@/lib/core/board/geometry";
import type { Layout } from "@/lib/core/layout/model";
import { rowWindow } from "./level";
import { problemMarks } from "./marks";
import { treeRows } from "./tree-rows";

const vnets = Array.from({ length: 4094 }, (_, index) => ({ id: `v${index}`, zone: "z1", tag: index + 1 }));
const layout: Layout = {
  version: 1,
  name: "large",
  zones: [{ id: "z1", type: "vlan", bridge: "vmbr0" }],
  vnets,
  subnets: [{ vnet: "v0", cidr: "10.0.0.0/24" }],
};
const board = boardGeometry({
  layout,
  columns: [],
  nics: new Map(),
  collapsed: new Set(),
  metrics: boardMetrics(vnets.length),
});
const [zone] = board.zones;

describe("the window of rows", () => {
  it.each([1.6, 1, 0.66])("holds every row in sight at zoom %d, and few others", (zoom) => {
    if (!zone) throw new Error("no zone");
    const seen = 900 / zoom / zone.metrics.row;
    for (let y = 0; y > -zone.height * zoom; y -= 777) {
      const { from, to, level } = rowWindow(zone, [0, y, zoom], 900);
      const first = Math.max(0, Math.floor((-y / zoom - zone.metrics.head) / zone.metrics.row));
      expect(level).toBe("near");
      expect(from).toBeLessThanOrEqual(first);
      expect(to).toBeGreaterThanOrEqual(Math.min(zone.rows.length, Math.floor(first + seen)));
      expect(to - from).toBeLessThanOrEqual(3.5 * seen);
    }
  });

  it("is empty for a zone out of sight", () => {
    const { from, to } = zone ? rowWindow(zone, [0, 500_000, 1], 900) : { from: 0, to: 1 };
    expect(to - from).toBe(0);
  });

  it("draws less the further away it is", () => {
    const levels = [1, 0.5, 0.1].map((zoom) => zone && rowWindow(zone, [0, 0, zoom], 900).level);
    expect(levels).toEqual(["near", "mid", "far"]);
  });
});

describe("rows for the keyboard", () => {
  it("are zones, VNets, and the subnets of the open VNet", () => {
    expect(treeRows(board, null)).toHaveLength(4095);
    const open = treeRows(board, "v0");
    expect(open).toHaveLength(4096);
    expect(open.slice(0, 3).map((row) => row.key)).toEqual(["zone/z1", "vnet/v0", "subnet/v0/10.0.0.0/24"]);
  });
});

describe("marks", () => {
  it("climb from a subnet to its VNet and zone, the worst one wins, notes leave none", () => {
    const marks = problemMarks(layout, [
      { code: "a", severity: "warning", at: ["subnet/v0/10.0.0.0/24"], message: "" },
      { code: "b", severity: "error", at: ["vnet/v1"], message: "" },
      { code: "c", severity: "info", at: ["vnet/v2"], message: "" },
    ]);
    expect(marks.get("vnet/v0")).toEqual({ severity: "warning", count: 1 });
    expect(marks.get("zone/z1")).toEqual({ severity: "error", count: 2 });
    expect(marks.has("vnet/v2")).toBe(false);
  });
});
