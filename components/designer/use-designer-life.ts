"use client";

import { useEffect } from "react";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { DraftView } from "@/lib/server/views";
import type { Designer } from "./designer-context";
import { EMPTY_HISTORY } from "./history";
import { watchProblems } from "./judge";
import { keptHistory } from "./kept-history";
import { keepUnfinished } from "./kept-unfinished";
import { browserStorage, localCopies } from "./local-copies";

/** Joins the store with the world for as long as the designer is open: saving, judging, leaving. */
export function useDesignerLife(designer: Designer, draft: DraftView): void {
  useEffect(() => {
    const { store, board, autosave } = designer;
    const untouched = store.getState().layout === draft.layout && autosave.state().kind === "saved";
    const histories = keptHistory(draft.id, browserStorage());
    if (untouched && store.getState().locked === null) {
      bringBackUnsent(designer, draft);
      const history = histories.read(store.getState().layout);
      if (history) store.getState().actions.takeUp(history);
    }
    const keepHistory = () => {
      const { layout, history } = store.getState();
      if (history !== EMPTY_HISTORY) histories.write(layout, history);
    };
    const stopKeeping = keepUnfinished(store, draft.id, browserStorage());
    const stopJudging = watchProblems(store, board);
    const stopSaving = store.subscribe((now, before) => {
      if (now.layout !== before.layout && now.locked === null) autosave.changed(now.layout);
    });
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener("online", () => void autosave.flush(), { signal });
    window.addEventListener("pagehide", autosave.keepCopy, { signal });
    window.addEventListener("pagehide", keepHistory, { signal });
    window.addEventListener(
      "beforeunload",
      (event) => {
        autosave.keepCopy();
        if (autosave.state().kind !== "saved") event.preventDefault();
      },
      { signal },
    );
    return () => {
      stop.abort();
      stopKeeping();
      stopSaving();
      stopJudging();
      // Leaving for another page of the app: no warning is possible there, so it is sent, and kept until it is.
      autosave.keepCopy();
      keepHistory();
      void autosave.flush();
    };
  }, [designer, draft]);
}

/** Edits of last time that never reached the server: taken up again, or shown as a conflict when it moved on since. */
function bringBackUnsent({ store, autosave }: Designer, draft: DraftView): void {
  const copies = localCopies(draft.id, browserStorage());
  const copy = copies.read();
  if (!copy) return;
  if (layoutToJson(copy.layout) === layoutToJson(draft.layout)) {
    copies.clear();
    return;
  }
  store.getState().actions.replace(copy.layout, "Brought back edits that had not been saved");
  if (copy.baseRev === draft.rev) autosave.changed(copy.layout);
  else autosave.takeUp(copy.base, copy.layout, draft);
  // It is this tab's copy from now on.
  autosave.keepCopy();
  copies.clear();
}
