import type { ClusterFacts } from "@/lib/core/ports";

export interface NicCount {
  readonly total: number;
  readonly running: number;
}

/** VNet id → node → guest interfaces on it. */
export type NicCounts = ReadonlyMap<string, ReadonlyMap<string, NicCount>>;

const NOTHING: NicCounts = new Map();

/** Counts the guest interfaces attached to each bridge by name; templates count too, they will be started some day. */
export function nicCounts(facts: ClusterFacts | null): NicCounts {
  if (!facts?.guests) return NOTHING;
  const counts = new Map<string, Map<string, NicCount>>();
  for (const guest of facts.guests) {
    const perNode = counts.get(guest.bridge) ?? new Map<string, NicCount>();
    const was = perNode.get(guest.node) ?? { total: 0, running: 0 };
    perNode.set(guest.node, { total: was.total + 1, running: was.running + (guest.running ? 1 : 0) });
    counts.set(guest.bridge, perNode);
  }
  return counts;
}
