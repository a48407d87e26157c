"use client";

import { useEffect, useState } from "react";

/**
 * The time in milliseconds, a new one every `everyMs` while `ticking`. Null until the page runs in the browser, so that
 * what the server drew and what the browser draws first are the same.
 */
export function useNow(ticking: boolean, everyMs = 1_000): number | null {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    if (!ticking) return;
    const tick = () => setNow(Date.now());
    const first = setTimeout(tick, 0);
    const timer = setInterval(tick, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [ticking, everyMs]);
  return now;
}
