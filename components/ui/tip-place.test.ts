import { describe, expect, test } from "vitest";
import { tipPlace } from "./tip-place";

const page = { width: 800, height: 600 };
const tip = { width: 100, height: 20 };
const button = (left: number, top: number) => ({ left, top, width: 40, height: 40 });

describe("where a tip goes", () => {
  test.each([
    ["top", 370, 274],
    ["bottom", 370, 346],
    ["left", 294, 310],
    ["right", 446, 310],
  ] as const)("at its side where there is room: %s", (side, left, top) => {
    expect(tipPlace(button(400, 300), tip, side, page)).toEqual({ left, top });
  });

  test.each([
    ["top", button(400, 10), { left: 370, top: 56 }],
    ["bottom", button(400, 550), { left: 370, top: 524 }],
    ["left", button(50, 300), { left: 96, top: 310 }],
    ["right", button(700, 300), { left: 594, top: 310 }],
  ] as const)("opposite where there is none: %s", (side, element, place) => {
    expect(tipPlace(element, tip, side, page)).toEqual(place);
  });

  test("never beyond the page", () => {
    expect(tipPlace(button(0, 300), tip, "top", page).left).toBe(8);
    expect(tipPlace(button(790, 300), tip, "top", page).left).toBe(692);
  });
});
