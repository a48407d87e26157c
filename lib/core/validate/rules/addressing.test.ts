import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { Subnet } from "@/lib/core/layout/model";
import { errorsOf, FACTS, judged, labWith, layoutOf, SIMPLE } from "../sample-layouts";
import { validateLayout } from "../validate";

describe("addresses (A09)", () => {
  it.each([
    ["10.0.0.0/33", "cidr-invalid"],
    ["300.1.1.0/24", "cidr-invalid"],
    ["fe80::/130", "cidr-invalid"],
    ["", "cidr-invalid"],
    ["10.10.0.0", "cidr-invalid"],
    ["0.0.0.0/0", "cidr-prefix"],
    ["10.0.0.0/7", "cidr-prefix"],
    ["2000::/7", "cidr-prefix"],
    ["10.10.0.5/24", "cidr-host-bits"],
  ])("%j is refused", (cidr, code) => {
    expect(errorsOf(labWith({ cidr }))).toEqual([`${code} cidr`]);
  });

  it("offers the network for an address with host bits", () => {
    const layout = labWith({ cidr: "10.10.0.5/24" });
    const [found] = validateLayout(layout);
    expect(found?.message).toContain("10.10.0.0/24");
    expect(found?.fix && applyFix(layout, found.fix).subnets[0]?.cidr).toBe("10.10.0.0/24");
  });

  it("asks for the usual spelling of IPv6", () => {
    expect(judged(labWith({ cidr: "2001:DB8:0:0::/64" }))).toEqual(["warning address-spelling cidr"]);
  });

  it.each([
    ["10.10.0.0/24", "10.10.0.1", null],
    ["10.10.0.0/24", "10.10.0.254", null],
    ["10.10.0.0/24", "10.10.0.0", "gateway-is-network"],
    ["10.10.0.0/24", "10.10.0.255", "gateway-is-broadcast"],
    ["10.10.0.0/24", "10.11.0.1", "gateway-outside"],
    ["10.10.0.0/24", "2001:db8::1", "gateway-outside"],
    ["10.10.0.0/24", "10.10.0.01", "gateway-invalid"],
    ["10.10.0.0/24", "router", "gateway-invalid"],
    ["10.10.0.0/24", "", "gateway-invalid"],
    ["10.10.0.0/31", "10.10.0.0", null],
    ["10.10.0.0/31", "10.10.0.1", null],
    ["10.10.0.9/32", "10.10.0.9", null],
    ["10.10.0.9/32", "172.16.0.1", null],
    ["10.10.0.9/32", "2001:db8::1", "gateway-outside"],
    ["10.10.0.0/30", "10.10.0.3", "gateway-is-broadcast"],
    ["2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", null],
    ["2001:db8::/64", "fe80::1", "gateway-outside"],
  ])("in %s the gateway %j is %s", (cidr, gateway, code) => {
    expect(errorsOf(labWith({ cidr, gateway }))).toEqual(code === null ? [] : [`${code} gateway`]);
  });

  it("each wrong gateway can be repaired", () => {
    for (const gateway of ["10.10.0.0", "10.10.0.255", "10.11.0.1", ""]) {
      const layout = labWith({ gateway });
      const [found] = validateLayout(layout);
      expect(found?.fix && judged(applyFix(layout, found.fix))).toEqual([]);
    }
  });

  const TWO_ZONES = layoutOf({
    zones: [SIMPLE, { ...SIMPLE, id: "other" }],
    vnets: [
      { id: "big", zone: "lab" },
      { id: "small", zone: "other" },
    ],
    subnets: [
      { vnet: "big", cidr: "10.10.0.0/16" },
      { vnet: "small", cidr: "10.10.5.0/24" },
    ],
  });

  it("an overlap across zones names both", () => {
    const [found, ...more] = validateLayout(TWO_ZONES);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code: "subnet-overlap",
      at: ["subnet/small/10.10.5.0/24", "subnet/big/10.10.0.0/16"],
    });
    expect(found?.message).toContain("10.10.0.0/16 (VNet big, zone lab)");
  });

  it("an overlap within a zone is found too, and a twin is told once", () => {
    expect(errorsOf(labWith({}, { cidr: "10.10.0.128/25" }))).toEqual(["subnet-overlap cidr"]);
    const twin = layoutOf({
      zones: [SIMPLE],
      vnets: [
        { id: "aa", zone: "lab" },
        { id: "bb", zone: "lab" },
      ],
      subnets: ["aa", "bb"].map((one) => ({ vnet: one, cidr: "10.10.0.0/24" })),
    });
    expect(errorsOf(twin)).toEqual(["subnet-duplicate cidr"]);
  });

  const accepted = (more: object = {}) => ({
    problem: "subnet-overlap",
    at: ["subnet/big/10.10.0.0/16", "subnet/small/10.10.5.0/24"],
    reason: "Two customers, never connected",
    ...more,
  });

  it("an overlap can be accepted with a reason, and is then only mentioned", () => {
    const [found, ...more] = validateLayout({ ...TWO_ZONES, exceptions: [accepted()] });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "subnet-overlap", severity: "info" });
    expect(found?.message).toContain("Two customers, never connected");
  });

  it.each([
    ["without a reason", accepted({ reason: " " }), "error exception-without-reason exceptions[0]"],
    [
      "of something that must be mended",
      accepted({ problem: "tag-duplicate" }),
      "error exception-not-allowed exceptions[0]",
    ],
    ["of no problem at all", accepted({ problem: "whatever" }), "error exception-not-allowed exceptions[0]"],
    ["for other objects", accepted({ at: ["subnet/big/10.10.0.0/16"] }), "warning exception-unused exceptions[0]"],
  ])("an exception %s does not help", (_, exception, expected) => {
    const layout = { ...TWO_ZONES, exceptions: [exception] };
    expect(judged(layout)).toContain("error subnet-overlap cidr");
    expect(judged(layout)).toContain(expected);
    const fix = validateLayout(layout).find((found) => found.field === "exceptions[0]")?.fix;
    expect(fix && judged(applyFix(layout, fix))).toEqual(["error subnet-overlap cidr"]);
  });

  it("a subnet does not meet a node's own network", () => {
    const layout = labWith({ cidr: "192.168.1.0/24" });
    expect(judged(layout)).toEqual([]);
    const [found, ...more] = validateLayout(layout, { facts: FACTS });
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "subnet-overlaps-node", severity: "error", field: "cidr" });
    expect(found?.message).toContain("node pve1 has 192.168.1.11/24 on vmbr0");
  });

  it("loopback and link-local networks of nodes are no obstacle", () => {
    expect(judged(labWith({ cidr: "2001:db8::/64" }), FACTS)).toEqual([]);
  });

  it.each<[Partial<Subnet>, string]>([
    [{ "dhcp-dns-server": "dns" }, "dns-server-invalid dhcp-dns-server"],
    [{ dnszoneprefix: "a b" }, "domain-invalid dnszoneprefix"],
  ])("%j is refused", (more, expected) => {
    expect(errorsOf(labWith(more))).toEqual([expected]);
  });
});
