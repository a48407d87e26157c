import { expect, it } from "vitest";
import { boardGeometry, boardMetrics } from "@/lib/core/board/geometry";
import type { Layout } from "@/lib/core/layout/model";
import { keysWithin } from "./marquee";

const LAYOUT: Layout = {
  version: 1,
  name: "frame",
  zones: [
    { id: "open", type: "vlan", bridge: "vmbr0" },
    { id: "shut", type: "simple" },
  ],
  vnets: [
    { id: "a", zone: "open", tag: 1 },
    { id: "b", zone: "open", tag: 2 },
    { id: "c", zone: "open", tag: 3 },
    { id: "d", zone: "shut" },
  ],
  subnets: [],
};
const metrics = boardMetrics(LAYOUT.vnets.length);
const board = boardGeometry({ layout: LAYOUT, columns: [], nics: new Map(), collapsed: new Set(["shut"]), metrics });
const [open, shut] = board.zones;

/** The keys of a frame over these heights, in the middle of the Board. */
const over = (top: number, bottom: number, left = 20, right = 40) => keysWithin(board, { left, right, top, bottom });
/** The middle of a row of the open zone. */
const row = (index: number): number => (open?.y ?? 0) + metrics.head + (index + 0.5) * metrics.row;

it.each([
  ["one row", over(row(1), row(1) + 1), ["vnet/b"]],
  ["rows it only touches", over(row(0), row(2)), ["vnet/a", "vnet/b", "vnet/c"]],
  ["the head alone", over((open?.y ?? 0) + 1, (open?.y ?? 0) + metrics.head), []],
  ["a closed zone as a whole", over(row(2), (shut?.y ?? 0) + 5), ["vnet/c", "zone/shut"]],
  ["nothing beside the Board", over(0, 10_000, board.width + 10, board.width + 20), []],
  ["nothing above it", over(-50, -10), []],
])("%s", (_, keys, expected) => expect(keys).toEqual(expected));
