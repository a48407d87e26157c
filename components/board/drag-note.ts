/** A few words beside the pointer while something is carried. Outside of React, because it follows every move. */
export interface DragNote {
  readonly show: (words: string, fits: boolean) => void;
  readonly follow: (x: number, y: number) => void;
  readonly hide: () => void;
  readonly remove: () => void;
}

/** Room between the pointer's tip and the note, in pixels. */
const GAP = 14;

export function dragNote(): DragNote {
  const note = document.createElement("div");
  note.className = "board-drag-note";
  note.hidden = true;
  // The keyboard's way, the move dialog, says the same in its own words.
  note.setAttribute("aria-hidden", "true");
  document.body.append(note);
  return {
    show(words, fits) {
      note.textContent = words;
      note.dataset["fits"] = String(fits);
      note.hidden = false;
    },
    follow(x, y) {
      const left = Math.max(0, Math.min(x + GAP, window.innerWidth - note.offsetWidth - GAP));
      const top = Math.max(0, Math.min(y + GAP, window.innerHeight - note.offsetHeight - GAP));
      note.style.translate = `${left}px ${top}px`;
    },
    hide() {
      note.hidden = true;
    },
    remove: () => note.remove(),
  };
}
