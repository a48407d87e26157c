/** Time between two moments in words a person reads at a glance: `840 ms`, `11 s`, `2 min 05 s`, `1 h 12 min`. */
export function durationText(fromMs: number, toMs: number): string {
  const ms = Math.max(0, toMs - fromMs);
  if (ms < 1000) return `${Math.round(ms / 10) * 10} ms`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 60) return ms < 10_000 ? `${(Math.floor(ms / 100) / 10).toFixed(1)} s` : `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${String(seconds % 60).padStart(2, "0")} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

/** The same for ISO texts; null while either end is missing. */
export function durationBetween(from: string | null | undefined, to: string | null | undefined): string | null {
  return from && to ? durationText(Date.parse(from), Date.parse(to)) : null;
}
