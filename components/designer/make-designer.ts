import { createBoardStore } from "@/components/board/board-store";
import { patiently } from "@/components/ui/patiently";
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
  // What joins edits of two people is fetched after the first picture, and kept for when the network is gone.
  const merging =
    typeof window === "undefined" ? NEVER : patiently(() => import("./merging"))().then(({ MERGING }) => MERGING);
  const autosave = createAutosave({
    rev: draft.rev,
    layout: draft.layout,
    copies: localCopies(draft.id, browserStorage()),
    send: (baseRev, layout) => sendDraft(draft.id, baseRev, layout),
    merging,
    join(base, theirs, { rebase, findRenames, renameKeys }) {
      const { layout, history, actions } = store.getState();
      const joined = rebase(history, layout, base, theirs.layout);
      const renames = findRenames(layout, joined.layout).map(renameKeys);
      actions.join(joined, renames, `Joined with the changes of ${theirs.updatedBy}`);
      return joined.layout;
    },
    onNotKept: () =>
      store.getState().actions.say("This browser's storage is full: unsent edits last only as long as this page"),
    onChosen: (chosen) => store.getState().actions.change({ label: "Take their version", apply: () => chosen }),
  });
  return { store, board, autosave, view: createViewHandles(store.getState) };
}

/** On the server nothing is saved, so nothing is ever joined. */
const NEVER = new Promise<never>(() => undefined);
