import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { yaml } from "@codemirror/lang-yaml";
import { bracketMatching, foldGutter, foldKeymap, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import {
  Annotation,
  Compartment,
  EditorSelection,
  EditorState,
  type Extension,
  Prec,
  Transaction,
} from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLine, type KeyBinding, keymap, lineNumbers } from "@codemirror/view";
import { completionSource, type Known } from "./completion";
import { CODE_COLOURS, CODE_LOOK } from "./editor-look";
import { type LineMark, lineMarks, setLineMarks } from "./line-marks";

export type CodeFormat = "yaml" | "json";

/** Something to be told at a place of the text, line and column from 1. */
export interface CodeNote {
  readonly line: number | null;
  readonly column: number | null;
  readonly severity: "error" | "warning";
  readonly message: string;
}

export interface CodeEditor {
  /** Replaces what differs, so that the place on the screen stays. It is no step of the editor's own undo. */
  readonly setText: (text: string) => void;
  readonly setFormat: (format: CodeFormat) => void;
  /** Switches between mirror and editor; the editor begins with nothing to undo. */
  readonly setEditable: (editable: boolean) => void;
  /** Marks the selected objects and, if asked, brings the first of them into sight. */
  readonly setMarks: (marks: readonly LineMark[], reveal: boolean) => void;
  readonly setNotes: (notes: readonly CodeNote[]) => void;
  readonly goTo: (line: number, column: number) => void;
  readonly focus: () => void;
  readonly destroy: () => void;
}

/** What the person does. `mirror` keys are only asked while the text cannot be edited. */
interface EditorOptions {
  readonly parent: HTMLElement;
  readonly label: string;
  readonly known: () => Known;
  /** Every change of the text by the person. */
  readonly onChange: (text: string) => void;
  /** The line, from 1, where the person put the cursor. */
  readonly onLine: (line: number) => void;
  readonly onAccept: () => void;
  /** Somebody writes into the mirror. */
  readonly onRefused: () => void;
  readonly mirror: Readonly<Record<"edit" | "undo" | "redo", () => void>>;
}

/** On changes that the program makes; all others are the person's. */
const program = Annotation.define<true>();

/** More notes than this are in nobody's sight. */
const MOST_NOTES = 200;

/** Makes an editor inside an element. Tab leaves it, as everywhere; indenting is Ctrl or ⌘ with a bracket. */
export function createCodeEditor(options: EditorOptions): CodeEditor {
  const language = new Compartment();
  const mode = new Compartment();
  let text = "";
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      extensions: [
        basics(options),
        language.of(yaml()),
        mode.of(mirrorMode(options)),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) text = update.state.doc.toString();
          const { transactions } = update;
          if (update.docChanged && !transactions.every((each) => each.annotation(program))) options.onChange(text);
          else if (!update.docChanged && transactions.some((each) => each.isUserEvent("select")))
            options.onLine(update.state.doc.lineAt(update.state.selection.main.head).number);
        }),
      ],
    }),
  });

  return {
    setText(next) {
      const changes = difference(text, next);
      if (changes) view.dispatch({ changes, annotations: [program.of(true), Transaction.addToHistory.of(false)] });
    },
    setFormat: (format) => view.dispatch({ effects: language.reconfigure(format === "yaml" ? yaml() : json()) }),
    setEditable: (on) => view.dispatch({ effects: mode.reconfigure(on ? editMode(options) : mirrorMode(options)) }),
    setMarks(marks, reveal) {
      const first = marks[0];
      const line = reveal && first && first.from <= view.state.doc.lines ? view.state.doc.line(first.from) : null;
      view.dispatch({
        // In the mirror the keyboard goes on from there; whoever writes has a place of their own.
        ...(line && view.state.readOnly ? { selection: EditorSelection.cursor(line.from) } : {}),
        effects: [setLineMarks.of(marks), ...(line ? [EditorView.scrollIntoView(line.from, { y: "center" })] : [])],
      });
    },
    setNotes(notes) {
      const diagnostics = notes.slice(0, MOST_NOTES).map(({ line, column, severity, message }): Diagnostic => {
        const from = line === null ? 0 : offset(view.state, line, column ?? 1);
        return { from, to: wordEnd(view.state, from), severity, message };
      });
      view.dispatch(setDiagnostics(view.state, diagnostics));
    },
    goTo(line, column) {
      const at = offset(view.state, line, column);
      view.dispatch({ selection: EditorSelection.cursor(at), effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}

const basics = ({ label, known }: EditorOptions): Extension => [
  lineNumbers(),
  foldGutter(),
  lintGutter(),
  drawSelection(),
  bracketMatching(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  autocompletion({ override: [completionSource(known)] }),
  syntaxHighlighting(CODE_COLOURS),
  CODE_LOOK,
  lineMarks,
  EditorState.tabSize.of(2),
  // The designer has a field for finding too.
  EditorState.phrases.of({ Find: "Find in the text", Replace: "Replace in the text" }),
  EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true", tabindex: "0" }),
  keymap.of([...defaultKeymap, ...searchKeymap, ...foldKeymap, ...lintKeymap]),
];

const editMode = ({ onAccept }: EditorOptions): Extension => [
  history(),
  closeBrackets(),
  Prec.high(keymap.of([does("Mod-Enter", onAccept), ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap])),
];

/** A text to be read, with the keyboard inside it: undo is the layout's, and Enter begins to edit. */
const mirrorMode = ({ onRefused, mirror }: EditorOptions): Extension => [
  EditorState.readOnly.of(true),
  // No keyboard on a phone's screen for a text that takes none.
  EditorView.contentAttributes.of({ inputmode: "none" }),
  EditorView.domEventHandlers({
    beforeinput(event) {
      event.preventDefault();
      onRefused();
      return true;
    },
  }),
  Prec.high(
    keymap.of([
      does("Enter", mirror.edit),
      does("Mod-z", mirror.undo),
      does("Mod-Shift-z", mirror.redo),
      does("Mod-y", mirror.redo),
    ]),
  ),
];

const does = (key: string, act: () => void): KeyBinding => ({
  key,
  preventDefault: true,
  run: () => {
    act();
    return true;
  },
});

/** The one stretch of text that differs; null when nothing does. */
function difference(before: string, after: string): { from: number; to: number; insert: string } | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let end = 0;
  while (
    end < shorter - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  )
    end += 1;
  return { from: start, to: before.length - end, insert: after.slice(start, after.length - end) };
}

function offset(state: EditorState, line: number, column: number): number {
  const at = state.doc.line(Math.min(Math.max(1, line), state.doc.lines));
  return Math.min(at.to, at.from + column - 1);
}

/** The end of the word or number at a place, or of the line: a mark of one letter is hard to see. */
function wordEnd(state: EditorState, from: number): number {
  const line = state.doc.lineAt(from);
  const word = /^[^\s:,]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 1;
  return Math.min(line.to, from + word);
}
