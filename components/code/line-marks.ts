import { type EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

/** Lines that are marked, from 1, both included. */
export interface LineMark {
  readonly from: number;
  readonly to: number;
}

/** Marks exactly these lines. */
export const setLineMarks = StateEffect.define<readonly LineMark[]>();

/** The marked lines; they move along with the text that is edited. */
export const lineMarks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setLineMarks)) next = decorated(transaction.state, effect.value);
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
