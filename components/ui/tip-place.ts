import type { TipSide } from "./tip";

interface Size {
  readonly width: number;
  readonly height: number;
}
interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** Between an element and its tip, and between a tip and the edge of the page, in px. */
const GAP = 6;
const EDGE = 8;

const OPPOSITE: Readonly<Record<TipSide, TipSide>> = { top: "bottom", bottom: "top", left: "right", right: "left" };

/** Where a tip goes, in px of the viewport: at its side where there is room, else opposite, and never beyond the page. */
export function tipPlace(element: Box, tip: Size, side: TipSide, page: Size): { left: number; top: number } {
  const wanted = at(element, tip, side);
  const { left, top } = fits(wanted, tip, side, page) ? wanted : at(element, tip, OPPOSITE[side]);
  return { left: within(left, tip.width, page.width), top: within(top, tip.height, page.height) };
}

function at(element: Box, tip: Size, side: TipSide): { left: number; top: number } {
  const middle = {
    left: element.left + (element.width - tip.width) / 2,
    top: element.top + (element.height - tip.height) / 2,
  };
  switch (side) {
    case "top":
      return { ...middle, top: element.top - tip.height - GAP };
    case "bottom":
      return { ...middle, top: element.top + element.height + GAP };
    case "left":
      return { ...middle, left: element.left - tip.width - GAP };
    case "right":
      return { ...middle, left: element.left + element.width + GAP };
  }
}

function fits({ left, top }: { left: number; top: number }, tip: Size, side: TipSide, page: Size): boolean {
  return side === "top" || side === "bottom"
    ? top >= EDGE && top + tip.height <= page.height - EDGE
    : left >= EDGE && left + tip.width <= page.width - EDGE;
}

const within = (start: number, length: number, page: number): number =>
  Math.round(Math.max(EDGE, Math.min(start, page - EDGE - length)));
