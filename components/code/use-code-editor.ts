"use client";

import { type RefObject, useEffect, useMemo, useRef } from "react";
import { useDesigner, useDesignerParts } from "@/components/designer/designer-context";
import { keyParts } from "@/components/designer/keys";
import { type EntityKey, subnetKey } from "@/lib/core/plan/entity";
import { type CodeEditor, type CodeFormat, type CodeNote, createCodeEditor } from "./editor";
import { type ObjectLines, objectLines } from "./object-lines";

interface CodeEditorOptions {
  readonly text: string;
  readonly format: CodeFormat;
  readonly editing: boolean;
  readonly notes: readonly CodeNote[];
  readonly onAccept: () => void;
  readonly onEdit: () => void;
}

interface CodeEditorParts {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly editor: RefObject<CodeEditor | null>;
  /** Where the objects are in the text, found when somebody asks. */
  readonly lines: () => readonly ObjectLines[];
}

/** Keeps one editor in step with the text and the selection for as long as the view is there. */
export function useCodeEditor(options: CodeEditorOptions): CodeEditorParts {
  const { text, format, editing, notes } = options;
  const designer = useDesignerParts();
  const selected = useDesigner((state) => state.selected);
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<CodeEditor | null>(null);
  const lines = useMemo(() => onDemand(() => objectLines(text)), [text]);
  const latest = useRef({ ...options, lines });
  useEffect(() => {
    latest.current = { ...options, lines };
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
        const found = latest.current.lines().find(({ from, to }) => from <= line && line <= to);
        const key = found && selectable(found.key);
        if (key === undefined || store.getState().cursor === key) return;
        actions.select(key);
        view.reveal(key);
      },
      onAccept: () => latest.current.onAccept(),
      onRefused: () => actions.say(store.getState().locked ?? "Press Edit, or Enter, to change the text"),
      mirror: { edit: () => latest.current.onEdit(), undo: actions.undo, redo: actions.redo },
    });
    editor.current = made;
    const leave = view.register("code", {
      focus: made.focus,
      reveal: (key) => {
        // Whoever has the keyboard in the text is where they want to be.
        if (host.current?.contains(document.activeElement)) return;
        const at = latest.current.lines().find((each) => each.key === key);
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
  useEffect(() => editor.current?.setText(text), [text]);
  useEffect(() => editor.current?.setEditable(editing), [editing]);
  useEffect(() => editor.current?.setNotes(notes), [notes]);
  // While somebody writes, the marks move with the text and need not be looked for again.
  const mirror = editing ? null : lines;
  useEffect(() => {
    const marks = (mirror ?? latest.current.lines)().filter(({ key }) => selected.has(selectable(key)));
    editor.current?.setMarks(marks, !host.current?.contains(document.activeElement));
  }, [mirror, selected]);
  return { host, editor, lines };
}

/** Host services are selected with their subnet. */
function selectable(key: EntityKey): EntityKey {
  const parts = keyParts(key);
  return parts?.kind === "host" ? subnetKey(parts.vnet, parts.cidr) : key;
}

function onDemand<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
