"use client";

import { useState } from "react";
import { useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import type { CodeDraft } from "@/components/designer/designer-state";
import { reconcileOnto } from "@/lib/core/layout/reconcile-onto";
import { type ReconcileStep, reconcileSteps } from "@/lib/core/layout/reconcile-steps";
import { renameKeys } from "@/lib/core/layout/renames";
import { plural } from "@/lib/core/plural";
import { hasComment } from "./comments";

import type { CodeFormat } from "./editor";
import { type LayoutReading, writeLayout } from "./layout-reading";

/** What a person is asked before something they wrote goes. */
export type CodeQuestion = "discard" | { readonly format: CodeFormat } | { readonly prefer: "mine" | "theirs" };

export interface CodeSteps {
  readonly begin: () => void;
  readonly accept: () => void;
  /** Asks first where something was written. */
  readonly discard: () => void;
  readonly changeFormat: (format: CodeFormat) => void;
  /** Writes the text anew from itself joined with the layout as it is now. */
  readonly update: (prefer: "mine" | "theirs") => void;
  readonly question: CodeQuestion | null;
  readonly answer: (yes: boolean) => void;
}

interface CodeStepsOptions {
  readonly reading: LayoutReading;
  readonly format: CodeFormat;
  readonly setFormat: (format: CodeFormat) => void;
}

/** Everything that can be done with the text. Each looks at the store when it is done, not at what was drawn last. */
export function useCodeSteps({ reading, format, setFormat }: CodeStepsOptions): CodeSteps {
  const { store } = useDesignerParts();
  const { setCode, setPreview, change, say } = useDesignerActions();
  const [question, setQuestion] = useState<CodeQuestion | null>(null);

  function close() {
    setPreview(null);
    setCode(null);
  }

  function begin() {
    const { locked, layout, code } = store.getState();
    if (locked !== null) say(locked);
    else if (!code) setCode({ format, text: writeLayout(layout, format), base: layout });
  }

  function accept() {
    const { code, layout, locked } = store.getState();
    if (!code) return;
    const parsed = reading.read(code.text, code.base);
    if (locked !== null || !parsed.ok) {
      say(locked ?? "Mend the text first");
      return;
    }
    const { layout: after, renames, conflicts } = reconcileOnto(code.base, parsed.value, layout);
    const steps = reconcileSteps(layout, after, renames);
    close();
    change({ label: label(steps), apply: () => after, renames: renames.map(renameKeys) });
    if (steps.length === 0) say("The text changes nothing");
    if (conflicts.length > 0) say(`${label(steps)}. Your text was taken where both changed the same.`);
  }

  function discard() {
    const { code } = store.getState();
    if (code && code.text !== writeLayout(code.base, code.format)) setQuestion("discard");
    else close();
  }

  /** Writes the text anew; what stands in it beside the layout is lost. */
  function rewrite(code: CodeDraft, next: { readonly format?: CodeFormat; readonly prefer?: "mine" | "theirs" }) {
    const parsed = reading.read(code.text, code.base);
    if (!parsed.ok) {
      say("Mend the text first");
      return;
    }
    if (next.format) {
      setCode({ ...code, format: next.format, text: writeLayout(parsed.value, next.format) });
      setFormat(next.format);
      return;
    }
    const now = store.getState().layout;
    const { layout } = reconcileOnto(code.base, parsed.value, now, next.prefer);
    setCode({ ...code, text: writeLayout(layout, code.format), base: now });
    say("The text has the layout's changes too");
  }

  function rewriteOrAsk(next: { readonly format: CodeFormat } | { readonly prefer: "mine" | "theirs" }) {
    const { code } = store.getState();
    if (!code) return;
    if (hasComment(code.text)) setQuestion(next);
    else rewrite(code, next);
  }

  function answer(yes: boolean) {
    const { code } = store.getState();
    const asked = question;
    setQuestion(null);
    if (!yes || !code || asked === null) return;
    if (asked === "discard") close();
    else rewrite(code, asked);
  }

  return {
    begin,
    accept,
    discard,
    changeFormat(next) {
      if (store.getState().code) rewriteOrAsk({ format: next });
      else setFormat(next);
    },
    update: (prefer) => rewriteOrAsk({ prefer }),
    question,
    answer,
  };
}

/** "Edit the code: VNet prod: tag 10 → 11", or how many changes. */
function label(steps: readonly ReconcileStep[]): string {
  const [only] = steps;
  const short = steps.length === 1 && only && only.words.length <= 80;
  return `Edit the code: ${short ? only.words : plural(steps.length, "change")}`;
}
