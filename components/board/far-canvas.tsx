"use client";

import { memo, useEffect, useRef } from "react";
import { useBoard } from "@/components/designer/designer-context";
import type { BoardZone } from "@/lib/core/board/geometry";
import { ZONE_COLOURS, zoneColour } from "@/lib/core/board/zone-look";
import { vnetKey } from "@/lib/core/plan/entity";
import type { BoardState } from "./board-store";
import { useThemeVersion } from "./use-theme-version";

interface FarCanvasProps {
  readonly zone: BoardZone;
  readonly from: number;
  readonly to: number;
  /** Pixels per Board pixel. */
  readonly scale: number;
}

/** Rows from far away: one line each on a canvas, and a mark at the right edge where something is wrong. */
export const FarCanvas = memo(function FarCanvas({ zone, from, to, scale }: FarCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const marks = useBoard((state) => state.marks);
  const changes = useBoard((state) => state.changes);
  const found = useBoard((state) => state.found);
  const theme = useThemeVersion();
  const { metrics } = zone;
  const height = (to - from) * metrics.row;

  useEffect(() => {
    const { current } = canvas;
    if (!current) return;
    const colours = coloursIn(current.closest(".board-root") ?? current, theme);
    draw(current, { zone, from, to, scale: scale * Math.min(2, devicePixelRatio), marks, changes, found, colours });
  }, [zone, marks, changes, found, from, to, scale, theme]);

  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="pointer-events-none absolute left-0"
      style={{ top: metrics.head + from * metrics.row, width: zone.width, height }}
    />
  );
});

/** What to draw; here the scale is in pixels of the canvas. */
interface Drawing extends FarCanvasProps, Pick<BoardState, "marks" | "changes" | "found"> {
  readonly colours: Colours;
}

function draw(canvas: HTMLCanvasElement, drawing: Drawing): void {
  const { zone, from, to, scale } = drawing;
  canvas.width = Math.max(1, Math.ceil(zone.width * scale));
  canvas.height = Math.max(1, Math.ceil((to - from) * zone.metrics.row * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  drawLines(pen, drawing);
  drawSigns(pen, drawing);
}

function drawLines(pen: CanvasRenderingContext2D, { zone, from, to, scale, found, colours }: Drawing): void {
  const { gutter, column, row: height } = zone.metrics;
  pen.fillStyle = colours.get(zone.look.colour) ?? "";
  const step = height * scale;
  const thick = Math.max(1, step * 0.35);
  const members = zone.cells.length > 0 ? zone.cells.map((cell) => cell.member) : [true];
  const inset = zone.zone.type === "simple" ? column * 0.25 : 0;
  const lefts = members.flatMap((member, index) => (member ? [(gutter + index * column + inset) * scale] : []));
  // Lines closer than a pixel would only blend: leave some out.
  const every = Math.max(1, Math.floor(1 / step));
  for (let row = from; row < to; row += every) {
    const y = Math.round((row - from + 0.5) * step - thick / 2);
    const vnet = zone.rows[row]?.vnet;
    pen.globalAlpha = found !== null && vnet && !found.has(vnetKey(vnet.id)) ? 0.2 : 1;
    for (const left of lefts) pen.fillRect(left, y, (column - 2 * inset) * scale, thick);
  }
  pen.globalAlpha = 1;
}

/** At the right end of the labels: what an apply would do, and what is wrong. */
function drawSigns(pen: CanvasRenderingContext2D, { zone, from, to, scale, marks, changes, colours }: Drawing): void {
  const { gutter, row: height } = zone.metrics;
  const step = height * scale;
  const tick = Math.max(3, step * 0.35);
  for (let row = from; row < to; row += 1) {
    const vnet = zone.rows[row]?.vnet;
    if (!vnet) continue;
    const y = Math.round((row - from + 0.5) * step - tick / 2);
    const change = changes.get(vnetKey(vnet.id));
    if (change) {
      pen.fillStyle = colours.get(change) ?? "";
      pen.fillRect((gutter - 90) * scale, y, 20 * scale, tick);
    }
    const mark = marks.get(vnetKey(vnet.id));
    if (!mark) continue;
    pen.fillStyle = colours.get(mark.severity) ?? "";
    pen.fillRect((gutter - 60) * scale, y, (mark.severity === "error" ? 44 : 28) * scale, tick);
  }
}

/** Of zones, marks and changes. */
const NAMES: readonly (readonly [string, string])[] = [
  ...ZONE_COLOURS.map((colour) => [colour, zoneColour({ colour })] as const),
  ["error", "var(--destroy)"],
  ["warning", "var(--change)"],
  ["new", "var(--add)"],
  ["changed", "var(--change)"],
  ["gone", "var(--destroy)"],
];

type Colours = ReadonlyMap<string, string>;

let known: { readonly theme: number; readonly colours: Colours } | null = null;

/**
 * The colours as a canvas needs them, with `light-dark()` and variables worked out: all in one go and once per theme, for
 * asking makes the browser look through the styles of the whole page.
 */
function coloursIn(near: Element, theme: number): Colours {
  if (known?.theme === theme) return known.colours;
  const probe = document.createElement("span");
  for (const [, colour] of NAMES) {
    probe.append(Object.assign(document.createElement("span"), { style: `color: ${colour}` }));
  }
  near.append(probe);
  const read = [...probe.children].map((child) => getComputedStyle(child).color);
  probe.remove();
  const colours = new Map(NAMES.map(([name], at) => [name, read[at] ?? ""]));
  known = { theme, colours };
  return colours;
}
