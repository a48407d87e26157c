import { describe, expect, it } from "vitest";
import { subnetKey } from "@/lib/core/plan/entity";
import { gatewayPlace, placesOf, readPlaces, setGateways, setRangePlaces, setServedOfAll, shiftVnetTags } from "./bulk";
import type { Layout } from "./model";

const LAYOUT: Layout = {
  version: 1,
  name: "bulk",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "nat", type: "simple" },
  ],
  vnets: [
    { id: "a", zone: "corp", tag: 10 },
    { id: "b", zone: "corp", tag: 4000 },
    { id: "c", zone: "nat" },
  ],
  subnets: [
    { vnet: "a", cidr: "10.0.0.0/24", gateway: "10.0.0.1" },
    { vnet: "b", cidr: "10.0.2.0/23", gateway: "10.0.3.254" },
    { vnet: "c", cidr: "10.0.9.0/28", gateway: "10.0.9.5", snat: true },
  ],
};
const keys = new Set(LAYOUT.subnets.map(({ vnet, cidr }) => subnetKey(vnet, cidr)));

describe("many tags", () => {
  it("move by the same number, and VNets without one stay without", () => {
    expect(shiftVnetTags(LAYOUT, new Set(["a", "c"]), 90)).toMatchObject({
      value: { vnets: [{ tag: 100 }, { tag: 4000 }, { id: "c" }] },
    });
    expect(shiftVnetTags(LAYOUT, new Set(["a"]), 0)).toEqual({ ok: true, value: LAYOUT });
  });

  it.each([
    [95, "b would get tag 4095; tags go from 1 to 4094."],
    [-10, "a would get tag 0; tags go from 1 to 4094."],
  ])("%i leaves the range, so none is moved", (step, error) => {
    expect(shiftVnetTags(LAYOUT, new Set(["a", "b"]), step)).toEqual({ ok: false, error });
  });
});

describe("many gateways", () => {
  it("are told by their place", () => expect(LAYOUT.subnets.map(gatewayPlace)).toEqual(["first", "last", "other"]));

  it.each([
    ["first", ["10.0.0.1", "10.0.2.1", "10.0.9.1"]],
    ["last", ["10.0.0.254", "10.0.3.254", "10.0.9.14"]],
    ["none", [undefined, undefined, undefined]],
  ] as const)("get the %s address of their own network", (place, gateways) => {
    expect(setGateways(LAYOUT, keys, place).subnets.map(({ gateway }) => gateway)).toEqual(gateways);
  });
});

describe("many ranges", () => {
  it.each([
    [".120 - .220", { from: 120, to: 220 }],
    ["10-20", { from: 10, to: 20 }],
    ["", null],
  ])("are written as %j", (text, value) => expect(readPlaces(text)).toEqual({ ok: true, value }));

  it.each([".220 - .120", "10.0.0.1 - 10.0.0.9", ".120"])("are not written as %j", (text) => {
    expect(readPlaces(text).ok).toBe(false);
  });

  it("lie at the same places, are stored where the zone has them, and leave out networks that are too small", () => {
    const { layout, left } = setRangePlaces(LAYOUT, keys, { from: 120, to: 220 });
    expect(left).toEqual(["10.0.9.0/28"]);
    expect(layout.hostServices).toEqual([
      { vnet: "a", cidr: "10.0.0.0/24", dhcp: { ranges: [{ start: "10.0.0.120", end: "10.0.0.220" }] } },
      { vnet: "b", cidr: "10.0.2.0/23", dhcp: { ranges: [{ start: "10.0.2.120", end: "10.0.2.220" }] } },
    ]);
    const small = setRangePlaces(LAYOUT, keys, { from: 4, to: 9 }).layout;
    expect(small.subnets[2]?.["dhcp-range"]).toEqual([{ "start-address": "10.0.9.4", "end-address": "10.0.9.9" }]);
    expect(placesOf("10.0.9.0/28", [{ start: "10.0.9.4", end: "10.0.9.9" }])).toBe(".4 - .9");
    const gone = setRangePlaces(layout, keys, null).layout;
    expect(gone.hostServices?.map(({ dhcp }) => dhcp?.ranges)).toEqual([undefined, undefined]);
  });
});

it("turns SNAT and DNS on where each zone has them, and takes them away again", () => {
  const on = setServedOfAll(LAYOUT, keys, { snat: true, dnsServers: ["9.9.9.9", "1.1.1.1"] });
  expect(on.subnets[2]).toMatchObject({ snat: true, "dhcp-dns-server": "9.9.9.9" });
  expect(on.subnets[0]).toEqual(LAYOUT.subnets[0]);
  expect(on.hostServices?.map(({ vnet, snat }) => [vnet, snat])).toEqual([
    ["a", true],
    ["b", true],
  ]);
  const off = setServedOfAll(on, keys, { snat: false, dnsServers: [] });
  expect(off.subnets[2]).toEqual({ vnet: "c", cidr: "10.0.9.0/28", gateway: "10.0.9.5" });
  expect(off.hostServices?.every(({ snat, dhcp }) => snat === false && dhcp?.dnsServers === undefined)).toBe(true);
});
