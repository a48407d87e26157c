import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Layout } from "@/lib/core/layout/model";
import { BoardPicture } from "./board-picture";

const home: Layout = {
  version: 1,
  name: "home",
  zones: [{ id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1"] }],
  vnets: [10, 20, 30].map((tag) => ({ id: `v${tag}`, zone: "hybzone", tag })),
  subnets: [{ vnet: "v10", cidr: "10.10.0.0/24" }],
};

const draw = (layout: Layout, width = 480, height = 240): string =>
  renderToStaticMarkup(<BoardPicture layout={layout} nodes={["pve1", "pve2"]} width={width} height={height} />);

describe("the picture of a Board", () => {
  it("names zones, nodes, tags, VNets and subnets on the server", () => {
    const svg = draw(home);
    for (const word of ["hybzone", "pve1", "pve2", ">10<", ">v30<", "10.10.0.0/24", "trunk vmbr0"]) {
      expect(svg).toContain(word);
    }
  });

  it("says in words what it shows", () => {
    expect(draw(home)).toContain('aria-label="1 zone with 3 VNets on 2 nodes"');
  });

  it("escapes names", () => {
    expect(draw({ ...home, zones: [{ id: "<b>", type: "simple" }], vnets: [], subnets: [] })).not.toContain("<b>");
  });

  it("loses words, not lanes, when it is small", () => {
    const many = Array.from({ length: 60 }, (_, index) => ({ id: `v${index}`, zone: "hybzone", tag: index + 1 }));
    const svg = draw({ ...home, vnets: many, subnets: [] }, 320, 160);
    expect(svg).not.toContain(">v30<");
    const line = /<path d="([^"]*)" stroke="var\(--zone-[a-z]+\)" stroke-width="[\d.]+"><\/path><path d=""/.exec(svg);
    expect(line?.[1]?.match(/H/g)).toHaveLength(60);
  });

  it("draws 4,094 VNets into a bounded number of elements", () => {
    const vnets = Array.from({ length: 4094 }, (_, index) => ({ id: `v${index}`, zone: "hybzone", tag: index + 1 }));
    expect(draw({ ...home, vnets, subnets: [] }).match(/<[a-z]/g)?.length ?? 0).toBeLessThan(100);
  });

  it("shows an empty layout as such", () => {
    expect(draw({ ...home, zones: [], vnets: [], subnets: [] })).toContain("Nothing in it yet");
  });
});
