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
  ] as const)("%s %o means %s", (key, mods, meaning) => {
    expect(press(key, mods)).toBe(meaning);
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
