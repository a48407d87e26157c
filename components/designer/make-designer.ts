import { createBoardStore } from "@/components/board/board-store";
import type { DraftView } from "@/lib/server/views";
import { createAutosave } from "./autosave";
import type { Designer } from "./designer-context";
import { createDesignerStore } from "./designer-store";
import { browserStorage, localCopies } from "./local-copies";
import { sendDraft } from "./send-draft";

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
