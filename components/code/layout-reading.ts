import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { Result } from "@/lib/core/result";
import { layoutToYaml, type TextProblem } from "@/lib/exchange/layout-text";
import { createLayoutReader } from "@/lib/exchange/layout-text-reader";
import type { CodeFormat } from "./editor";

/** The text of a layout in one of its forms. */
export const writeLayout = (layout: Layout, format: CodeFormat): string =>
  format === "yaml" ? layoutToYaml(layout) : layoutToJson(layout);

export interface LayoutReading {
  /** What the text says, and the same answer for the same text. `base` is what it began as, which helps to read it fast. */
  readonly read: (text: string, base: Layout) => Result<Layout, TextProblem[]>;
  /** How long to wait, in milliseconds, after a key before a text is read: longer where reading takes long. */
  readonly pauseMs: () => number;
}

const PAUSE_MS = 250;

/** Makes what reads the text of one editor. */
export function createLayoutReading(now: () => number = () => performance.now()): LayoutReading {
  const reader = createLayoutReader();
  let learned: Layout | null = null;
  let last: { readonly text: string; readonly result: Result<Layout, TextProblem[]> } | null = null;
  let tookMs = 0;
  return {
    read(text, base) {
      if (last?.text === text) return last.result;
      if (learned !== base) reader.learn(layoutToYaml(base), base);
      learned = base;
      const start = now();
      last = { text, result: reader.read(text) };
      tookMs = now() - start;
      return last.result;
    },
    pauseMs: () => Math.max(PAUSE_MS, tookMs * 2),
  };
}
