import { dragNote } from "./drag-note";

export interface Carried {
  /** CSS selector of what something can be dropped on. */
  readonly targets: string;
  /** What dropping there would do, and whether it fits; null where nothing would happen. */
  readonly over: (
    target: HTMLElement,
    pointer: { readonly y: number },
  ) => { readonly words: string; readonly fits: boolean } | null;
  readonly drop: (target: HTMLElement, pointer: { readonly y: number }) => void;
}

/**
 * Follows the pointer from a press until it is let go. The target under it is outlined, and a note beside it says what
 * would happen; letting go elsewhere or pressing Escape leaves everything as it was. What does not fit can be dropped all
 * the same and then is a problem there, with its cure.
 */
export function carry(event: PointerEvent, { targets, over, drop }: Carried): void {
  const stop = new AbortController();
  const { signal } = stop;
  const note = dragNote();
  let target: HTMLElement | null = null;
  let pointer = { y: event.clientY };

  const point = (next: HTMLElement | null) => {
    if (next !== target) target?.removeAttribute("data-drop");
    const what = next && over(next, pointer);
    target = what ? next : null;
    if (!next || !what) {
      next?.removeAttribute("data-drop");
      note.hide();
      return;
    }
    next.setAttribute("data-drop", what.fits ? "" : "misfit");
    note.show(what.words, what.fits);
  };
  const end = (dropped: boolean) => {
    const last = target;
    point(null);
    note.remove();
    document.body.style.removeProperty("cursor");
    stop.abort();
    if (dropped && last) drop(last, pointer);
  };
  document.body.style.cursor = "grabbing";
  window.addEventListener(
    "pointermove",
    (move) => {
      pointer = { y: move.clientY };
      point(document.elementFromPoint(move.clientX, move.clientY)?.closest<HTMLElement>(targets) ?? null);
      note.follow(move.clientX, move.clientY);
    },
    { signal },
  );
  window.addEventListener("pointerup", () => end(true), { signal });
  window.addEventListener("pointercancel", () => end(false), { signal });
  window.addEventListener("keydown", (key) => key.key === "Escape" && end(false), { signal });
}
