import type { ClusterFacts } from "@/lib/core/ports";
import type { Layout } from "./model";
import { spaceEnd, spaceStart, tagUses, VNI_SPACE, vnetSpace } from "./tag-spaces";

/** `used` by the layout once · `clash` wanted twice · `reserved` by the nodes themselves. */
export type TagMark = "used" | "clash" | "reserved";

/** Tags from the first to the last, both included, that are alike. */
export interface TagSpan {
  readonly from: number;
  readonly to: number;
  readonly mark: TagMark;
}

export interface TagRuler {
  /** `bridge vmbr0`, or `vni`. */
  readonly space: string;
  /** Zones whose VNets take their tags from it. */
  readonly zones: readonly string[];
  readonly start: number;
  /** For VNIs a round number above the highest one, since nobody draws sixteen million. */
  readonly end: number;
  /** In order, without the free ones. */
  readonly spans: readonly TagSpan[];
}

/** The number spaces of a layout with what is taken in each, in the order of its zones. */
export function tagRulers(layout: Layout, facts: Pick<ClusterFacts, "nodes"> | null): TagRuler[] {
  const spaces = new Map<string, string[]>();
  for (const zone of layout.zones) {
    const space = vnetSpace(zone);
    if (space !== null) spaces.set(space, [...(spaces.get(space) ?? []), zone.id]);
  }
  const uses = new Map<string, number[]>();
  for (const { space, tag } of tagUses(layout)) {
    const tags = uses.get(space);
    if (tags) tags.push(tag);
    else uses.set(space, [tag]);
  }
  return [...spaces].map(([space, zones]) => {
    const marks = new Map<number, TagMark>();
    for (const tag of reservedTags(space, facts)) marks.set(tag, "reserved");
    for (const tag of uses.get(space) ?? []) marks.set(tag, marks.has(tag) ? "clash" : "used");
    const highest = Math.max(0, ...marks.keys());
    return { space, zones, start: spaceStart(space), end: endOf(space, highest), spans: spansOf(marks) };
  });
}

/** VLANs that nodes use themselves on the bridge: their own VLAN interfaces. */
function reservedTags(space: string, facts: Pick<ClusterFacts, "nodes"> | null): number[] {
  const bridge = space.startsWith("bridge ") ? space.slice("bridge ".length) : null;
  return (facts?.nodes ?? []).flatMap((node) =>
    node.interfaces.flatMap(({ vlan }) => (vlan && vlan.device === bridge ? [vlan.tag] : [])),
  );
}

function endOf(space: string, highest: number): number {
  if (space !== VNI_SPACE) return spaceEnd(space);
  return Math.min(spaceEnd(space), Math.max(1000, 10 ** Math.ceil(Math.log10(highest * 1.5 + 1))));
}

function spansOf(marks: ReadonlyMap<number, TagMark>): TagSpan[] {
  const spans: { from: number; to: number; mark: TagMark }[] = [];
  for (const tag of [...marks.keys()].sort((a, b) => a - b)) {
    const mark = marks.get(tag) ?? "used";
    const last = spans.at(-1);
    if (last && last.to === tag - 1 && last.mark === mark) last.to = tag;
    else spans.push({ from: tag, to: tag, mark });
  }
  return spans;
}

/** The first of `count` free tags in a row, from `from` on and then from the start; null when there is no such row. */
export function freeRun({ start, end, spans }: TagRuler, count: number, from = start): number | null {
  const gaps: (readonly [number, number])[] = [];
  let next = start;
  for (const span of spans) {
    if (span.from > next) gaps.push([next, span.from - 1]);
    next = Math.max(next, span.to + 1);
  }
  if (next <= end) gaps.push([next, end]);
  const after = gaps.find(([first, last]) => last - Math.max(first, from) + 1 >= count && last >= from);
  if (after) return Math.max(after[0], from);
  return gaps.find(([first, last]) => last - first + 1 >= count)?.[0] ?? null;
}
