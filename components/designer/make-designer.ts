import { createBoardStore } from "@/components/board/board-store";
import type { DraftView } from "@/lib/server/views";
import type { DesignerAddress } from "./address";
import { createAutosave } from "./autosave";
import type { Designer } from "./designer-context";
import { createDesignerStore } from "./designer-store";
import { browserStorage, localCopies } from "./local-copies";
import { sendDraft } from "./send-draft";
import { createViewHandles } from "./view-handles";

/** Puts the parts of one designer together. `locked` says why nothing can be changed, null when it can. */
export function makeDesigner(draft: DraftView, locked: string | null, address: DesignerAddress): Designer {
  const store = createDesignerStore({ layout: draft.layout, locked, address });
  const board = createBoardStore(store, null);
  const autosave = createAutosave({
    rev: draft.rev,
    layout: draft.layout,
    copies: localCopies(draft.id, browserStorage()),
    send: (baseRev, layout) => sendDraft(draft.id, baseRev, layout),
    onTheirs: (theirs) =>
      store.getState().actions.replace(theirs.layout, `Took the version of ${theirs.updatedBy}. Your edits are gone.`),
  });
  return { store, board, autosave, view: createViewHandles(store.getState) };
}
