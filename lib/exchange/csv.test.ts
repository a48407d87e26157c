import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { csvText } from "./csv";
import { parseCsv } from "./testing/parse-csv";

const hostileText = fc.string({ unit: fc.constantFrom(..."\",\r\n\t=+-@;' aé") });
const isFormula = (text: string) => ["=", "+", "-", "@", "\t", "\r"].includes(text.slice(0, 1));

describe("csvText", () => {
  it.each([
    [[["a", "b"]], "a,b\r\n"],
    [[["a,b", 'say "x"', "two\r\nlines"]], '"a,b","say ""x""","two\r\nlines"\r\n'],
    [[["", 0, -5]], ",0,-5\r\n"],
    [[["=1+1", "+1", "-1", "@x", "\tx"]], "'=1+1,'+1,'-1,'@x,'\tx\r\n"],
    [[['=HYPERLINK("http://x","y")']], '"\'=HYPERLINK(""http://x"",""y"")"\r\n'],
    [[], ""],
  ])("%j", (lines, text) => {
    expect(csvText(lines)).toBe(text);
  });

  it("is read back with the same cells, none of them a formula", () => {
    const cell = fc.oneof(fc.string(), hostileText);
    void fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (lines) => {
        const read = parseCsv(csvText(lines));
        expect(read).toEqual(lines.map((line) => line.map((one) => (isFormula(one) ? `'${one}` : one))));
        expect(read.flat().filter(isFormula)).toEqual([]);
      }),
    );
  });
});
