// biome-ignore-all lint/a11y/useSemanticElements: rows come and go with scrolling; a list element would count only those in sight
"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { RowResult, RowState } from "@/lib/core/layout/paste-rows";

const ROW = 28;

const WORDS: Readonly<Record<RowState, { readonly word: string; readonly symbol: string; readonly colour: string }>> = {
  ok: { word: "Added", symbol: "+", colour: "text-add" },
  fixed: { word: "Fixed", symbol: "~", colour: "text-change" },
  duplicate: { word: "There already", symbol: "=", colour: "text-text-3" },
  invalid: { word: "Left out", symbol: "!", colour: "text-destroy" },
};

/** What becomes of each row before anything is added. */
export function RowsPreview({ results }: { readonly results: readonly RowResult[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: results.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
  });
  return (
    <div
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
      tabIndex={0}
      role="list"
      aria-label="Rows, and what becomes of them"
      className="h-64 overflow-auto rounded-md border border-hairline bg-surface"
    >
      <div className="relative" style={{ height: results.length * ROW }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const result = results[index];
          if (!result) return null;
          const { symbol, word, colour } = WORDS[result.state];
          return (
            <div
              key={index}
              role="listitem"
              className="absolute inset-x-0 flex items-center gap-3 border-hairline border-b px-3 text-xs"
              style={{ top: start, height: ROW }}
            >
              <span className="mono w-9 shrink-0 text-right text-text-3">{index + 1}</span>
              <span className={`w-24 shrink-0 font-medium ${colour}`}>
                <span aria-hidden className="mono mr-1.5">
                  {symbol}
                </span>
                {word}
              </span>
              <span className="mono w-48 shrink-0 truncate">{rowText(result)}</span>
              <span className="min-w-0 flex-1 truncate text-text-2" title={result.message}>
                {result.message}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

function rowText({ vnet, subnet }: RowResult): string {
  if (!vnet) return "";
  return [vnet.tag, vnet.id, subnet?.cidr].filter((part) => part !== undefined).join(" · ");
}

/** "12 added, 2 fixed, 1 left out". */
export function resultWords(results: readonly RowResult[]): string {
  return (Object.keys(WORDS) as RowState[])
    .map((state) => [results.filter((each) => each.state === state).length, WORDS[state].word.toLowerCase()] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(", ");
}
