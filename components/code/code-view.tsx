"use client";

import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { jumpTo } from "@/components/designer/jump";
import { isMac } from "@/components/designer/platform";
import { keyText } from "@/components/designer/shortcuts";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { Layout } from "@/lib/core/layout/model";
import { reconcile } from "@/lib/core/layout/reconcile";
import type { ReconcileStep } from "@/lib/core/layout/reconcile-steps";
import type { TextProblem } from "@/lib/exchange/layout-text";
import { CodeBar } from "./code-bar";
import { CommentNote, NoteList, StaleNote, StepList } from "./code-notes";
import type { CodeFormat, CodeNote } from "./editor";
import { createLayoutReading, writeLayout } from "./layout-reading";
import { problemNotes } from "./problem-notes";
import { useCodeEditor } from "./use-code-editor";
import { useCodeReading } from "./use-code-reading";
import { type CodeQuestion, useCodeSteps } from "./use-code-steps";
import { useNewProblems } from "./use-new-problems";

/** The layout document as text: a mirror that follows the selection, and an editor whose result is one step of undo. */
export function CodeView() {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const code = useDesigner((state) => state.code);
  const locked = useDesigner((state) => state.locked);
  const { setPreview } = useDesignerActions();
  const [reader] = useState(createLayoutReading);
  const [chosen, setChosen] = useState<CodeFormat>(code?.format ?? "yaml");
  const format = code?.format ?? chosen;
  const shown = useDeferredValue(layout);
  const text = useMemo(() => code?.text ?? writeLayout(shown, format), [code?.text, shown, format]);
  const last = useCodeReading(reader, code, layout);
  const reading = last?.reading ?? null;
  const steps = useCodeSteps({ reading: reader, format, setFormat: setChosen });
  const result = reading?.kind === "right" && reading.steps.length > 0 ? reading.edit.layout : null;
  const foreseen = useNewProblems(result);
  const comments = reading?.kind === "right" && reading.comments;
  const mistakes = reading?.kind === "wrong" ? reading.problems : NONE;
  const notes = useMemo(
    () => [...mistakes.map(asNote), ...(foreseen.length > 0 ? problemNotes(foreseen, last?.text ?? "") : [])],
    [mistakes, foreseen, last?.text],
  );
  const { host, editor, lines } = useCodeEditor({
    text,
    format,
    editing: code !== null,
    notes,
    onAccept: steps.accept,
    onEdit: steps.begin,
  });
  const stale = useMemo(() => code !== null && hasMoved(code.base, layout), [code, layout]);

  useEffect(() => setPreview(result), [result, setPreview]);
  useEffect(() => () => setPreview(null), [setPreview]);

  function go({ key }: ReconcileStep) {
    if (key === null) return;
    const at = lines().find((each) => each.key === key);
    if (at) editor.current?.goTo(at.from, 1);
    else jumpTo(designer, key);
  }

  return (
    <>
      <CodeBar
        format={format}
        editing={code !== null}
        reading={reading}
        locked={locked}
        steps={steps}
        onEdit={() => {
          steps.begin();
          editor.current?.focus();
        }}
      />
      {/* At most so high that there is room to write. */}
      <div className="max-h-[40%] shrink-0 overflow-y-auto">
        {(stale || comments) && (
          <div className="flex flex-col gap-2 border-hairline border-b p-2">
            {stale && <StaleNote reading={reading} steps={steps} />}
            {comments && <CommentNote />}
          </div>
        )}
        {notes.length > 0 && (
          <NoteList
            label={mistakes.length > 0 ? "Mistakes in the text" : "What would be wrong with the layout"}
            notes={notes}
            onGo={(line, column) => editor.current?.goTo(line, column)}
          />
        )}
        {reading?.kind === "right" && reading.steps.length > 0 && <StepList steps={reading.steps} onGo={go} />}
      </div>
      <div ref={host} className="min-h-0 flex-1" />
      {code !== null && (
        <p className="border-hairline border-t bg-surface px-3 py-1 text-text-3 text-xs">
          {`${keyText("Mod+Enter", isMac())} accepts · Ctrl+Space completes · Tab leaves the editor`}
        </p>
      )}
      <ConfirmDialog
        open={steps.question !== null}
        onOpenChange={(open) => !open && steps.answer(false)}
        {...questionWords(steps.question)}
        danger
        onConfirm={() => steps.answer(true)}
      />
    </>
  );
}

const NONE: readonly TextProblem[] = [];

const asNote = ({ line, column, message }: TextProblem): CodeNote => ({ line, column, message, severity: "error" });

/** Whether a layout says something else than the one the text began as; undone and done again it does not. */
const hasMoved = (base: Layout, now: Layout): boolean => now !== base && reconcile(base, now).layout !== base;

function questionWords(question: CodeQuestion | null): { title: string; description: string; confirmLabel: string } {
  if (question === "discard" || question === null)
    return {
      title: "Discard the edited text?",
      description: "The layout stays as it is. What you wrote here is gone.",
      confirmLabel: "Discard text",
    };
  const to = "format" in question ? `as ${question.format.toUpperCase()}` : "with the layout’s changes";
  return {
    title: `Write the text anew ${to}?`,
    description: "Comments in it are lost, because a layout has no place for them. Everything else stays.",
    confirmLabel: "Write anew",
  };
}
