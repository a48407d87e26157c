import { createBoardStore } from "@/components/board/board-store";
import type { DraftView } from "@/lib/server/views";
import { createAutosave } from "./autosave";
import type { Designer } from "./designer-context";
import { createDesignerStore } from "./designer-store";
import { localCopies } from "./local-copies";
import { sendDraft } from "./send-draft";

const NO_STORAGE = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };
const idle = () => undefined;

/** Puts the parts of one designer together. `locked` says why nothing can be changed, null when it can. */
export function makeDesigner(draft: DraftView, locked: string | null): Designer {
  const store = createDesignerStore({ layout: draft.layout, locked });
  const board = createBoardStore(store, null);
  const autosave = createAutosave({
    rev: draft.rev,
    layout: draft.layout,
    copies: localCopies(draft.id, browserStorage()),
    send: (baseRev, layout) => sendDraft(draft.id, baseRev, layout),
    onTheirs: (theirs) =>
      store.getState().actions.replace(theirs.layout, `Took the version of ${theirs.updatedBy}. Your edits are gone.`),
  });
  return { store, board, autosave, view: { reveal: idle, fit: idle, zoom: idle, focus: idle } };
}

function browserStorage(): Parameters<typeof localCopies>[1] {
  try {
    return typeof window === "undefined" ? NO_STORAGE : window.localStorage;
  } catch {
    return NO_STORAGE;
  }
}
