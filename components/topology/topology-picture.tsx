"use client";

import { type KeyboardEvent, useMemo, useRef } from "react";
import { classNames } from "@/components/ui/class-names";
import type { TopologyElement, TopologyGraph } from "@/lib/core/topology/graph";

const ROW = 52;
const BOX = { width: 176, height: 42 } as const;
const COLUMN = 236;
const HEAD = 34;
const TITLES = ["Nodes", "Bridges", "VNets", "Guests"] as const;

interface TopologyPictureProps {
  readonly graph: TopologyGraph;
  readonly active: string | null;
  /** Elements on the paths that stand out; null: all alike. */
  readonly lit: ReadonlySet<string> | null;
  /** Keys that the layout has; others were made elsewhere. */
  readonly known: ReadonlySet<string>;
  readonly onActive: (id: string) => void;
  readonly onExpand: (id: string) => void;
}

interface Placed extends TopologyElement {
  readonly x: number;
  readonly y: number;
}

/** Four columns with lines between them; one tab stop, arrows go along columns and lines. */
export function TopologyPicture({ graph, active, lit, known, onActive, onExpand }: TopologyPictureProps) {
  const root = useRef<HTMLDivElement>(null);
  const { placed, height } = useMemo(() => place(graph), [graph]);
  const at = new Map(placed.map((each) => [each.id, each]));
  const stop = active !== null && at.has(active) ? active : placed[0]?.id;

  function goTo(id: string | undefined) {
    if (id === undefined) return;
    onActive(id);
    setTimeout(() => root.current?.querySelector<HTMLElement>(`[data-element="${CSS.escape(id)}"]`)?.focus());
  }

  function onKeyDown(event: KeyboardEvent) {
    const here = at.get(stop ?? "");
    if (!here || event.metaKey || event.ctrlKey || event.altKey) return;
    const column = placed.filter((each) => each.column === here.column);
    const index = column.indexOf(here);
    const neighbour = (from: 0 | 1) => {
      const ids = graph.links.flatMap(([a, b]) => (from === 0 ? (b === here.id ? [a] : []) : a === here.id ? [b] : []));
      return placed.find(({ id }) => ids.includes(id))?.id;
    };
    const moves: Partial<Record<string, () => void>> = {
      ArrowDown: () => goTo(column[index + 1]?.id),
      ArrowUp: () => goTo(column[index - 1]?.id),
      ArrowRight: () => goTo(neighbour(1)),
      ArrowLeft: () => goTo(neighbour(0)),
      Home: () => goTo(column[0]?.id),
      End: () => goTo(column.at(-1)?.id),
      Enter: () => isGroup(here) && onExpand(here.id),
    };
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    move();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its buttons have the focus, this hears their arrows
    <div ref={root} onKeyDown={onKeyDown} className="min-h-0 min-w-0 flex-1 overflow-auto">
      <div className="relative m-4" style={{ width: 3 * COLUMN + BOX.width, height }}>
        {TITLES.map((title, index) => (
          <h3 key={title} className="absolute top-0 text-text-3 text-xs" style={{ left: index * COLUMN }}>
            {title}
          </h3>
        ))}
        <svg aria-hidden width="100%" height="100%" className="pointer-events-none absolute inset-0" fill="none">
          {graph.links.map(([from, to]) => {
            const [a, b] = [at.get(from), at.get(to)];
            if (!a || !b) return null;
            const on = lit?.has(from) && lit.has(to);
            return (
              <path
                key={`${from} ${to}`}
                d={curve(a, b)}
                stroke={on ? "var(--accent)" : "var(--control)"}
                strokeWidth={on ? 2 : 1}
                strokeOpacity={lit === null || on ? 0.9 : 0.25}
              />
            );
          })}
        </svg>
        {placed.map((each) => (
          <Box
            key={each.id}
            element={each}
            tabStop={each.id === stop}
            active={each.id === active}
            dim={lit !== null && !lit.has(each.id)}
            foreign={each.key !== null && each.column === 2 && !known.has(each.key)}
            onPress={() => (isGroup(each) && each.id === active ? onExpand(each.id) : onActive(each.id))}
          />
        ))}
      </div>
    </div>
  );
}

