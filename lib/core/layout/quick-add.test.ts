import { describe, expect, it } from "vitest";
import type { Layout } from "./model";
import { addQuickAdded, nextQuickAdd, parseQuickAdd } from "./quick-add";

const LAYOUT: Layout = {
  version: 1,
  name: "office",
  zones: [
    { id: "office", type: "vlan", bridge: "vmbr0" },
    { id: "lab", type: "simple" },
    { id: "vx", type: "vxlan", peers: ["192.0.2.11"] },
  ],
  vnets: [{ id: "mgmt", zone: "office", tag: 10 }],
  subnets: [{ vnet: "mgmt", cidr: "10.10.10.0/24", gateway: "10.10.10.1" }],
};

const SUBNET = { vnet: "voip", cidr: "10.10.30.0/24" };
const VNET = { id: "voip", zone: "office", tag: 30 };

describe("parseQuickAdd", () => {
  it.each([
    ["30 voip 10.10.30.0/24", { vnet: VNET, subnet: { ...SUBNET, gateway: "10.10.30.1" } }],
    ["10.10.30.0/24 voip 30", { vnet: VNET, subnet: { ...SUBNET, gateway: "10.10.30.1" } }],
    ["30 voip 10.10.30.0/24 gw .254", { vnet: VNET, subnet: { ...SUBNET, gateway: "10.10.30.254" } }],
    ["gw=10.10.30.7 30 voip 10.10.30.0/24", { vnet: VNET, subnet: { ...SUBNET, gateway: "10.10.30.7" } }],
    ["30 voip 10.10.30.0/24 gw none", { vnet: VNET, subnet: SUBNET }],
    ['30 voip "Phones, 1. OG"', { vnet: { ...VNET, alias: "Phones, 1. OG" } }],
    ["30 voip", { vnet: VNET }],
    ["voip", { vnet: { ...VNET, tag: 11 } }],
    ["40", { vnet: { id: "vnet40", zone: "office", tag: 40 } }],
    ["10.9.0.0/31 30 voip", { vnet: VNET, subnet: { vnet: "voip", cidr: "10.9.0.0/31", gateway: "10.9.0.0" } }],
    ["30 voip 10.9.0.5/32", { vnet: VNET, subnet: { vnet: "voip", cidr: "10.9.0.5/32" } }],
    [
      "30 voip 2001:DB8:30::/64",
      { vnet: VNET, subnet: { vnet: "voip", cidr: "2001:db8:30::/64", gateway: "2001:db8:30::1" } },
    ],
  ])("reads %s", (text, added) => {
    expect(parseQuickAdd(LAYOUT, "office", text)).toEqual({ ok: true, value: added });
  });

  it("gives VNets of a simple zone no tag", () => {
    expect(parseQuickAdd(LAYOUT, "lab", "play 10.1.0.0/24")).toMatchObject({
      ok: true,
      value: { vnet: { id: "play", zone: "lab" } },
    });
    expect(parseQuickAdd(LAYOUT, "lab", "30 play")).toMatchObject({ ok: false, error: { at: 0 } });
  });

  it.each([
    ["", 0, "30 voip 10.10.30.0/24"],
    ["voip 4095", 5, "1 to 4094"],
    ["10.5 voip", 0, "whole number"],
    ["30 voip-1", 3, "voip1"],
    ["30 telephony", 3, "telephon"],
    ["30 voip phones", 8, "quotes"],
    ["30 40 voip", 3, "second tag"],
    ["30 voip 10.10.30.5/24", 8, "10.10.30.0/24"],
    ["30 voip 10.10.30.0", 8, "prefix length"],
    ["30 voip 10.10.30.0/24 gw", 22, "gw .1"],
    ["30 voip 10.10.30.0/24 gw x", 25, "gw none"],
    ["30 voip 10.10.30.0/28 gw .77", 25, "outside"],
    ["30 voip gw .1", 11, "network"],
    ['30 voip "Phones', 8, "closing quote"],
  ])("says where %j goes wrong and what to do", (text, at, hint) => {
    const result = parseQuickAdd(LAYOUT, "office", text);
    expect(result).toMatchObject({ ok: false, error: { at } });
    expect(result.ok ? "" : result.error.message).toContain(hint);
  });

  it("refuses a zone that is not there", () => {
    expect(parseQuickAdd(LAYOUT, "nowhere", "30 voip").ok).toBe(false);
  });
});

describe("nextQuickAdd", () => {
  it.each([
    ["office", "30 voip 10.10.30.0/24", "31 10.10.31.0/24"],
    ["office", "30 voip 10.30.0.0/24", "31 10.31.0.0/24"],
    ["office", "30 voip 192.168.7.0/24", "31 192.168.8.0/24"],
    ["office", "9 voip 10.10.9.0/24", "11 10.10.11.0/24"],
    ["office", "30 voip", "31"],
    ["lab", "play 10.1.0.0/24", "10.1.1.0/24"],
    ["vx", "100100 over 10.1.0.0/24", "100101 10.1.1.0/24"],
  ])("offers in %s after %s the line %s", (zone, text, next) => {
    const added = parseQuickAdd(LAYOUT, zone, text);
    if (!added.ok) throw new Error(added.error.message);
    expect(nextQuickAdd(addQuickAdded(LAYOUT, added.value), added.value)).toBe(next);
  });

  it("offers lines that can be added one after the other", () => {
    let layout = LAYOUT;
    let line = "20 10.10.20.0/24";
    for (let count = 0; count < 300; count++) {
      const added = parseQuickAdd(layout, "office", line);
      if (!added.ok) throw new Error(added.error.message);
      layout = addQuickAdded(layout, added.value);
      line = nextQuickAdd(layout, added.value);
    }
    expect(new Set(layout.vnets.map((vnet) => vnet.tag)).size).toBe(301);
    expect(new Set(layout.subnets.map((subnet) => subnet.cidr)).size).toBe(301);
  });
});
