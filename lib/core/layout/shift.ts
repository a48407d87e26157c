import { type Network, networkAround, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { nextFreeNetwork } from "@/lib/core/net/network-index";
import { type EntityKey, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { type Conflict, conflictsWith, takenNetworks } from "./conflicts";
import { changeSubnetCidr, renameVnet, renameZone } from "./edits";
import { freeIdAmong, takenIds } from "./free";
import { PRIVATE_BLOCKS } from "./home-blocks";
import type { Layout } from "./model";
import { type NetworkMove, withMovedTexts } from "./move-texts";
import { serviceSpace, spaceEnd, spaceStart, type TagUse, tagUses, VNI_SPACE, vnetSpace } from "./tag-spaces";
import type { Taken } from "./taken";

/**
 * The layout with other ids, tags and networks where the cluster has given its own to somebody else; the very same layout
 * when nothing meets. Tags of one number space move together and so keep their distances, where there is room for that;
 * a network gives way to the next free one of its size, and every address in it keeps its place. Where nothing is free,
 * the conflict stays.
 */
export function shiftAway(layout: Layout, taken: Taken): Layout {
  const conflicts = conflictsWith(layout, taken);
  const of = (kind: Conflict["kind"]) => new Set(conflicts.filter((each) => each.kind === kind).map(({ at }) => at));
  if (conflicts.length === 0) return layout;
  return shiftIds(shiftNetworks(shiftTags(layout, taken), taken, of("network")), taken, of("id"));
}

function shiftIds(layout: Layout, taken: Taken, moving: ReadonlySet<EntityKey>): Layout {
  const ids = takenIds(layout);
  for (const { id } of [...taken.zones, ...taken.vnets]) ids.add(id);
  for (const { name } of taken.interfaces) ids.add(name);
  const another = (id: string): string => {
    const free = freeIdAmong(ids, id);
    ids.add(free);
    return free;
  };
  let next = layout;
  for (const { id } of layout.zones) if (moving.has(zoneKey(id))) next = renameZone(next, id, another(id));
  for (const { id } of layout.vnets) if (moving.has(vnetKey(id))) next = renameVnet(next, id, another(id));
  return next;
}

function shiftTags(layout: Layout, taken: Taken): Layout {
  const theirs = bySpace(tagUses(taken));
  const moves = new Map<string, ReadonlyMap<number, number>>();
  for (const [space, tags] of bySpace(tagUses(layout))) moves.set(space, tagMoves(space, tags, theirs.get(space)));
  const moved = (space: string | null, tag: number | undefined): number | undefined =>
    space === null || tag === undefined ? tag : (moves.get(space)?.get(tag) ?? tag);
  const zones = new Map(layout.zones.map((zone) => [zone.id, zone]));
  return {
    ...layout,
    zones: layout.zones.map((zone) => {
      const [tag, vrf] = [moved(serviceSpace(zone), zone.tag), moved(VNI_SPACE, zone["vrf-vxlan"])];
      if (tag !== undefined && tag !== zone.tag) return { ...zone, tag };
      return zone.type === "evpn" && vrf !== undefined && vrf !== zone["vrf-vxlan"]
        ? { ...zone, "vrf-vxlan": vrf }
        : zone;
    }),
    vnets: layout.vnets.map((vnet) => {
      const tag = moved(vnetSpace(zones.get(vnet.zone)), vnet.tag);
      return tag === undefined || tag === vnet.tag ? vnet : { ...vnet, tag };
    }),
  };
}

function bySpace(uses: readonly TagUse[]): Map<string, Set<number>> {
  const spaces = new Map<string, Set<number>>();
  for (const { space, tag } of uses) spaces.set(space, (spaces.get(space) ?? new Set()).add(tag));
  return spaces;
}

/** Where the tags of one space go: all by the same smallest step, upwards first; else only those that are taken. */
function tagMoves(
  space: string,
  own: ReadonlySet<number>,
  taken: ReadonlySet<number> = new Set(),
): ReadonlyMap<number, number> {
  const tags = [...own].sort((a, b) => a - b);
  if (!tags.some((tag) => taken.has(tag))) return new Map();
  const [start, end] = [spaceStart(space), spaceEnd(space)];
  const fits = (step: number) => tags.every((tag) => !taken.has(tag + step));
  const [lowest = start, highest = end] = [tags[0], tags.at(-1)];
  for (let step = 1; highest + step <= end; step++) if (fits(step)) return stepped(tags, step);
  for (let step = -1; lowest + step >= start; step--) if (fits(step)) return stepped(tags, step);
  return oneByOne(tags, { start, end, taken });
}

interface Room {
  readonly start: number;
  readonly end: number;
  readonly taken: ReadonlySet<number>;
}

/** The taken ones alone, each to the next free number, searched from the start again when there is none above. */
function oneByOne(tags: readonly number[], { start, end, taken }: Room): Map<number, number> {
  const gone = new Set([...taken, ...tags]);
  const from = (first: number): number => {
    let tag = first;
    while (gone.has(tag)) tag++;
    return tag;
  };
  const moves = new Map<number, number>();
  for (const tag of tags.filter((each) => taken.has(each))) {
    const above = from(tag + 1);
    const free = above <= end ? above : from(start);
    if (free > end) break;
    gone.add(free);
    moves.set(tag, free);
  }
  return moves;
}

const stepped = (tags: readonly number[], step: number): Map<number, number> =>
  new Map(tags.map((tag) => [tag, tag + step]));

function shiftNetworks(layout: Layout, taken: Taken, moving: ReadonlySet<EntityKey>): Layout {
  const index = takenNetworks(taken);
  for (const { cidr } of layout.subnets) {
    const own = readCidr(cidr)?.network;
    if (own) index.add(own, cidr);
  }
  const moves: NetworkMove[] = [];
  let next = dropMetExceptions(layout, moving);
  for (const { vnet, cidr } of layout.subnets) {
    const from = moving.has(subnetKey(vnet, cidr)) ? readCidr(cidr)?.network : undefined;
    const to =
      from &&
      homesFor(from)
        .map(({ start, within }) => nextFreeNetwork(index, start, within))
        .find((free) => free !== null);
    if (!from || !to) continue;
    index.add(to, cidr);
    moves.push({ from, to });
    next = changeSubnetCidr(next, { vnet, cidr }, renderCidr(to));
  }
  return moves.length === 0 ? next : withMovedTexts(next, moves);
}

/** Where to search, in this order: from the network itself to the end of its block, the block again, the other blocks. */
function homesFor(network: Network): { readonly start: Network; readonly within: Network }[] {
  const { family, prefix } = network;
  const whole = networkAround(family, network.first, 0);
  const home = PRIVATE_BLOCKS.find(
    (block) => block.family === family && block.first <= network.first && block.last >= network.last,
  );
  const others = home ? [home, ...PRIVATE_BLOCKS.filter((block) => block !== home)] : [];
  return [
    { start: network, within: home ?? whole },
    ...others
      .filter((block) => block.family === family && block.prefix <= prefix)
      .map((block) => ({ start: networkAround(family, block.first, prefix), within: block })),
  ];
}

/** A network that moved overlaps nothing any more, so there is nothing left to accept. */
function dropMetExceptions(layout: Layout, moving: ReadonlySet<EntityKey>): Layout {
  if (!layout.exceptions?.some(({ at }) => at.some((key) => moving.has(key)))) return layout;
  const { exceptions, ...rest } = layout;
  const kept = exceptions.filter(
    ({ problem, at }) => !problem.startsWith("subnet-overlap") || !at.some((key) => moving.has(key)),
  );
  return kept.length > 0 ? { ...rest, exceptions: kept } : rest;
}
