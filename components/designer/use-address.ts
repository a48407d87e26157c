"use client";

import { useEffect } from "react";
import { writeAddress } from "./address";
import type { Designer } from "./designer-context";

/** Keeps the address of the page in step with what is looked at, so that it can be sent to somebody else. */
export function useAddress({ store }: Designer): void {
  useEffect(() => {
    let due: ReturnType<typeof setTimeout> | undefined;
    const write = () => {
      due = undefined;
      const { views, selected, filter } = store.getState();
      const { pathname, search, hash } = window.location;
      const next = writeAddress({ views, selected: [...selected], filter }, new URLSearchParams(search));
      if (next !== search) window.history.replaceState(null, "", `${pathname}${next}${hash}`);
    };
    const stop = store.subscribe((now, before) => {
      if (now.views === before.views && now.selected === before.selected && now.filter === before.filter) return;
      // Browsers refuse a page that changes its address too often; the last value is what counts.
      due ??= setTimeout(write, 150);
    });
    return () => {
      clearTimeout(due);
      stop();
    };
  }, [store]);
}
