import { describe, expect, it } from "vitest";
import { keyText, SHORTCUTS, shortcutOf } from "./shortcuts";

const press = (key: string, mods: Partial<Record<"shiftKey" | "metaKey" | "ctrlKey" | "altKey", boolean>> = {}) =>
  shortcutOf({ key, shiftKey: false, metaKey: false, ctrlKey: false, altKey: false, ...mods });

describe("shortcuts", () => {
  it.each([
    ["n", {}, "add-vnet"],
    ["N", { shiftKey: true }, "add-zone"],
    ["z", { metaKey: true }, "undo"],
    ["z", { ctrlKey: true }, "undo"],
    ["Z", { metaKey: true, shiftKey: true }, "redo"],
    ["y", { ctrlKey: true }, "redo"],
    ["?", { shiftKey: true }, "help"],
    ["+", { shiftKey: true }, "zoom-in"],
    ["=", {}, "zoom-in"],
    ["F2", {}, "rename"],
    ["Delete", {}, "delete"],
    ["n", { metaKey: true }, null],
    ["n", { altKey: true }, null],
    ["q", {}, null],
    ["1", {}, "view-board"],
    ["k", { ctrlKey: true }, "palette"],
    ["]", { ctrlKey: true, altKey: true }, "more"],
    ["[", { altKey: true }, "less"],
    ["/", {}, "find"],
  ] as const)("%s %o means %s", (key, mods, meaning) => {
    expect(press(key, mods)).toBe(meaning);
  });

  it("can leave single characters alone", () => {
    const quiet = (key: string, ctrlKey = false) =>
      shortcutOf({ key, ctrlKey, shiftKey: false, metaKey: false, altKey: false }, false);
    expect([quiet("n"), quiet("?"), quiet("/"), quiet("F2"), quiet("z", true), quiet("k", true)]).toEqual([
      null,
      null,
      null,
      "rename",
      "undo",
      "palette",
    ]);
  });

  it("gives no key two meanings", () => {
    const keys = SHORTCUTS.flatMap((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("prints keys as they are on the keyboard", () => {
    expect([keyText("Mod+Shift+Z", true), keyText("Mod+Shift+Z", false), keyText("+", false)]).toEqual([
      "⌘⇧Z",
      "Ctrl+Shift+Z",
      "+",
    ]);
  });
});
