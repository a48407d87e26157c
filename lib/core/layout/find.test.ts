import * as fc from "fast-check";
import { expect, it } from "vitest";
import type { GuestNic } from "@/lib/core/ports";
import { layoutArbitrary } from "./arbitrary";
import { findInLayout, keysFound } from "./find";
import type { Layout } from "./model";

const layout: Layout = {
  version: 1,
  name: "find",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "metro", type: "qinq", bridge: "vmbr0", tag: 30 },
  ],
  vnets: [
    { id: "voip", zone: "corp", tag: 30, alias: "Phones" },
    { id: "office", zone: "corp", tag: 130 },
    { id: "cust", zone: "metro", tag: 5 },
  ],
  subnets: [
    { vnet: "voip", cidr: "10.10.30.0/24", gateway: "10.10.30.1" },
    { vnet: "office", cidr: "10.10.0.0/20" },
    { vnet: "cust", cidr: "2001:db8::/64" },
  ],
};
const guest: GuestNic = {
  vmid: 101,
  name: "web01",
  type: "qemu",
  node: "pve1",
  running: true,
  template: false,
  nic: "net0",
  bridge: "cust",
  tag: null,
  mac: "BC:24:11:00:00:01",
};
const found = (text: string) => findInLayout(layout, text, [guest]).map(({ key }) => key);

it.each([
  ["30", ["zone/metro", "vnet/voip", "subnet/voip/10.10.30.0/24"]],
  ["#30", ["zone/metro", "vnet/voip"]],
  ["100-199", ["vnet/office"]],
  ["VOIP", ["vnet/voip"]],
  ["phon", ["vnet/voip"]],
  ["qinq", ["zone/metro"]],
  ["10.10.30.7", ["subnet/voip/10.10.30.0/24"]],
  ["10.10.4.0/24", ["subnet/office/10.10.0.0/20"]],
  ["10.10.0.0/16", ["subnet/voip/10.10.30.0/24", "subnet/office/10.10.0.0/20"]],
  ["2001:db8::42", ["subnet/cust/2001:db8::/64"]],
  ["10.10.30.1", ["subnet/voip/10.10.30.0/24"]],
  ["web01", ["vnet/cust"]],
  ["101", ["vnet/cust"]],
  ["bc:24:11", ["vnet/cust"]],
  ["", []],
  ["nothing like it", []],
])("%s finds its objects, the best first", (text, keys) => {
  expect(found(text).slice().sort()).toEqual(keys.slice().sort());
  const ranks = findInLayout(layout, text, [guest]).map(({ rank }) => rank);
  expect(ranks).toEqual(ranks.slice().sort());
});

it("shows a VNet with its subnet, and all of a zone that answers", () => {
  expect([...(keysFound(layout, "10.10.30.7") ?? [])].sort()).toEqual(["subnet/voip/10.10.30.0/24", "vnet/voip"]);
  expect(keysFound(layout, "corp")).toEqual(
    new Set(["zone/corp", "vnet/voip", "vnet/office", "subnet/voip/10.10.30.0/24", "subnet/office/10.10.0.0/20"]),
  );
  expect(keysFound(layout, " ")).toBeNull();
});

it("finds every object by its own name, whatever the layout", () => {
  void fc.assert(
    fc.property(layoutArbitrary, (drawn) => {
      const keysOf = (text: string) => findInLayout(drawn, text).map(({ key }) => key);
      for (const { id } of drawn.vnets) expect(keysOf(id)).toContain(`vnet/${id}`);
      for (const { vnet, cidr } of drawn.subnets) expect(keysOf(cidr)).toContain(`subnet/${vnet}/${cidr}`);
    }),
    { numRuns: 50 },
  );
});
