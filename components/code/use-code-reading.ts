"use client";

import { useEffect, useMemo, useState } from "react";
import type { CodeDraft } from "@/components/designer/designer-state";
import type { Layout } from "@/lib/core/layout/model";
import { type ReconciledOnto, reconcileOnto } from "@/lib/core/layout/reconcile-onto";
import { type ReconcileStep, reconcileSteps } from "@/lib/core/layout/reconcile-steps";
import type { TextProblem } from "@/lib/exchange/layout-text";
import { hasComment } from "./comments";
import type { LayoutReading } from "./layout-reading";

/** What the edited text says, once it rests. */
export type CodeReading =
  | { readonly kind: "wrong"; readonly problems: readonly TextProblem[] }
  | {
      readonly kind: "right";
      readonly comments: boolean;
      /** What accepting makes of the layout as it is now. */
      readonly edit: ReconciledOnto;
      readonly steps: readonly ReconcileStep[];
    };

/** The text that was read last: a pause behind the one that is being written, so that nothing blinks with every key. */
export interface LastReading {
  readonly text: string;
  readonly reading: CodeReading;
}

type Written = { readonly kind: "right"; readonly layout: Layout; readonly comments: boolean };
type Read = Extract<CodeReading, { kind: "wrong" }> | Written;

/** Reads the text that is being edited whenever it rests; null while nothing is read yet, or nothing is edited. */
export function useCodeReading(reading: LayoutReading, code: CodeDraft | null, now: Layout): LastReading | null {
  const [read, setRead] = useState<{ readonly of: string; readonly base: Layout; readonly result: Read } | null>(null);
  const text = code?.text ?? null;
  const base = code?.base ?? null;
  useEffect(() => {
    if (text === null || base === null) {
      setRead(null);
      return;
    }
    const timer = setTimeout(() => {
      const parsed = reading.read(text, base);
      const result: Read = parsed.ok
        ? { kind: "right", layout: parsed.value, comments: hasComment(text) }
        : { kind: "wrong", problems: parsed.error };
      setRead({ of: text, base, result });
    }, reading.pauseMs());
    return () => clearTimeout(timer);
  }, [reading, text, base]);
  return useMemo(() => {
    // Another base is another text: what was read belongs to the one before.
    if (read === null || base === null || read.base !== base) return null;
    const { of, result } = read;
    if (result.kind === "wrong") return { text: of, reading: result };
    const edit = reconcileOnto(base, result.layout, now);
    const steps = reconcileSteps(now, edit.layout, edit.renames);
    return { text: of, reading: { kind: "right", comments: result.comments, edit, steps } };
  }, [read, base, now]);
}
