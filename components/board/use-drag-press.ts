"use client";

import { type PointerEvent as ReactPointerEvent, useCallback } from "react";

/** Pixels the pointer has to move before a press is a drag. */
const FAR = 5;

/** Starts a drag only once a press moves: the same thing can be pressed and carried. Touch scrolls instead. */
export function useDragPress(
  start: (event: ReactPointerEvent<HTMLElement>) => void,
  locked: boolean,
): ((event: ReactPointerEvent<HTMLElement>) => void) | undefined {
  const press = useCallback(
    (event: ReactPointerEvent<HTMLElement>) => {
      if (event.button !== 0 || event.pointerType === "touch") return;
      const { clientX, clientY } = event;
      const stop = new AbortController();
      const { signal } = stop;
      window.addEventListener(
        "pointermove",
        (move) => {
          if (Math.hypot(move.clientX - clientX, move.clientY - clientY) < FAR) return;
          stop.abort();
          start(event);
        },
        { signal },
      );
      window.addEventListener("pointerup", () => stop.abort(), { signal });
      window.addEventListener("pointercancel", () => stop.abort(), { signal });
    },
    [start],
  );
  return locked ? undefined : press;
}
