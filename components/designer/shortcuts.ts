/** Every key of the designer in one place: what is listed is what is bound. */
export interface Shortcut {
  readonly id: ShortcutId;
  readonly keys: readonly string[];
  readonly does: string;
}

export type ShortcutId =
  | "undo"
  | "redo"
  | "add-vnet"
  | "add-zone"
  | "add-subnet"
  | "rename"
  | "delete"
  | "move"
  | "fit"
  | "zoom-in"
  | "zoom-out"
  | "problems"
  | "plan"
  | "help"
  | "leave";

export const SHORTCUTS: readonly Shortcut[] = [
  { id: "add-vnet", keys: ["N"], does: "Add a VNet to the current zone" },
  { id: "add-zone", keys: ["Shift+N"], does: "Add a zone" },
  { id: "add-subnet", keys: ["S"], does: "Add a subnet to the current VNet" },
  { id: "rename", keys: ["F2"], does: "Rename" },
  { id: "move", keys: ["M"], does: "Move the selected VNets to another zone" },
  { id: "delete", keys: ["Delete", "Backspace"], does: "Delete what is selected" },
  { id: "undo", keys: ["Mod+Z"], does: "Undo" },
  { id: "redo", keys: ["Mod+Shift+Z", "Mod+Y"], does: "Redo" },
  { id: "fit", keys: ["F"], does: "Show everything" },
  { id: "zoom-in", keys: ["+"], does: "Closer" },
  { id: "zoom-out", keys: ["-"], does: "Further away" },
  { id: "problems", keys: ["E"], does: "List the problems" },
  { id: "plan", keys: ["P"], does: "Review the plan" },
  { id: "leave", keys: ["Escape"], does: "Select nothing" },
  { id: "help", keys: ["?"], does: "Show these keys" },
];

/** Keys the grid beside the picture has when it has the focus. */
export const GRID_KEYS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: "↑ ↓", does: "Move between zones and VNets; with Shift, select along the way" },
  { keys: "→ ←", does: "Open and close a zone, or go to a VNet's subnets and back" },
  { keys: "Enter", does: "Edit in the inspector" },
  { keys: "Page up, Page down, Home, End", does: "Move far" },
];

interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
}

/** Which shortcut a key press means; null for none. */
export function shortcutOf(press: KeyPress): ShortcutId | null {
  if (press.altKey) return null;
  const letter = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  const mod = press.metaKey || press.ctrlKey;
  const isLetter = /^[A-Z]$/.test(letter);
  const name = `${mod ? "Mod+" : ""}${press.shiftKey && (isLetter || letter.length > 1) ? "Shift+" : ""}${letter === "=" ? "+" : letter}`;
  return SHORTCUTS.find((shortcut) => shortcut.keys.includes(name))?.id ?? null;
}

/** "Mod+Z" as printed on this person's keyboard. */
export function keyText(keys: string, mac: boolean): string {
  const parts = keys === "+" ? ["+"] : keys.split("+");
  const words: Readonly<Record<string, string>> = mac
    ? { Mod: "⌘", Shift: "⇧", Delete: "⌦", Backspace: "⌫" }
    : { Mod: "Ctrl", Delete: "Del" };
  return parts.map((part) => words[part] ?? part).join(mac ? "" : "+");
}
