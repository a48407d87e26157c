"use client";

import { useSyncExternalStore } from "react";

/** One clock for all times on a page: ticks every ten seconds while somebody looks. */
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 10_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** "4 minutes ago", with the exact time on hover. `at` is ISO 8601. */
export function RelativeTime({ at }: { readonly at: string }) {
  const current = useSyncExternalStore(
    subscribe,
    () => now,
    // The module of a server lives for days, its clock variable too; only a browser's is fresh.
    () => (typeof window === "undefined" ? Date.now() : now),
  );
  const date = new Date(at);
  // The server's clock and time zone may differ from the browser's; the browser's words win on its first tick.
  return (
    <time dateTime={at} title={date.toLocaleString("en-GB")} suppressHydrationWarning className="whitespace-nowrap">
      {relativeWords(date.getTime(), Math.max(current, date.getTime()))}
    </time>
  );
}

/** Words for the distance between two times in milliseconds since 1970, the first not after the second. */
export function relativeWords(then: number, at: number): string {
  const seconds = Math.round((at - then) / 1000);
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.round(minutes / 60);
  if (hours < 24) return hours === 1 ? "1 hour ago" : `${hours} hours ago`;
  const days = Math.round(hours / 24);
  if (days < 14) return days === 1 ? "yesterday" : `${days} days ago`;
  return new Date(then).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" });
}
