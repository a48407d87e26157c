"use client";

import dynamic from "next/dynamic";
import { type MouseEvent, useDeferredValue, useState } from "react";
import { useBoard, useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { Button } from "@/components/ui/button";
import { patiently } from "@/components/ui/patiently";
import { Select } from "@/components/ui/select";
import { freeRun, type TagRuler as Ruler, type TagMark, tagRulers } from "@/lib/core/layout/tag-ruler";

const RangeDialog = dynamic(
  patiently(() => import("@/components/table/range-dialog").then((module) => module.RangeDialog)),
  {
    loading: () => null,
  },
);

/** How many tags are offered at once. */
const ROW = 20;
const WIDTH = 1000;

const LOOK: Readonly<Record<TagMark, { readonly fill: string; readonly words: string }>> = {
  used: { fill: "var(--accent)", words: "used" },
  clash: { fill: "var(--destroy)", words: "used twice" },
  reserved: { fill: "var(--text-3)", words: "used by a node itself" },
};

/** All tags of a bridge, or all VNIs, on one line: what is taken, what is free, and the way to a row of free ones. */
export function TagRuler() {
  // The picture of an edit comes first.
  const layout = useDeferredValue(useDesigner((state) => state.layout));
  const facts = useBoard((state) => state.facts);
  const locked = useDesigner((state) => state.locked);
  const { say } = useDesignerActions();
  const [chosen, choose] = useState<string | null>(null);
  const [range, setRange] = useState<{ readonly tags: string; readonly zone: string } | null>(null);
  const rulers = tagRulers(layout, facts);
  const ruler = rulers.find(({ space }) => space === chosen) ?? rulers[0];
  if (!ruler) return null;
  const taken = ruler.spans.reduce((sum, { from, to }) => sum + to - from + 1, 0);

  function offer(of: Ruler, from?: number) {
    const first = freeRun(of, ROW, from);
    if (first === null) say(`No ${ROW} tags in a row are free on ${title(of)}`);
    else setRange({ tags: `${first}-${first + ROW - 1}`, zone: of.zones[0] ?? "" });
  }

  function press(event: MouseEvent<SVGSVGElement>) {
    if (!ruler || locked !== null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    offer(ruler, Math.round(ruler.start + share * (ruler.end - ruler.start)));
  }

  const x = (tag: number) => ((tag - ruler.start) / (ruler.end - ruler.start + 1)) * WIDTH;
  return (
    <div className="flex items-center gap-3 border-hairline border-b bg-surface px-4 py-1 max-[899px]:hidden">
      {rulers.length > 1 ? (
        <div className="w-46 shrink-0">
          <Select
            label="Number space"
            mono
            value={ruler.space}
            options={rulers.map((each) => ({ value: each.space, label: title(each) }))}
            onChange={choose}
          />
        </div>
      ) : (
        <span className="mono shrink-0 text-text-2 text-xs">{title(ruler)}</span>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button beside it is the keyboard's way */}
      <svg
        role="img"
        aria-label={`Tags ${ruler.start} to ${ruler.end} of ${title(ruler)}: ${taken} taken`}
        viewBox={`0 0 ${WIDTH} 16`}
        preserveAspectRatio="none"
        onClick={press}
        className="h-4 min-w-0 flex-1 cursor-pointer rounded-xs bg-sunken"
      >
        <title>Press where free tags are wanted</title>
        {(["used", "reserved", "clash"] as const).map((mark) => (
          <path key={mark} fill={LOOK[mark].fill} d={path(ruler, mark, x)} />
        ))}
      </svg>
      <span className="mono shrink-0 text-text-3 text-xs">{words(ruler)}</span>
      <Button size="sm" disabledReason={locked} onClick={() => offer(ruler)}>
        {`${ROW} free in a row`}
      </Button>
      {range && <RangeDialog tags={range.tags} zone={range.zone} onClose={() => setRange(null)} />}
    </div>
  );
}

const title = ({ space }: Ruler): string => (space === "vni" ? "VNIs" : `VLANs on ${space.slice("bridge ".length)}`);

/** Each span as a block, a clash reaching higher, so that the two differ without colour. */
function path({ spans }: Ruler, mark: TagMark, x: (tag: number) => number): string {
  const [top, height] = mark === "clash" ? [0, 16] : mark === "reserved" ? [6, 4] : [3, 10];
  return spans
    .filter((span) => span.mark === mark)
    .map(
      ({ from, to }) =>
        `M${x(from).toFixed(1)} ${top}h${Math.max(1.5, x(to + 1) - x(from)).toFixed(1)}v${height}H${x(from).toFixed(1)}z`,
    )
    .join("");
}

/** "6 used, 1 used by a node itself of 4,093" */
function words({ spans, start, end }: Ruler): string {
  const count = (mark: TagMark) =>
    spans.filter((span) => span.mark === mark).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const parts = (["used", "reserved", "clash"] as const).map((mark) => [count(mark), LOOK[mark].words] as const);
  const said = parts.filter(([each]) => each > 0).map(([each, word]) => `${each} ${word}`);
  return `${said.join(", ") || "none used"} of ${(end - start + 1).toLocaleString("en")}`;
}
