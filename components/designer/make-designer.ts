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
    join: (base, theirs) =>
      store.getState().actions.join(base, theirs.layout, `Joined with the changes of ${theirs.updatedBy}`),
    onChosen: (chosen) => store.getState().actions.change({ label: "Take their version", apply: () => chosen }),
  });
  return { store, board, autosave, view: createViewHandles(store.getState) };
}
