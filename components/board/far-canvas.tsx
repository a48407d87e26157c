"use client";

import { memo, useEffect, useRef } from "react";
import { useBoard } from "@/components/designer/designer-context";
import type { BoardZone } from "@/lib/core/board/geometry";
import { zoneColour } from "@/lib/core/board/zone-look";
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
    if (canvas.current && theme >= 0)
      draw(canvas.current, zone, { marks, changes, found }, from, to, scale * Math.min(2, devicePixelRatio));
  }, [zone, marks, changes, found, from, to, scale, theme]);

  return (
    <canvas
      ref={canvas}
      aria-hidden
      className="pointer-events-none absolute left-0"
      style={{ top: metrics.head + from * metrics.row, width: zone.width, height, color: zoneColour(zone.look) }}
    />
  );
});

type Signs = Pick<BoardState, "marks" | "changes" | "found">;

function draw(canvas: HTMLCanvasElement, zone: BoardZone, signs: Signs, from: number, to: number, scale: number): void {
  const { marks, changes, found } = signs;
  const { metrics, width } = zone;
  canvas.width = Math.max(1, Math.ceil(width * scale));
  canvas.height = Math.max(1, Math.ceil((to - from) * metrics.row * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const style = getComputedStyle(canvas);
  const box = canvas.closest(".board-root") ?? canvas;
  const colours = {
    error: probe(box, "var(--destroy)"),
    warning: probe(box, "var(--change)"),
    new: probe(box, "var(--add)"),
    changed: probe(box, "var(--change)"),
    gone: probe(box, "var(--destroy)"),
  };
  pen.fillStyle = style.color;
  const step = metrics.row * scale;
  const thick = Math.max(1, step * 0.35);
  const members = zone.cells.length > 0 ? zone.cells.map((cell) => cell.member) : [true];
  const simple = zone.zone.type === "simple";
  const inset = simple ? metrics.column * 0.25 : 0;
  // Lines closer than a pixel would only blend: leave some out.
  const every = Math.max(1, Math.floor(1 / step));
  for (let row = from; row < to; row += every) {
    const y = Math.round((row - from + 0.5) * step - thick / 2);
    const vnet = zone.rows[row]?.vnet;
    pen.globalAlpha = found !== null && vnet && !found.has(vnetKey(vnet.id)) ? 0.2 : 1;
    members.forEach((member, index) => {
      if (!member) return;
      pen.fillRect(
        (metrics.gutter + index * metrics.column + inset) * scale,
        y,
        (metrics.column - 2 * inset) * scale,
        thick,
      );
    });
  }
  pen.globalAlpha = 1;
  const tick = Math.max(3, thick);
  for (let row = from; row < to; row += 1) {
    const vnet = zone.rows[row]?.vnet;
    if (!vnet) continue;
    const y = Math.round((row - from + 0.5) * step - tick / 2);
    const change = changes.get(vnetKey(vnet.id));
    if (change) {
      pen.fillStyle = colours[change];
      pen.fillRect((metrics.gutter - 90) * scale, y, 20 * scale, tick);
    }
    const mark = marks.get(vnetKey(vnet.id));
    if (!mark) continue;
    pen.fillStyle = colours[mark.severity];
    pen.fillRect((metrics.gutter - 60) * scale, y, (mark.severity === "error" ? 44 : 28) * scale, tick);
  }
}

/** A colour as the canvas needs it: `light-dark()` and variables worked out. */
function probe(near: Element, colour: string): string {
  const element = document.createElement("span");
  element.style.color = colour;
  near.append(element);
  const result = getComputedStyle(element).color;
  element.remove();
  return result;
}
