import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AddressBlock, addressBlocks, placedSubnets } from "./address-blocks";
import { layoutArbitrary } from "./arbitrary";
import type { Layout } from "./model";
import { joinSubnets, siblingOf, splitSubnet } from "./split-join";

const subnets = (...cidrs: string[]) => cidrs.map((cidr, index) => ({ vnet: `v${index}`, cidr }));

describe("blocks", () => {
  it("begin at the smallest network around everything in a private block", () => {
    expect(addressBlocks(subnets("10.0.0.0/24", "10.0.3.0/24", "192.168.7.0/24")).map(({ cidr }) => cidr)).toEqual([
      "10.0.0.0/22",
      "192.168.0.0/20",
    ]);
    expect(addressBlocks([], ["10.0.0.0/8"]).map(({ cidr }) => cidr)).toEqual(["10.0.0.0/8"]);
  });

  it("are grouped where there are many, and hold each subnet once", () => {
    const many = subnets(...Array.from({ length: 4094 }, (_, tag) => `10.${tag >> 8}.${tag & 255}.0/24`));
    const [block] = addressBlocks(many);
    expect(block?.subnets).toBe(4094);
    expect(block?.stretches.length).toBeLessThanOrEqual(24);
    expect(countSubnets(block)).toBe(4094);
  });

  it("name what overlaps, on both sides", () => {
    const [outer, inner] = placedSubnets(subnets("10.0.0.0/16", "10.0.4.0/24"));
    expect([outer?.overlaps, inner?.overlaps]).toEqual([["10.0.4.0/24 of v1"], ["10.0.0.0/16 of v0"]]);
  });

  it("are made up of their stretches without a gap, whatever the layout", () => {
    void fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        for (const block of addressBlocks(layout.subnets)) expectWhole(block);
      }),
      { numRuns: 100 },
    );
  });
});

function countSubnets(block: AddressBlock | undefined): number {
  return (block?.stretches ?? []).reduce(
    (sum, each) => sum + (each.kind === "subnet" ? 1 : each.kind === "block" ? countSubnets(each.block) : 0),
    0,
  );
}

function expectWhole(block: AddressBlock): void {
  let next = block.network.first;
  for (const each of block.stretches) {
    const [first, last] = each.kind === "free" ? [each.first, each.last] : [each.network.first, each.network.last];
    expect(first).toBe(next);
    next = last + 1n;
    if (each.kind === "block") expectWhole(each.block);
  }
  expect(next).toBe(block.network.last + 1n);
}

const layout: Layout = {
  version: 1,
  name: "a",
  zones: [{ id: "lab", type: "simple" }],
  vnets: [{ id: "net", zone: "lab" }],
  subnets: [
    {
      vnet: "net",
      cidr: "10.0.0.0/24",
      gateway: "10.0.0.254",
      "dhcp-range": [
        { "start-address": "10.0.0.10", "end-address": "10.0.0.20" },
        { "start-address": "10.0.0.200", "end-address": "10.0.0.210" },
      ],
    },
  ],
  hostServices: [
    { vnet: "net", cidr: "10.0.0.0/24", dhcp: { reservations: [{ mac: "bc:24:11:00:00:01", ip: "10.0.0.5" }] } },
  ],
};

describe("halving and joining", () => {
  it("the half of the gateway keeps what fits, and what does not is told", () => {
    const split = splitSubnet(layout, { vnet: "net", cidr: "10.0.0.0/24" });
    if (!split.ok) throw new Error(split.error);
    expect(split.value.cidrs).toEqual(["10.0.0.0/25", "10.0.0.128/25"]);
    expect(split.value.layout.subnets).toEqual([
      { vnet: "net", cidr: "10.0.0.0/25" },
      {
        vnet: "net",
        cidr: "10.0.0.128/25",
        gateway: "10.0.0.254",
        "dhcp-range": [{ "start-address": "10.0.0.200", "end-address": "10.0.0.210" }],
      },
    ]);
    expect(split.value.layout.hostServices?.[0]?.cidr).toBe("10.0.0.128/25");
    expect(split.value.lost).toHaveLength(2);
  });

  it("joining is the way back where nothing was lost", () => {
    const { hostServices: _services, ...alone } = layout;
    const plain: Layout = { ...alone, subnets: [{ vnet: "net", cidr: "10.0.0.0/24", gateway: "10.0.0.1" }] };
    const split = splitSubnet(plain, { vnet: "net", cidr: "10.0.0.0/24" });
    if (!split.ok) throw new Error(split.error);
    expect(siblingOf(split.value.layout, { vnet: "net", cidr: "10.0.0.0/25" })?.cidr).toBe("10.0.0.128/25");
    const joined = joinSubnets(split.value.layout, { vnet: "net", cidr: "10.0.0.0/25" });
    expect(joined).toMatchObject({ ok: true, value: { layout: plain, lost: [] } });
  });

  it("refuses a single address and a half that is not there", () => {
    const one: Layout = { ...layout, subnets: [{ vnet: "net", cidr: "10.0.0.1/32" }] };
    expect(splitSubnet(one, { vnet: "net", cidr: "10.0.0.1/32" }).ok).toBe(false);
    expect(joinSubnets(layout, { vnet: "net", cidr: "10.0.0.0/24" }).ok).toBe(false);
  });
});
