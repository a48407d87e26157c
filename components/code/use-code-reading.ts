"use client";

import { useEffect, useMemo, useState } from "react";
import type { CodeDraft } from "@/components/designer/designer-store";
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

type Written = { readonly kind: "right"; readonly layout: Layout; readonly comments: boolean };
type Read = Extract<CodeReading, { kind: "wrong" }> | Written;

/** Reads the text that is being edited whenever it rests; null while it is not read yet, or nothing is edited. */
export function useCodeReading(reading: LayoutReading, code: CodeDraft | null, now: Layout): CodeReading | null {
  const [read, setRead] = useState<{ readonly of: string; readonly result: Read } | null>(null);
  const text = code?.text ?? null;
  const base = code?.base ?? null;
  useEffect(() => {
    if (text === null || base === null) return;
    const timer = setTimeout(() => {
      const parsed = reading.read(text, base);
      const result: Read = parsed.ok
        ? { kind: "right", layout: parsed.value, comments: hasComment(text) }
        : { kind: "wrong", problems: parsed.error };
      setRead({ of: text, result });
    }, reading.pauseMs());
    return () => clearTimeout(timer);
  }, [reading, text, base]);
  const result = text !== null && read?.of === text ? read.result : null;
  return useMemo(() => {
    if (result === null || base === null || result.kind === "wrong") return result as CodeReading | null;
    const edit = reconcileOnto(base, result.layout, now);
    return { kind: "right", comments: result.comments, edit, steps: reconcileSteps(now, edit.layout, edit.renames) };
  }, [result, base, now]);
}
