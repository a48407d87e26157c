"use client";

import { useSyncExternalStore } from "react";

let version = 0;
let stopWatching: (() => void) | null = null;
const listeners = new Set<() => void>();

/** A number that grows whenever the colours change; for what is drawn by hand. */
export function useThemeVersion(): number {
  return useSyncExternalStore(
    subscribe,
    () => version,
    () => 0,
  );
}

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  stopWatching ??= watch();
  return () => {
    listeners.delete(notify);
    if (listeners.size > 0) return;
    stopWatching?.();
    stopWatching = null;
  };
}

function watch(): () => void {
  const changed = () => {
    version += 1;
    for (const notify of listeners) notify();
  };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  // Nobody looked until now, so nobody knows what changed meanwhile.
  version += 1;
  return () => {
    dark.removeEventListener("change", changed);
    observer.disconnect();
  };
}
