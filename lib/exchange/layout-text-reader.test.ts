import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { anyLayoutArbitrary, layoutArbitrary } from "@/lib/core/layout/arbitrary";
import { layoutToJson } from "@/lib/core/layout/serialise";
import { layoutToYaml, parseLayoutText } from "./layout-text";
import { createLayoutReader } from "./layout-text-reader";

const layouts = fc.oneof(layoutArbitrary, anyLayoutArbitrary);

it("writes the YAML that the library writes, to the character", () => {
  void fc.assert(
    fc.property(layouts, (layout) => {
      expect(layoutToYaml(layout)).toBe(stringify(JSON.parse(layoutToJson(layout)), { lineWidth: 120 }));
    }),
    { numRuns: 60 },
  );
});

/** What people do to a text: a bit taken away, a bit put in, a line twice. */
const edits = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    takes: fc.nat({ max: 12 }),
    puts: fc.oneof(
      fc.constantFrom(
        ..."\n|  |  - |    |      |\t|# a|: |- |\"|'|[|]|{|}|{ id: x }|&a x|*a|!!str |? |> |\n  - id: a\n    zone: b\n".split(
          "|",
        ),
        "|\n",
        "|+\n\n",
        "\nzones:\n",
        "\n---\n",
        "\r\n",
        "# a\n",
        "\n  # a\n",
        "\n  - >-\n   a\n",
        "\n- a\n",
        '\n    alias: "a\n     b"\n',
        '\n    alias: "a\n  - b"\n',
        "\n    nodes: [a,\n  - b]\n",
        "\n    nodes: [a,\n     b]\n",
        "tag: 7",
      ),
      fc.string({ maxLength: 4 }),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);

const edited = (text: string, what: { at: number; takes: number; puts: string }[]): string =>
  what.reduce((now, { at, takes, puts }) => {
    const from = Math.floor(at * now.length);
    return now.slice(0, from) + puts + now.slice(from + takes);
  }, text);

describe("a reader of one text", () => {
  it.each([
    ["YAML", layoutToYaml],
    ["JSON", layoutToJson],
  ])("reads edited %s as a whole reading does, whatever it has read before", (_form, write) => {
    void fc.assert(
      fc.property(layouts, edits, edits, (layout, first, second) => {
        const reader = createLayoutReader();
        const text = write(layout);
        reader.learn(text, layout);
        for (const each of [text, edited(text, first), edited(text, second), text]) {
          const [read, whole] = [reader.read(each), parseLayoutText(each)];
          expect(read.ok, each).toBe(whole.ok);
          if (read.ok) expect(read, each).toEqual(whole);
        }
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["an unknown key", (text: string) => text.replace("tag: 20", "vlan: 20")],
    ["another type", (text: string) => text.replace("tag: 20", "tag: x")],
    ["two at once", (text: string) => text.replace("tag: 20", "tag: x").replace("cidr:", "cird:")],
    ["a missing key", (text: string) => text.replace("    zone: corp\n", "")],
    ["a word too much at the top", (text: string) => `${text}colour: red\n`],
    ["a key twice", (text: string) => text.replace("tag: 20", "tag: 20\n    tag: 21")],
    ["a missing version", (text: string) => text.replace("version: 1\n", "")],
    ["a list of another thing", (text: string) => text.replace("vnets:", "nets:")],
    ["a comment above", (text: string) => text.replace("tag: 20", "# x\n    tag: x")],
  ])("gives the very same places for %s", (_what, edit) => {
    const text = layoutToYaml({
      version: 1,
      name: "a",
      zones: [{ id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] }],
      vnets: [
        { id: "prod", zone: "corp", tag: 10 },
        { id: "lab", zone: "corp", tag: 20 },
      ],
      subnets: [{ vnet: "prod", cidr: "10.0.0.0/24", gateway: "10.0.0.1" }],
    });
    const read = createLayoutReader().read(edit(text));
    expect(read.ok).toBe(false);
    expect(read).toEqual(parseLayoutText(edit(text)));
  });

  it("refuses a key that is there twice in JSON too", () => {
    const text = '{ "version": 1, "name": "a", "name": "b", "zones": [], "vnets": [], "subnets": [] }';
    expect(createLayoutReader().read(text)).toEqual(parseLayoutText(text));
  });
});
