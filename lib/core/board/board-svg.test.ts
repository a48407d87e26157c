import { readFileSync } from "node:fs";
import path from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyLayoutArbitrary, layoutArbitrary } from "@/lib/core/layout/arbitrary";
import { layoutChanges } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";
import { boardToSvg, PICTURE_TOKENS } from "./board-svg";

const home: Layout = {
  version: 1,
  name: "home",
  zones: [{ id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1"] }],
  vnets: [10, 20, 30].map((tag) => ({ id: `v${tag}`, zone: "hybzone", tag })),
  subnets: [{ vnet: "v10", cidr: "10.10.0.0/24" }],
};
const draw = (layout: Layout, width = 480, height = 240): string =>
  boardToSvg(layout, { nodes: ["pve1", "pve2"], size: { width, height } });

describe("the picture of a Board", () => {
  it("names zones, nodes, tags, VNets and subnets", () => {
    for (const word of ["hybzone", "pve1", "pve2", ">10<", ">v30<", "10.10.0.0/24", "trunk vmbr0"])
      expect(draw(home)).toContain(word);
  });

  it("says in words what it shows", () => {
    expect(draw(home)).toContain('aria-label="1 zone with 3 VNets on 2 nodes"');
    expect(boardToSvg(home, { colours: "light" })).toContain("<title>1 zone with 3 VNets on 1 node</title>");
  });

  it("has the colours of both themes in one file, and of light where style sheets are unknown", () => {
    const both = boardToSvg(home, { colours: "both" });
    const style = /<style>.*<\/style>/.exec(both)?.[0] ?? "";
    expect(both.replace(style, "")).toBe(boardToSvg(home, { colours: "light" }));
    const used = new Set(
      [...both.replace(style, "").matchAll(/(?:fill|stroke)="(#[0-9a-f]{6})"/g)].map(([, hex]) => hex),
    );
    for (const hex of used) expect(style).toContain(`[fill="${hex}"]{fill:#`);
    const lights = Object.values(PICTURE_TOKENS).map(([light]) => light);
    expect(new Set(lights).size).toBe(lights.length);
  });

  it("refers to nothing outside of itself", () => {
    void fc.assert(
      fc.property(anyLayoutArbitrary, (layout) => {
        const svg = boardToSvg(layout, { colours: "both" });
        expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', "")).not.toMatch(
          /<(image|use|script|foreignObject|a)\b|[\s"'](xlink:)?href=|url\(|@import|\son[a-z]+=/,
        );
      }),
    );
  });

  it("loses words, not lanes, when it is small", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ id: `v${index}`, zone: "hybzone", tag: index + 1 }));
    const svg = draw({ ...home, vnets: many, subnets: [] }, 320, 160);
    expect(svg).not.toContain(">v30<");
    const line = /<path d="([^"]*)" stroke="var\(--zone-[a-z]+\)" stroke-width="[\d.]+"\/><path d=""/.exec(svg);
    expect(line?.[1]?.match(/H/g)).toHaveLength(60);
  });

  it("draws 4,094 VNets into a bounded number of elements, and writes each in a file", () => {
    const vnets = Array.from({ length: 4094 }, (_, index) => ({ id: `v${index}`, zone: "hybzone", tag: index + 1 }));
    const large = { ...home, vnets, subnets: [] };
    expect(draw(large).match(/<[a-z]/g)?.length ?? 0).toBeLessThan(100);
    expect(boardToSvg(large, { colours: "dark" })).toContain(">v4093<");
  });

  it("shows an empty layout as such", () => {
    expect(draw({ ...home, zones: [], vnets: [], subnets: [] })).toContain("Nothing in it yet");
  });

  it("marks what changes with a sign, a word and a colour", () => {
    const now = { ...home, vnets: [...home.vnets.slice(1), { id: "new1", zone: "hybzone", tag: 99 }] };
    const { byKey, shown } = layoutChanges(home, now);
    const svg = boardToSvg(shown, { changes: byKey, colours: "light" });
    for (const part of ["<title>removed</title>", "<title>new</title>", 'text-decoration="line-through"'])
      expect(svg).toContain(part);
  });

  it("marks a zone that is new, and a VNet of which only a subnet changed", () => {
    const now = {
      ...home,
      zones: [...home.zones, { id: "lab", type: "simple" as const }],
      subnets: home.subnets.map((subnet) => ({ ...subnet, gateway: "10.10.0.1" })),
    };
    const svg = boardToSvg(now, { changes: layoutChanges(home, now).byKey });
    expect(
      [svg.match(/<title>new<\/title>/g), svg.match(/<title>changed<\/title>/g)].map((each) => each?.length),
    ).toEqual([1, 1]);
  });

  it("stands alone as a file: no colour of a page, every one of the theme", () => {
    for (const colours of ["light", "dark"] as const) {
      const svg = boardToSvg(home, { colours });
      expect(svg).not.toContain("var(");
      expect(svg).toContain(PICTURE_TOKENS["--bg"][colours === "light" ? 0 : 1]);
    }
  });

  it("is the same bytes for the same layout, and well-formed whatever is written in it", () => {
    void fc.assert(
      fc.property(fc.oneof(layoutArbitrary, anyLayoutArbitrary), fc.boolean(), (layout, whole) => {
        const options = whole ? { colours: "light" as const } : { size: { width: 320, height: 160 } };
        const svg = boardToSvg(layout, options);
        expect(boardToSvg(structuredClone(layout), options)).toBe(svg);
        expect(whyNotWellFormed(svg)).toBeNull();
      }),
      { numRuns: 200 },
    );
    const hostile = { ...home, vnets: [{ id: `<script>"'&\u0000\ud800`, zone: "hybzone", alias: "]]>" }] };
    expect(whyNotWellFormed(boardToSvg(hostile, { colours: "light" }))).toBeNull();
    expect(boardToSvg(hostile)).not.toContain("<script>");
  });

  it("uses the colours of the page's own style sheet", () => {
    const css = readFileSync(path.join(import.meta.dirname, "../../../app/globals.css"), "utf8");
    for (const [token, [light, dark]] of Object.entries(PICTURE_TOKENS))
      expect(css).toContain(`${token}: light-dark(${light}, ${dark});`);
  });
});

/** What our own pictures are made of: text, and a tag with its name, whether it closes one and whether it stands alone. */
const XML =
  /[^<&]+|&(?:amp|lt|gt|quot|#39);|<(\/?)([a-z]+)(?: [a-zA-Z-]+="(?:[^<&"]|&(?:amp|lt|gt|quot|#39);)*")*(\/?)>/g;

/** Reads a document as XML as far as our own pictures use it; the reason why it is none, or null. */
function whyNotWellFormed(xml: string): string | null {
  const other = xml.replace(XML, "");
  if (other !== "") return other.slice(0, 60);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML refuses
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(xml)) return "a character XML refuses";
  const open: string[] = [];
  for (const [, closing, name = "", alone] of xml.matchAll(XML)) {
    if (closing && open.pop() !== name) return `</${name}>`;
    if (name && !closing && !alone) open.push(name);
  }
  return open.length === 0 && !xml.includes("\ud800") ? null : `open: ${open.join()}`;
}
