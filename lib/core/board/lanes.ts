import type { BoardZone } from "./geometry";
import { LANE_STYLE } from "./zone-look";

/** The lines of several rows as SVG path data, drawn in this order. Coordinates start at the zone's upper left corner. */
export interface LanePaths {
  /** Wide and pale, under the line: a QinQ zone's outer tag. */
  readonly band: string;
  readonly line: string;
  /** Filled circles: where an EVPN zone leaves the fabric. */
  readonly dots: string;
  /** Dotted hairline across nodes that are not part of the zone. */
  readonly hair: string;
  /** Stroke widths in pixels. */
  readonly lineWidth: number;
  readonly bandWidth: number;
}

/**
 * Lines of the rows `from` to `to` (exclusive). All lanes of a zone look the same, because in Proxmox the zone is what
 * knows nodes, so a few paths draw any number of rows.
 */
export function lanePaths(zone: BoardZone, from: number, to: number): LanePaths {
  const { metrics } = zone;
  const style = LANE_STYLE[zone.zone.type];
  const { thick, rail, lineWidth } = sizes(style, metrics.row);
  const runs = memberRuns(zone);
  const exits = zone.cells.flatMap((cell, index) =>
    cell.member && zone.zone.exitnodes?.includes(cell.node) ? [columnStart(zone, index) + metrics.column * 0.2] : [],
  );
  const pen = { band: "", line: "", dots: "", hair: "" };
  for (let row = from; row < to; row += 1) {
    const y = round(metrics.head + row * metrics.row + metrics.row / 2);
    for (const run of runs) {
      if (run.member) drawRun(pen, style, run, y, rail, metrics.column);
      else pen.hair += stroke(run.x1, run.x2, y);
    }
    if (style === "dotted-rails") for (const x of exits) pen.dots += circle(x, y, rail + 1.5);
  }
  return { ...pen, lineWidth, bandWidth: thick * 1.75 };
}

type LaneStyle = (typeof LANE_STYLE)[keyof typeof LANE_STYLE];

/** How thick a lane is in rows of this height, how far a rail is from its middle, and how wide its lines are drawn. */
function sizes(style: LaneStyle, row: number): { thick: number; rail: number; lineWidth: number } {
  const thick = row >= 40 ? 8 : row >= 28 ? 6 : Math.max(1.5, row / 6);
  const rail = row >= 28 ? 3 : Math.max(1, row / 10);
  const thin = Math.max(1, rail / 1.5);
  const widths = { solid: thick, stubs: thick, band: thick / 2, rails: thin, "dotted-rails": thin };
  return { thick, rail, lineWidth: widths[style] };
}

/** Draws one stretch of one lane. */
function drawRun(
  pen: { band: string; line: string },
  style: LaneStyle,
  run: Run,
  y: number,
  rail: number,
  column: number,
): void {
  const half = Math.min(20, column / 3);
  switch (style) {
    case "stubs":
      for (const middle of run.middles) pen.line += stroke(middle - half, middle + half, y);
      return;
    case "rails":
    case "dotted-rails":
      pen.line += stroke(run.x1, run.x2, y - rail) + stroke(run.x1, run.x2, y + rail);
      return;
    case "band":
      pen.band += stroke(run.x1, run.x2, y);
      pen.line += stroke(run.x1, run.x2, y);
      return;
    case "solid":
      pen.line += stroke(run.x1, run.x2, y);
  }
}

const stroke = (x1: number, x2: number, y: number): string => `M${round(x1)} ${round(y)}H${round(x2)}`;

const circle = (x: number, y: number, r: number): string =>
  `M${round(x - r)} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`;

/** Where a column begins, measured from the zone's left edge. */
export function columnStart(zone: BoardZone, index: number): number {
  return zone.metrics.gutter + index * zone.metrics.column;
}

interface Run {
  readonly member: boolean;
  readonly x1: number;
  readonly x2: number;
  readonly middles: readonly number[];
}

/** Neighbouring columns that are alike, as one stretch. Without any column the zone spans one nameless stretch. */
function memberRuns(zone: BoardZone): Run[] {
  const { column } = zone.metrics;
  const members = zone.cells.length > 0 ? zone.cells.map((cell) => cell.member) : [true];
  const runs: { member: boolean; x1: number; x2: number; middles: number[] }[] = [];
  members.forEach((member, index) => {
    const x1 = columnStart(zone, index);
    const last = runs.at(-1);
    if (last && last.member === member) {
      last.x2 = x1 + column;
      last.middles.push(x1 + column / 2);
    } else {
      runs.push({ member, x1, x2: x1 + column, middles: [x1 + column / 2] });
    }
  });
  return runs;
}

const round = (value: number): number => Math.round(value * 2) / 2;
