import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorSelection, EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { TextProblem } from "@/lib/exchange/layout-text";
import { completionSource, type Known } from "./completion";

export type CodeFormat = "yaml" | "json";

/** Lines that are marked, from 1. */
export interface LineMark {
  readonly from: number;
  readonly to: number;
}

export interface CodeEditor {
  readonly setText: (text: string) => void;
  readonly text: () => string;
  readonly setFormat: (format: CodeFormat) => void;
  readonly setEditable: (editable: boolean) => void;
  /** Marks the selected objects and brings the first of them into sight. */
  readonly setMarks: (marks: readonly LineMark[], reveal: boolean) => void;
  readonly setProblems: (problems: readonly TextProblem[]) => void;
  readonly goTo: (line: number, column: number) => void;
  readonly focus: () => void;
  readonly destroy: () => void;
}

interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly known: () => Known;
  /** Every change of the text by the person. */
  readonly onChange: (text: string) => void;
  /** The line, from 1, where the person put the cursor. */
  readonly onLine: (line: number) => void;
  readonly onAccept: () => void;
}

const setMarked = StateEffect.define<readonly LineMark[]>();
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarked)) next = decorated(transaction.state, effect.value);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

const MARK = Decoration.line({ class: "code-marked" });
/** More marked lines than this are no help to the eye. */
const MOST = 2000;

function decorated(state: EditorState, marks: readonly LineMark[]): DecorationSet {
  const lines = marks.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
  const known = lines.filter((line) => line <= state.doc.lines).slice(0, MOST);
  return Decoration.set(
    known.map((line) => MARK.range(state.doc.line(line).from)),
    true,
  );
}

/** The colours are the app's own, so both themes and forced colours follow. */
const COLOURS = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--text)", fontWeight: "550" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--add)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--accent)" },
  { tag: tags.comment, color: "var(--text-3)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket], color: "var(--text-2)" },
]);

const LOOK = EditorView.theme({
  "&": { height: "100%", fontSize: "12.5px", backgroundColor: "var(--surface)", color: "var(--text)" },
  "&.cm-focused": { outline: "2px solid var(--accent)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-jetbrains), ui-monospace, monospace", lineHeight: "1.6" },
  ".cm-content": { caretColor: "var(--text)" },
  ".cm-cursor": { borderLeftColor: "var(--text)" },
  ".cm-gutters": { backgroundColor: "var(--bg)", color: "var(--text-3)", borderRight: "1px solid var(--hairline)" },
  ".cm-activeLine": { backgroundColor: "color-mix(in oklab, var(--text) 4%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--accent-soft)" },
  ".code-marked": { backgroundColor: "var(--accent-soft)", boxShadow: "inset 3px 0 0 var(--accent)" },
  ".cm-tooltip": {
    backgroundColor: "var(--raised)",
    color: "var(--text)",
    border: "1px solid var(--hairline)",
    borderRadius: "6px",
  },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent-soft)", color: "var(--text)" },
  ".cm-panels": { backgroundColor: "var(--bg)", color: "var(--text)" },
  ".cm-panels input": { backgroundColor: "var(--surface)", color: "var(--text)" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--surface)", color: "var(--text)" },
});

/** Makes an editor inside an element. Tab leaves it, as everywhere; indenting is Ctrl or ⌘ with a bracket. */
export function createCodeEditor(options: EditorOptions): CodeEditor {
  const { parent, label, known, onChange, onLine, onAccept } = options;
  const language = new Compartment();
  const editable = new Compartment();
  let own = false;
  const view = new EditorView({
    parent,
    state: EditorState.create({
      extensions: [
        lineNumbers(),
        foldGutter(),
        lintGutter(),
        history(),
        drawSelection(),
        bracketMatching(),
        closeBrackets(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        autocompletion({ override: [completionSource(known)] }),
        syntaxHighlighting(COLOURS),
        LOOK,
        marked,
        EditorState.tabSize.of(2),
        EditorView.contentAttributes.of({ "aria-label": label }),
        language.of(yaml()),
        editable.of(mode(false)),
        keymap.of([
          { key: "Mod-Enter", run: () => accept(onAccept) },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          ...completionKeymap,
          ...lintKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (own) return;
          if (update.docChanged) onChange(update.state.doc.toString());
          else if (update.selectionSet) onLine(update.state.doc.lineAt(update.state.selection.main.head).number);
        }),
      ],
    }),
  });

  /** What the program does is not an edit of the person. */
  function quietly(act: () => void): void {
    own = true;
    act();
    own = false;
  }

  return {
    text: () => view.state.doc.toString(),
    setText: (text) =>
      quietly(() => {
        if (text === view.state.doc.toString()) return;
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      }),
    setFormat: (format) => view.dispatch({ effects: language.reconfigure(format === "yaml" ? yaml() : json()) }),
    setEditable: (on) => view.dispatch({ effects: editable.reconfigure(mode(on)) }),
    setMarks: (marks, reveal) =>
      quietly(() => {
        const first = marks[0];
        const line = first && first.from <= view.state.doc.lines ? view.state.doc.line(first.from) : null;
        view.dispatch({
          effects: [
            setMarked.of(marks),
            ...(reveal && line ? [EditorView.scrollIntoView(line.from, { y: "center" })] : []),
          ],
        });
      }),
    setProblems: (problems) => {
      const diagnostics = problems.map(({ line, column, message }): Diagnostic => {
        const at = line === null ? 0 : offset(view.state, line, column ?? 1);
        return { from: at, to: Math.min(view.state.doc.length, at + 1), severity: "error", message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo: (line, column) => {
      const at = offset(view.state, line, column);
      view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

const mode = (on: boolean): Extension => [EditorView.editable.of(true), EditorState.readOnly.of(!on)];

function accept(onAccept: () => void): boolean {
  onAccept();
  return true;
}

function offset(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  return Math.min(at.to, at.from + column - 1);
}
