const KEY = "trunkline:character-keys";

/** Whether single characters are shortcuts in this browser (WCAG 2.1.4); they are until a person turns them off. */
export function characterKeys(): boolean {
  try {
    return window.localStorage.getItem(KEY) !== "off";
  } catch {
    return true;
  }
}

/** Keeps the choice; where nothing can be kept it holds for nothing, and stays on. */
export function setCharacterKeys(on: boolean): void {
  try {
    if (on) window.localStorage.removeItem(KEY);
    else window.localStorage.setItem(KEY, "off");
  } catch {
    // A browser without storage.
  }
}
