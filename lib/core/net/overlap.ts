import type { Network } from "./cidr";

interface Item<T> {
  readonly network: Network;
  readonly item: T;
}

/** How many of the networks around one are named; more nesting than that is a mistake told often enough. */
const CLOSEST = 8;

/**
 * Finds networks that hold others: each network is given once with the networks it lies in, the closest eight first. Equal
 * networks count as lying in each other, the later one in the earlier. Sorting brings every network next to those it
 * lies in, so 4,000 networks need no 8 million comparisons.
 */
export function findOverlaps<T>(items: readonly Item<T>[]): { readonly item: T; readonly inside: readonly T[] }[] {
  const sorted = items
    .map((item, index) => ({ ...item, index }))
    .sort((a, b) => {
      if (a.network.family !== b.network.family) return a.network.family - b.network.family;
      if (a.network.first !== b.network.first) return a.network.first < b.network.first ? -1 : 1;
      if (a.network.prefix !== b.network.prefix) return a.network.prefix - b.network.prefix;
      return a.index - b.index;
    });
  const found: { item: T; inside: T[] }[] = [];
  const open: Item<T>[] = [];
  for (const current of sorted) {
    for (let top = open.at(-1); top; top = open.at(-1)) {
      if (top.network.family === current.network.family && top.network.last >= current.network.first) break;
      open.pop();
    }
    if (open.length > 0)
      found.push({
        item: current.item,
        inside: open
          .slice(-CLOSEST)
          .map((outer) => outer.item)
          .reverse(),
      });
    open.push(current);
  }
  return found;
}
