import type { StoredEvent } from "./events";

/** Adds events to those already known: by `seq`, each once. Gives `known` itself back when nothing is new. */
export function mergeEvents(known: readonly StoredEvent[], incoming: readonly StoredEvent[]): readonly StoredEvent[] {
  const seen = new Set(known.map((event) => event.seq));
  const fresh = incoming.filter((event) => !seen.has(event.seq) && seen.add(event.seq));
  if (fresh.length === 0) return known;
  return [...known, ...fresh].sort((a, b) => a.seq - b.seq);
}
