import { describe, expect, it } from "vitest";
import { relativeWords } from "./relative-time";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe("relativeWords", () => {
  it.each([
    [0, "just now"],
    [9 * SECOND, "just now"],
    [10 * SECOND, "10 s ago"],
    [59 * SECOND, "59 s ago"],
    [60 * SECOND, "1 min ago"],
    [59 * MINUTE, "59 min ago"],
    [60 * MINUTE, "1 hour ago"],
    [5 * HOUR, "5 hours ago"],
    [DAY, "yesterday"],
    [13 * DAY, "13 days ago"],
  ])("says %i ms as %s", (distance, words) => {
    const then = Date.UTC(2026, 2, 1, 12);
    expect(relativeWords(then, then + distance)).toBe(words);
  });

  it("gives the date once the distance says nothing any more", () => {
    const then = Date.UTC(2026, 2, 1, 12);
    expect(relativeWords(then, then + 20 * DAY)).toBe("1 Mar 2026");
  });
});
