/** Every key of the designer in one place: what is listed is what is bound, and what the palette offers. */
export interface Shortcut {
  readonly id: ShortcutId;
  readonly keys: readonly string[];
  readonly does: string;
  readonly group: ShortcutGroup;
}

export const SHORTCUT_GROUPS = ["Edit", "Select and find", "Look", "Go on"] as const;
type ShortcutGroup = (typeof SHORTCUT_GROUPS)[number];

export const SHORTCUTS = [
  { id: "add-vnet", keys: ["N"], does: "Add a VNet to the current zone", group: "Edit" },
  { id: "add-zone", keys: ["Shift+N"], does: "Add a zone", group: "Edit" },
  { id: "add-subnet", keys: ["S"], does: "Add a subnet to the current VNet", group: "Edit" },
  { id: "next-tag", keys: ["T"], does: "Give the selected VNets the next free tags", group: "Edit" },
  { id: "rename", keys: ["F2"], does: "Rename", group: "Edit" },
  { id: "move", keys: ["M"], does: "Move the selected VNets to another zone", group: "Edit" },
  { id: "duplicate", keys: ["Mod+D"], does: "Duplicate what is selected", group: "Edit" },
  { id: "delete", keys: ["Delete", "Backspace"], does: "Delete what is selected", group: "Edit" },
  { id: "insert-template", keys: ["Shift+I"], does: "Insert a template into this layout", group: "Edit" },
  { id: "undo", keys: ["Mod+Z"], does: "Undo", group: "Edit" },
  { id: "redo", keys: ["Mod+Shift+Z", "Mod+Y"], does: "Redo", group: "Edit" },
  { id: "history", keys: ["H"], does: "List the edits, to go back or forward to one", group: "Edit" },
  { id: "palette", keys: ["Mod+K"], does: "Find an object or a command", group: "Select and find" },
  { id: "find", keys: ["/"], does: "Dim everything that does not match", group: "Select and find" },
  {
    id: "select-all",
    keys: ["Mod+A"],
    does: "Select the VNets of the zone; again: of every zone",
    group: "Select and find",
  },
  { id: "leave", keys: ["Escape"], does: "Select nothing", group: "Select and find" },
  { id: "view-board", keys: ["1"], does: "Show the Board", group: "Look" },
  { id: "view-table", keys: ["2"], does: "Show the Table", group: "Look" },
  { id: "view-addresses", keys: ["3"], does: "Show the Addresses", group: "Look" },
  { id: "view-topology", keys: ["4"], does: "Show the Topology", group: "Look" },
  { id: "view-code", keys: ["5"], does: "Show the Code", group: "Look" },
  { id: "beside", keys: ["\\"], does: "Show Code beside the view, or one view only", group: "Look" },
  { id: "fit", keys: ["F"], does: "Show everything", group: "Look" },
  { id: "fit-selection", keys: ["Z"], does: "Show what is selected", group: "Look" },
  { id: "zoom-in", keys: ["+"], does: "Closer", group: "Look" },
  { id: "zoom-out", keys: ["-"], does: "Further away", group: "Look" },
  { id: "less", keys: ["["], does: "Close all zones", group: "Look" },
  { id: "more", keys: ["]"], does: "Open all zones", group: "Look" },
  { id: "problems", keys: ["E"], does: "List the problems", group: "Go on" },
  { id: "plan", keys: ["P"], does: "Review the plan", group: "Go on" },
  { id: "save-template", keys: ["Shift+T"], does: "Save the selection, or the layout, as a template", group: "Go on" },
  { id: "help", keys: ["?"], does: "Show these keys", group: "Go on" },
] as const satisfies readonly { id: string; keys: readonly string[]; does: string; group: ShortcutGroup }[];

export type ShortcutId = (typeof SHORTCUTS)[number]["id"];

/** Keys that the browser's own clipboard has, and those of the grid beside the picture when it has the focus. */
export const OTHER_KEYS: readonly { readonly keys: string; readonly does: string }[] = [
  { keys: "Mod+C, Mod+X, Mod+V", does: "Copy, cut and paste, between layouts and with a spreadsheet" },
  { keys: "↑ ↓", does: "Move between zones and VNets; with Shift, select along the way" },
  { keys: "→ ←", does: "Open and close a zone, or go to a VNet's subnets and back" },
  { keys: "Shift+drag", does: "On the Board: select what the frame touches; with Ctrl or ⌘ add to the selection" },
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

/**
 * Which shortcut a key press means; null for none. `characters` false leaves out everything that is one printed
 * character without Ctrl or ⌘, for people whose speech or hands press such keys by chance.
 */
export function shortcutOf(press: KeyPress, characters = true): ShortcutId | null {
  const mod = press.metaKey || press.ctrlKey;
  const printed = press.key.length === 1;
  // AltGr, which many keyboards need for [ ] and \, reports Alt, and Ctrl on Windows.
  const composed = printed && press.altKey && /[^a-zA-Z0-9]/.test(press.key);
  if ((press.altKey && !composed) || (printed && (!mod || composed) && !characters)) return null;
  const letter = printed ? press.key.toUpperCase() : press.key;
  const shifted = press.shiftKey && (/^[A-Z]$/.test(letter) || !printed);
  const name = `${mod && !composed ? "Mod+" : ""}${shifted ? "Shift+" : ""}${letter === "=" ? "+" : letter}`;
  return SHORTCUTS.find(({ keys }) => (keys as readonly string[]).includes(name))?.id ?? null;
}

/** "Mod+Z" as printed on this person's keyboard. */
export function keyText(keys: string, mac: boolean): string {
  const parts = keys === "+" ? ["+"] : keys.split("+");
  const words: Readonly<Record<string, string>> = mac
    ? { Mod: "⌘", Shift: "⇧", Delete: "⌦", Backspace: "⌫" }
    : { Mod: "Ctrl", Delete: "Del" };
  return parts.map((part) => words[part] ?? part).join(mac ? "" : "+");
}
