"use client";

import { useEffect } from "react";
import { characterKeys } from "./character-keys";
import type { Designer } from "./designer-context";
import { shortcutOf } from "./shortcuts";

/** Listens for the designer's keys wherever the focus is, except while typing and inside dialogs and menus. */
export function useShortcuts(designer: Designer, reviewPlan: () => void): void {
  useEffect(() => {
    // What keys do is fetched right after the first picture; a key pressed before that is done as soon as it is there.
    const shortcuts = import("./run-shortcut");
    function onKeyDown(event: KeyboardEvent) {
      const id = event.defaultPrevented ? null : shortcutOf(event, characterKeys());
      if (id === null || isElsewhere(event.target)) return;
      // A dialog that was asked for may still be on its way; what is typed meanwhile is meant for it.
      if (designer.store.getState().dialog !== null) return;
      // The palette opens from everywhere; all else would take keys from whoever types.
      if (isTyping(event.target) && id !== "palette") return;
      event.preventDefault();
      void shortcuts.then(({ runShortcut }) => runShortcut(designer, id, reviewPlan));
    }
    window.addEventListener("keydown", onKeyDown);
    // The palette is for those who type fast, so it is there before it is asked for.
    const idle = setTimeout(() => void import("./dialogs/palette"), 2000);
    return () => {
      clearTimeout(idle);
      window.removeEventListener("keydown", onKeyDown);
    };
  }, [designer, reviewPlan]);
}

/** Whether somebody is writing text there, so that keys and the clipboard are theirs. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** Whether it happens in something in front of the designer. */
export const isElsewhere = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="alertdialog"]') !== null;
