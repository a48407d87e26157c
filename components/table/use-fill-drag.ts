"use client";

import { type PointerEvent as ReactPointerEvent, type RefObject, useState } from "react";

interface FillDragOptions {
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Height of a row and of the headings, in pixels. */
  readonly row: number;
  readonly rows: number;
  readonly scrollTo: (index: number) => void;
  readonly fill: (from: number, into: readonly number[]) => void;
}

/** Rows from one index to another, both included, in the order of the sheet. */
const between = (a: number, b: number): number[] =>
  Array.from({ length: Math.abs(a - b) + 1 }, (_, index) => Math.min(a, b) + index);

/** Pulls the value of a cell over the rows below or above it. Ctrl+Shift+D does the same for selected rows. */
export function useFillDrag({ scroller, row, rows, scrollTo, fill }: FillDragOptions) {
  const [range, setRange] = useState<{ readonly from: number; readonly to: number } | null>(null);

  function start(from: number, event: ReactPointerEvent<HTMLElement>) {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    const stop = new AbortController();
    const { signal } = stop;
    let to = from;
    const end = (done: boolean) => {
      stop.abort();
      setRange(null);
      if (done && to !== from)
        fill(
          from,
          between(from, to).filter((index) => index !== from),
        );
    };
    setRange({ from, to });
    window.addEventListener(
      "pointermove",
      ({ clientY }) => {
        const sheet = scroller.current;
        if (!sheet) return;
        const y = clientY - sheet.getBoundingClientRect().top + sheet.scrollTop - row;
        const next = Math.max(0, Math.min(rows - 1, Math.floor(y / row)));
        if (next === to) return;
        to = next;
        setRange({ from, to });
        scrollTo(next);
      },
      { signal },
    );
    window.addEventListener("pointerup", () => end(true), { signal });
    window.addEventListener("pointercancel", () => end(false), { signal });
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape") return;
        key.stopPropagation();
        end(false);
      },
      { signal, capture: true },
    );
  }

  return {
    start,
    /** Whether a row is inside of what is being filled. */
    covers: (index: number): boolean =>
      range !== null && index >= Math.min(range.from, range.to) && index <= Math.max(range.from, range.to),
  };
}
