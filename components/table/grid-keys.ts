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
  if (press.altKey) return null;
  const { key, shiftKey: shift } = press;
  const held = { mod: press.metaKey || press.ctrlKey, shift };
  const act = KEYS[key];
  if (act) return act(place, held);
  if (key === " " && shift && place.at >= 0) return { do: "select" };
  if (held.mod) return shift && key.toLowerCase() === "d" ? { do: "fill" } : null;
  if (key.length !== 1 || !hasCell(place)) return null;
  return key === " " && place.flag ? { do: "toggle" } : { do: "type", text: key };
}

interface Held {
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean;
  readonly shift: boolean;
}

type Act = (place: GridPlace, held: Held) => GridAction | null;

const move = (row: number, column: number, extend = false): GridAction => ({ do: "move", row, column, extend });
const hasCell = ({ at, inHeader }: GridPlace): boolean => at >= 0 && !inHeader;
const rowOf = ({ at, inHeader }: GridPlace): number => (inHeader ? -1 : at);
const erase: Act = (_, { mod }) => ({ do: mod ? "remove" : "clear" });

/** The keys that have a name. */
const KEYS: Readonly<Partial<Record<string, Act>>> = {
  ArrowDown: ({ at, column, rows, inHeader }, { mod, shift }) =>
    move(inHeader ? 0 : mod ? rows - 1 : at + 1, column, shift),
  ArrowUp: ({ at, column }, { mod, shift }) => move(mod ? 0 : at - 1, column, shift && at > 0),
  ArrowRight: (place, { mod }) => move(rowOf(place), mod ? place.columns - 1 : place.column + 1),
  ArrowLeft: (place, { mod }) => move(rowOf(place), mod ? 0 : place.column - 1),
  Home: ({ at }, { mod }) => move(mod ? 0 : at, 0),
  End: ({ at, rows, columns }, { mod }) => move(mod ? rows - 1 : at, columns - 1),
  PageDown: ({ at, column }, { shift }) => move(at + PAGE, column, shift),
  PageUp: ({ at, column }, { shift }) => move(Math.max(0, at - PAGE), column, shift),
  Enter: (place) => (place.inHeader ? { do: "sort" } : hasCell(place) ? { do: "edit" } : null),
  F2: (place) => (hasCell(place) ? { do: "edit" } : null),
  Delete: erase,
  Backspace: erase,
};
