import type { Layout } from "@/lib/core/layout/model";
import { type EntityKey, zoneKey } from "@/lib/core/plan/entity";
import type { DesignerActions, DesignerState, StateAccess } from "./designer-state";
import { type Command, EMPTY_HISTORY, labelText, record, type Step, stepBack, stepForward } from "./history";
import { movedTexts } from "./kept-text";
import { presentKeys } from "./keys";

export type EditActions = Pick<DesignerActions, "change" | "undo" | "redo" | "replace" | "join" | "takeUp">;

/** Actions that change the layout, or the steps that lead to it. */
export function editActions({ get, set, say }: StateAccess, now: () => number): EditActions {
  function travel(step: Step | null, word: string): void {
    const { locked: why } = get();
    if (why || !step) {
      say(why ?? (word === "Undone" ? "Nothing to undo" : "Nothing to redo"));
      return;
    }
    set((state) => ({
      layout: step.layout,
      history: step.history,
      renaming: null,
      ...follow(state, step.layout, step.renames),
    }));
    say(`${word}: ${labelText(step.command.label)}`);
  }

  return {
    change(change) {
      const state = get();
      if (state.locked) {
        say(state.locked);
        return;
      }
      const after = change.apply(state.layout);
      if (after === state.layout) return;
      const history = record(state.history, { ...change, before: state.layout, after, nowMs: now() });
      if (history === state.history) return;
      const followed = follow(state, after, change.renames ?? []);
      set({ layout: after, history, ...followed, ...(change.cursor === undefined ? {} : selectOnly(change.cursor)) });
      say(labelText(change.label));
    },
    undo: () => travel(stepBack(get().history, get().layout), "Undone"),
    redo: () => travel(stepForward(get().history, get().layout), "Redone"),
    replace(next, text) {
      set((state) => ({ layout: next, history: EMPTY_HISTORY, renaming: null, ...follow(state, next, []) }));
      say(text);
    },
    join({ layout, history }, renames, text) {
      const state = get();
      if (layout === state.layout) return;
      set({ layout, history, ...follow(state, layout, renames) });
      say(text);
    },
    takeUp: (history) => set({ history }),
  };
}

/**
 * Cursor and selection after a change: they follow renamed objects and let go of deleted ones. Texts that wait in fields
 * follow, too, and wait for what was deleted to come back.
 */
function follow(
  state: DesignerState,
  layout: Layout,
  renames: Command["renames"],
): Pick<DesignerState, "cursor" | "selected" | "collapsed" | "texts"> {
  const texts = movedTexts(state.texts, renames);
  const zoneRenames = new Map(renames.map(([from, to]) => [from, to]));
  const collapsed =
    zoneRenames.size === 0
      ? state.collapsed
      : new Set([...state.collapsed].map((id) => (zoneRenames.get(zoneKey(id)) ?? zoneKey(id)).slice("zone/".length)));
  if (state.cursor === null && state.selected.size === 0)
    return { cursor: null, selected: state.selected, collapsed, texts };
  const move = (key: EntityKey): EntityKey => renames.reduce((at, [from, to]) => (at === from ? to : at), key);
  const cursor = state.cursor === null ? null : move(state.cursor);
  const moved = [...state.selected].map(move);
  const keys = presentKeys(layout, cursor === null ? moved : [...moved, cursor]);
  return {
    collapsed,
    texts,
    cursor: cursor !== null && keys.has(cursor) ? cursor : null,
    selected: new Set(moved.filter((key) => keys.has(key))),
  };
}

/** The cursor at one object, and nothing else selected. */
export const selectOnly = (cursor: EntityKey | null): Pick<DesignerState, "cursor" | "selected"> => ({
  cursor,
  selected: new Set(cursor === null ? [] : [cursor]),
});