const isGroup = ({ kind }: TopologyElement): boolean => kind === "zone" || kind === "guests";

interface BoxProps {
  readonly element: Placed;
  readonly tabStop: boolean;
  readonly active: boolean;
  readonly dim: boolean;
  readonly foreign: boolean;
  readonly onPress: () => void;
}

const STATE: Readonly<Record<TopologyElement["state"], { readonly dot: string; readonly words: string }>> = {
  ok: { dot: "bg-add", words: "" },
  stopped: { dot: "border border-control", words: "stopped" },
  offline: { dot: "bg-text-3", words: "offline" },
  error: { dot: "bg-destroy", words: "error" },
  unknown: { dot: "border border-change border-dashed", words: "not known" },
};

function Box({ element, tabStop, active, dim, foreign, onPress }: BoxProps) {
  const { id, label, note, state, x, y } = element;
  const { dot, words } = STATE[state];
  const group = isGroup(element);
  const said = [label, note, words, foreign ? "not in this layout" : "", group ? "Enter opens the group" : ""];
  return (
    <button
      type="button"
      data-element={id}
      tabIndex={tabStop ? 0 : -1}
      aria-pressed={active}
      aria-label={said.filter(Boolean).join(", ")}
      title={foreign ? "Not in this layout" : undefined}
      onClick={onPress}
      className={classNames(
        "absolute flex items-center gap-2 rounded-md border px-2.5 text-left",
        active ? "border-accent bg-accent-soft" : "border-hairline bg-surface hover:border-control",
        foreign && "border-dashed",
        state === "offline" && "bg-sunken",
        (state === "stopped" || state === "offline") && "text-text-2",
        dim && "text-text-3",
      )}
      style={{ left: x, top: y, width: BOX.width, height: BOX.height }}
    >
      <span aria-hidden className={`size-2 shrink-0 rounded-full ${dot}`} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium text-sm leading-tight">{label}</span>
        <span className="mono block truncate text-text-3 text-xs leading-tight">
          {[note, words && !note.includes(words) ? words : ""].filter(Boolean).join(" · ")}
        </span>
      </span>
      {group && (
        <span aria-hidden className="text-text-3">
          +
        </span>
      )}
    </button>
  );
}

/** Each column from the top; within one, elements near what they hang on, so that lines cross little. */
function place({ elements, links }: TopologyGraph): { placed: Placed[]; height: number } {
  const rows = new Map<string, number>();
  const placed: Placed[] = [];
  const parents = new Map<string, string[]>();
  for (const [from, to] of links) parents.set(to, [...(parents.get(to) ?? []), from]);
  let most = 0;
  for (const column of [0, 1, 2, 3] as const) {
    const wanted = (id: string): number => {
      const above = (parents.get(id) ?? []).flatMap((parent) => rows.get(parent) ?? []);
      return above.length === 0 ? Number.POSITIVE_INFINITY : above.reduce((sum, row) => sum + row, 0) / above.length;
    };
    const list = elements
      .filter((each) => each.column === column)
      .map((each, index) => ({ each, index, wanted: column < 2 ? index : wanted(each.id) }))
      .sort((a, b) => (a.wanted === b.wanted ? a.index - b.index : a.wanted - b.wanted));
    list.forEach(({ each }, row) => {
      rows.set(each.id, row);
      placed.push({ ...each, x: column * COLUMN, y: HEAD + row * ROW });
    });
    most = Math.max(most, list.length);
  }
  return { placed, height: HEAD + most * ROW };
}

/** A line from the right edge of one box to the left edge of another. */
function curve(a: Placed, b: Placed): string {
  const [x1, y1, x2, y2] = [a.x + BOX.width, a.y + BOX.height / 2, b.x, b.y + BOX.height / 2];
  const bend = Math.max(24, (x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
