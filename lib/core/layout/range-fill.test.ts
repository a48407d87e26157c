import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillPattern, parseTags } from "./range-fill";

describe("tags", () => {
  it.each([
    ["100-103", [100, 101, 102, 103]],
    ["10, 20,30", [10, 20, 30]],
    ["5-6, 6-7", [5, 6, 7]],
    ["7 – 8", [7, 8]],
  ])("%s", (text, tags) => expect(parseTags(text)).toEqual({ ok: true, value: tags }));

  it.each([
    ["", "Write tags", 0],
    ["10, x", "Write tags", 3],
    ["9-3", "swap", 0],
    ["1-9999", "More than", 0],
  ])("%s is refused, with its place", (text, message, at) => {
    expect(parseTags(text)).toMatchObject({ ok: false, error: { message: expect.stringContaining(message), at } });
  });
});

describe("patterns", () => {
  it.each([
    ["v{tag}", "v300"],
    ["10.{tag//256}.{tag%256}.0/24", "10.1.44.0/24"],
    ["{(tag - 299) * 2 + n}", "3"],
    ["{-tag // 7}", "-43"],
    ["{-tag % 7}", "1"],
    ["{{{n}", "{1"],
    ["plain", "plain"],
  ])("%s", (pattern, text) => {
    expect(fillPattern(pattern, { tag: 300, n: 1 })).toEqual({ ok: true, value: text });
  });

  it.each([
    ["v{tag", "missing", 1],
    ["v{vlan}", "not known; use tag, n", 2],
    ["{tag/2}", "not expected", 4],
    ["{tag//0}", "division by zero", 6],
    ["{(tag}", "A ) is missing", 5],
    ["{}", "missing", 1],
    ["{constructor}", "not known", 1],
    ["{9999999999*9999999999}", "too large", 1],
  ])("%s is refused, with its place", (pattern, message, at) => {
    const filled = fillPattern(pattern, { tag: 300, n: 1 });
    expect(filled).toMatchObject({ ok: false, error: { message: expect.stringContaining(message), at } });
  });

  it("reckons as arithmetic does, and never throws", () => {
    void fc.assert(
      fc.property(fc.integer({ min: 1, max: 4094 }), fc.integer({ min: 1, max: 300 }), (tag, by) => {
        const filled = fillPattern(`{tag//${by}*${by}+tag%${by}}`, { tag });
        expect(filled).toEqual({ ok: true, value: String(tag) });
      }),
    );
    void fc.assert(
      fc.property(fc.string({ maxLength: 30 }), (pattern) => {
        const filled = fillPattern(`{${pattern}`, { tag: 1 });
        if (!filled.ok) expect(filled.error.at).toBeLessThanOrEqual(pattern.length + 2);
      }),
    );
  });
});
