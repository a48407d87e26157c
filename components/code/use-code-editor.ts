"use client";

import { type RefObject, useEffect, useMemo, useRef } from "react";
import { useDesigner, useDesignerParts } from "@/components/designer/designer-context";
import type { TextProblem } from "@/lib/exchange/layout-text";
import { type CodeEditor, type CodeFormat, createCodeEditor } from "./editor";
import { objectLines } from "./object-lines";

interface CodeEditorOptions {
  readonly text: string;
  readonly format: CodeFormat;
  readonly editing: boolean;
  readonly problems: readonly TextProblem[];
  readonly onAccept: () => void;
}

/** Keeps one editor in step with the text and the selection for as long as the view is there. */
export function useCodeEditor({ text, format, editing, problems, onAccept }: CodeEditorOptions): {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly editor: RefObject<CodeEditor | null>;
} {
  const designer = useDesignerParts();
  const selected = useDesigner((state) => state.selected);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const lines = useMemo(() => objectLines(text), [text]);
  const latest = useRef({ lines, onAccept });
  useEffect(() => {
    latest.current = { lines, onAccept };
  });

  useEffect(() => {
    if (!host.current) return;
    const { store, board, view } = designer;
    const { actions } = store.getState();
    const made = createCodeEditor({
      parent: host.current,
      label: "Layout document",
      known: () => ({ layout: store.getState().layout, facts: board.getState().facts }),
      onChange(next) {
        const { code } = store.getState();
        if (code) actions.setCode({ ...code, text: next });
      },
      onLine(line) {
        const key = latest.current.lines.find(({ from, to }) => from <= line && line <= to)?.key;
        if (key !== undefined && store.getState().cursor !== key && !key.startsWith("host/")) actions.select(key);
      },
      onAccept: () => latest.current.onAccept(),
    });
    editor.current = made;
    const leave = view.register("code", {
      focus: made.focus,
      reveal: (key) => {
        const at = latest.current.lines.find((each) => each.key === key);
        if (at) made.setMarks([at], true);
      },
    });
    return () => {
      leave();
      made.destroy();
      editor.current = null;
    };
  }, [designer]);

  useEffect(() => editor.current?.setFormat(format), [format]);
  useEffect(() => editor.current?.setEditable(editing), [editing]);
  useEffect(() => editor.current?.setText(text), [text]);
  useEffect(() => editor.current?.setProblems(problems), [problems]);
  useEffect(() => {
    const marks = lines.filter(({ key }) => selected.has(key));
    // While somebody writes, the text stays where it is.
    editor.current?.setMarks(marks, !host.current?.contains(document.activeElement));
  }, [lines, selected]);
  return { host, editor };
}
