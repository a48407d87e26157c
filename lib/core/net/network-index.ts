import { type Network, networkAround, networksOverlap, nextNetwork } from "./cidr";

interface Held<T> {
  readonly network: Network;
  readonly owner: T;
}

/** Networks that are in use, each with its owner, built for asking often. */
export interface NetworkIndex<T> {
  readonly add: (network: Network, owner: T) => void;
  /** A network that shares an address with this one: the closest around it, else the lowest inside it; or null. */
  readonly hit: (network: Network) => Held<T> | null;
}

/**
 * Networks either hold each other or share nothing. So what overlaps one is found by asking once per prefix length for
 * those around it, and by one search in the sorted list for those inside it; no list is walked.
 */
export function networkIndex<T>(): NetworkIndex<T> {
  const exact = new Map<string, Held<T>>();
  const prefixes = { 4: new Set<number>(), 6: new Set<number>() };
  const sorted: Record<4 | 6, Held<T>[]> = { 4: [], 6: [] };
  const name = ({ family, prefix, first }: Network): string => `${family}/${prefix}/${first}`;

  /** Where in the sorted list the first network begins that does not begin before `first`. */
  function placeOf(list: readonly Held<T>[], first: bigint): number {
    let [low, high] = [0, list.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((list[middle]?.network.first ?? first) < first) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    add(network, owner) {
      const held = { network, owner };
      if (exact.has(name(network))) return;
      exact.set(name(network), held);
      prefixes[network.family].add(network.prefix);
      const list = sorted[network.family];
      list.splice(placeOf(list, network.first), 0, held);
    },
    hit(network) {
      const { family, first } = network;
      const around = [...prefixes[family]].filter((prefix) => prefix <= network.prefix).sort((a, b) => b - a);
      for (const prefix of around) {
        const held = exact.get(name(networkAround(family, first, prefix)));
        if (held) return held;
      }
      const list = sorted[family];
      const inside = list[placeOf(list, first)];
      return inside && networksOverlap(inside.network, network) ? inside : null;
    },
  };
}

/**
 * The first network of the size of `like`, from `like` itself upwards, that overlaps none of the index and does not leave
 * `within`. Null when there is none.
 */
export function nextFreeNetwork<T>(index: NetworkIndex<T>, like: Network, within: Network): Network | null {
  let candidate: Network | null = like;
  while (candidate && candidate.last <= within.last) {
    const held = index.hit(candidate);
    if (!held) return candidate;
    const past: Network | null = nextNetwork(held.network.prefix < candidate.prefix ? held.network : candidate);
    candidate = past && networkAround(past.family, past.first, like.prefix);
  }
  return null;
}
