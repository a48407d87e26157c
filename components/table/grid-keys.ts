/** What a key means in the sheet. */
export type GridAction =
  /** `row` -1 is the headings; places outside of the sheet are brought into it. */
  | { readonly do: "move"; readonly row: number; readonly column: number; readonly extend: boolean }
  | { readonly do: "edit" }
  /** Begins a new text with this letter. */
  | { readonly do: "type"; readonly text: string }
  | { readonly do: "toggle" }
  | { readonly do: "sort" }
  | { readonly do: "clear" }
  | { readonly do: "remove" }
  | { readonly do: "fill" }
  | { readonly do: "select" };

export interface GridPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
}

export interface GridPlace {
  /** The row under the keyboard, -1 for none. */
  readonly at: number;
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  readonly inHeader: boolean;
  /** The cell is yes or no. */
  readonly flag: boolean;
}

const PAGE = 20;

/** What a key press does in the sheet, as in a spreadsheet; null for keys that are not its own. */
export function gridAction(press: GridPress, place: GridPlace): GridAction | null {
  const mod = press.metaKey || press.ctrlKey;
  const { key, shiftKey, altKey } = press;
  if (altKey) return null;
  const move = moveOf(press, place);
  if (move) return { do: "move", ...move };
  const { at, inHeader, flag } = place;
  switch (key) {
    case "Enter":
      return inHeader ? { do: "sort" } : at < 0 ? null : { do: "edit" };
    case "F2":
      return at < 0 || inHeader ? null : { do: "edit" };
    case "Delete":
    case "Backspace":
      return { do: mod ? "remove" : "clear" };
    case " ":
      if (shiftKey && at >= 0) return { do: "select" };
  }
  if (mod) return shiftKey && key.toLowerCase() === "d" ? { do: "fill" } : null;
  if (key.length !== 1 || at < 0 || inHeader) return null;
  return key === " " && flag ? { do: "toggle" } : { do: "type", text: key };
}

function moveOf({ key, shiftKey, metaKey, ctrlKey }: GridPress, place: GridPlace): Omit<Move, "do"> | null {
  const { at, column, inHeader } = place;
  const mod = metaKey || ctrlKey;
  const lastRow = place.rows - 1;
  const lastColumn = place.columns - 1;
  const row = inHeader ? -1 : at;
  switch (key) {
    case "ArrowDown":
      return { row: inHeader ? 0 : mod ? lastRow : at + 1, column, extend: shiftKey };
    case "ArrowUp":
      return { row: mod ? 0 : at - 1, column, extend: shiftKey && at > 0 };
    case "ArrowRight":
      return { row, column: mod ? lastColumn : column + 1, extend: false };
    case "ArrowLeft":
      return { row, column: mod ? 0 : column - 1, extend: false };
    case "Home":
      return { row: mod ? 0 : at, column: 0, extend: false };
    case "End":
      return { row: mod ? lastRow : at, column: lastColumn, extend: false };
    case "PageDown":
      return { row: at + PAGE, column, extend: shiftKey };
    case "PageUp":
      return { row: Math.max(0, at - PAGE), column, extend: shiftKey };
    default:
      return null;
  }
}

type Move = Extract<GridAction, { do: "move" }>;
