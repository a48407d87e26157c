import { describe, expect, it } from "vitest";
import { type GridAction, type GridPlace, gridAction } from "./grid-keys";

const PLACE: GridPlace = { at: 5, column: 2, rows: 100, columns: 8, inHeader: false, flag: false };

/** `Ctrl+Shift+ArrowDown` as a key press. */
function press(keys: string) {
  const parts = keys.split("+");
  return {
    key: parts.at(-1) ?? "",
    shiftKey: parts.includes("Shift"),
    metaKey: parts.includes("Meta"),
    ctrlKey: parts.includes("Ctrl"),
    altKey: parts.includes("Alt"),
  };
}
const action = (keys: string, place: Partial<GridPlace> = {}): GridAction | null =>
  gridAction(press(keys), { ...PLACE, ...place });
const move = (row: number, column: number, extend = false) => ({ do: "move", row, column, extend });

describe("keys that move", () => {
  it.each([
    ["ArrowDown", move(6, 2)],
    ["ArrowUp", move(4, 2)],
    ["ArrowRight", move(5, 3)],
    ["ArrowLeft", move(5, 1)],
    ["Ctrl+ArrowDown", move(99, 2)],
    ["Meta+ArrowUp", move(0, 2)],
    ["Ctrl+ArrowRight", move(5, 7)],
    ["Ctrl+ArrowLeft", move(5, 0)],
    ["Home", move(5, 0)],
    ["End", move(5, 7)],
    ["Ctrl+Home", move(0, 0)],
    ["Ctrl+End", move(99, 7)],
    ["PageDown", move(25, 2)],
    ["PageUp", move(0, 2)],
  ])("%s", (keys, expected) => expect(action(keys)).toEqual(expected));

  it.each([
    ["Shift+ArrowDown", move(6, 2, true)],
    ["Shift+ArrowUp", move(4, 2, true)],
    ["Ctrl+Shift+ArrowDown", move(99, 2, true)],
    ["Shift+PageDown", move(25, 2, true)],
  ])("%s selects along the way", (keys, expected) => expect(action(keys)).toEqual(expected));

  it("goes up from the first row to the headings and down again", () => {
    expect(action("ArrowUp", { at: 0 })).toEqual(move(-1, 2));
    expect(action("Shift+ArrowUp", { at: 0 })).toEqual(move(-1, 2));
    expect(action("ArrowDown", { inHeader: true })).toEqual(move(0, 2));
    expect(action("ArrowRight", { inHeader: true })).toEqual(move(-1, 3));
  });
});

describe("keys that act", () => {
  it.each([
    ["Enter", { do: "edit" }],
    ["F2", { do: "edit" }],
    ["a", { do: "type", text: "a" }],
    ["Shift+A", { do: "type", text: "A" }],
    [" ", { do: "type", text: " " }],
    ["Delete", { do: "clear" }],
    ["Backspace", { do: "clear" }],
    ["Ctrl+Delete", { do: "remove" }],
    ["Ctrl+Shift+D", { do: "fill" }],
    ["Meta+Shift+d", { do: "fill" }],
    ["Shift+ ", { do: "select" }],
  ])("%s", (keys, expected) => expect(action(keys)).toEqual(expected));

  it("turns a yes-or-no cell over with the space bar, and sorts by a heading with Enter", () => {
    expect(action(" ", { flag: true })).toEqual({ do: "toggle" });
    expect(action("Enter", { inHeader: true })).toEqual({ do: "sort" });
  });

  it.each(["Ctrl+z", "Ctrl+k", "Alt+ArrowDown", "Escape", "Tab", "F5"])("leaves %s to others", (keys) => {
    expect(action(keys)).toBeNull();
  });

  it.each(["Enter", "F2", "a"])("%s does nothing where there is no row", (keys) => {
    expect(action(keys, { at: -1 })).toBeNull();
  });
});
