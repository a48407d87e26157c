import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validateLayout } from "@/lib/core/validate/validate";
import { layoutArbitrary } from "./arbitrary";
import { clipOf, pasteClip } from "./clip";
import type { Layout } from "./model";

const layout: Layout = {
  version: 1,
  name: "clip",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "dmz", type: "vlan", bridge: "vmbr1" },
    { id: "lab", type: "simple" },
  ],
  vnets: [
    { id: "voip", zone: "corp", tag: 30 },
    { id: "office", zone: "corp", tag: 31 },
  ],
  subnets: [{ vnet: "voip", cidr: "10.10.30.0/24", gateway: "10.10.30.1" }],
  hostServices: [
    {
      vnet: "voip",
      cidr: "10.10.30.0/24",
      gatewayNode: "pve1",
      dhcp: { ranges: [{ start: "10.10.30.100", end: "10.10.30.200" }] },
    },
  ],
};
const voip = () => {
  const clip = clipOf(layout, ["vnet/voip"]);
  if (!clip) throw new Error("nothing copied");
  return clip;
};
const paste = (options: Parameters<typeof pasteClip>[2]) => {
  const pasted = pasteClip(layout, voip(), options);
  if (!pasted.ok) throw new Error(pasted.error);
  return pasted.value;
};

describe("pasting", () => {
  it("into the same zone takes the next free id, tag and network, and addresses keep their place", () => {
    const { layout: after, keys } = paste({ zone: "corp", vnet: null, subnets: "free" });
    expect(after.vnets.at(-1)).toEqual({ id: "voip2", zone: "corp", tag: 32 });
    expect(after.subnets.at(-1)).toEqual({ vnet: "voip2", cidr: "10.10.31.0/24", gateway: "10.10.31.1" });
    expect(after.hostServices?.at(-1)).toMatchObject({
      vnet: "voip2",
      cidr: "10.10.31.0/24",
      dhcp: { ranges: [{ start: "10.10.31.100", end: "10.10.31.200" }] },
    });
    expect(keys).toEqual(["vnet/voip2", "subnet/voip2/10.10.31.0/24"]);
  });

  it.each([
    ["keep", ["10.10.30.0/24"]],
    ["none", []],
  ] as const)("%s decides about subnets", (subnets, cidrs) => {
    const { layout: after } = paste({ zone: "dmz", vnet: null, subnets });
    expect(after.vnets.at(-1)).toMatchObject({ zone: "dmz", tag: 30 });
    expect(after.subnets.filter(({ vnet }) => vnet === "voip2").map(({ cidr }) => cidr)).toEqual(cidrs);
  });

  it("into a simple zone drops the tag", () => {
    expect(paste({ zone: "lab", vnet: null, subnets: "none" }).layout.vnets.at(-1)).toEqual({
      id: "voip2",
      zone: "lab",
    });
  });

  it("says what is missing", () => {
    expect(pasteClip(layout, voip(), { zone: null, vnet: null, subnets: "keep" })).toMatchObject({ ok: false });
    const loose = clipOf(layout, ["subnet/voip/10.10.30.0/24"]);
    expect(loose && pasteClip(layout, loose, { zone: "corp", vnet: null, subnets: "keep" })).toMatchObject({
      ok: false,
    });
    expect(clipOf(layout, ["vnet/gone"])).toBeNull();
  });
});

it("takes a zone with everything in it, and makes no clash of ids, tags or networks", () => {
  void fc.assert(
    fc.property(layoutArbitrary, (drawn) => {
      const zone = drawn.zones[0];
      const clip = zone && clipOf(drawn, [`zone/${zone.id}`]);
      if (!clip) return;
      const pasted = pasteClip(drawn, clip, { zone: null, vnet: null, subnets: "free" });
      if (!pasted.ok) return;
      const { layout: after, keys } = pasted.value;
      expect(after.vnets.length - drawn.vnets.length).toBe(clip.vnets.length);
      expect(after.subnets.length - drawn.subnets.length).toBe(clip.subnets.length);
      expect(keys).toHaveLength(1 + clip.vnets.length + clip.subnets.length);
      const clashes = new Set(["id-duplicate", "subnet-overlap", "subnet-duplicate"]);
      const before = validateLayout(drawn).filter(({ code }) => clashes.has(code)).length;
      expect(validateLayout(after).filter(({ code }) => clashes.has(code))).toHaveLength(before);
    }),
    { numRuns: 100 },
  );
});
