import type { BoardZone } from "@/lib/core/board/geometry";

/** How much is drawn: `near` everything, `mid` tag and id, `far` only lines on a canvas. */
export type Level = "near" | "mid" | "far";

const NEAR = 0.65;
const MID = 0.3;

function levelAt(zoom: number): Level {
  if (zoom >= NEAR) return "near";
  return zoom >= MID ? "mid" : "far";
}

/** The rows of a zone worth drawing: those in sight and some around them, in steps so that scrolling seldom redraws. */
export interface RowWindow {
  readonly level: Level;
  readonly from: number;
  readonly to: number;
  /** Zoom rounded down to a power of √2; the sharpness a canvas needs. */
  readonly scale: number;
}

/**
 * Near rows have many elements, so few of them are best; others are best drawn seldom, and those of a closed zone never.
 * `transform` is React Flow's [x, y, zoom]; `height` the height of the viewport in pixels.
 */
export function rowWindow(zone: BoardZone, [, y, zoom]: readonly [number, number, number], height: number): RowWindow {
  const level = levelAt(zoom);
  const { row, head } = zone.metrics;
  const top = -y / zoom - zone.y - head;
  const inSight = height / zoom / row;
  const step = Math.max(8, 2 ** Math.ceil(Math.log2(Math.max(1, inSight / (level === "far" ? 2 : 4)))));
  const first = Math.floor((top / row - step / 2) / step) * step;
  const last = Math.ceil((top / row + inSight + step / 2) / step) * step;
  const drawn = zone.collapsed ? 0 : zone.rows.length;
  const clamp = (value: number) => Math.max(0, Math.min(drawn, value));
  return { level, from: clamp(first), to: clamp(last), scale: 2 ** (Math.floor(Math.log2(zoom) * 2) / 2) };
}

export const sameWindow = (a: RowWindow, b: RowWindow): boolean =>
  a.level === b.level && a.from === b.from && a.to === b.to && (a.level !== "far" || a.scale === b.scale);
