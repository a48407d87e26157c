"use client";

import { useEffect } from "react";
import type { Designer } from "./designer-context";

/** Copies, cuts and pastes. What does it is fetched after the first picture, which needs none of it. */
export function useClipboard(designer: Designer): void {
  useEffect(() => {
    const stop = new AbortController();
    void import("./clipboard").then(({ listenToClipboard }) => {
      if (!stop.signal.aborted) listenToClipboard(designer, stop.signal);
    });
    return () => stop.abort();
  }, [designer]);
}
