import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import { anyLayoutArbitrary, layoutArbitrary } from "@/lib/core/layout/arbitrary";
import { parseLayout } from "@/lib/core/layout/parse";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { PROBLEM_CODES } from "./codes";
import { FACTS, judged, layoutOf, vnet } from "./sample-layouts";
import { validateLayout } from "./validate";

describe("validateLayout", () => {
  it("finds nothing wrong in valid layouts", () =>
    fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        expect(validateLayout(layout).filter((problem) => problem.severity === "error")).toEqual([]);
      }),
    ));

  it("never throws, knows every code it uses, and says something about each", () =>
    fc.assert(
      fc.property(anyLayoutArbitrary, fc.boolean(), (layout, withFacts) => {
        const found = validateLayout(layout, withFacts ? { facts: FACTS } : {});
        const odd = found.filter((one) => !Object.hasOwn(PROBLEM_CODES, one.code) || !/^.+[.?)]$/s.test(one.message));
        expect(odd).toEqual([]);
      }),
      { numRuns: 200 },
    ));

  it("gives fixes that can be done, and leave a layout that can be read again", () =>
    fc.assert(
      fc.property(anyLayoutArbitrary, (layout) => {
        const fixed = validateLayout(layout).reduce((at, { fix }) => (fix ? applyFix(at, fix) : at), layout);
        validateLayout(fixed);
        expect(parseLayout(JSON.parse(layoutToJson(fixed)))).toMatchObject({ ok: true });
      }),
    ));

  it("puts errors first", () => {
    const layout = layoutOf({ vnets: [vnet({ tag: 1, alias: "R&D" })] });
    expect(judged(layout)).toEqual(["error alias-invalid alias", "info tag-native-vlan tag"]);
  });
});
