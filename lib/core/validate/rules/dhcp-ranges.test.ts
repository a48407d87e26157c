import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { HostService, Layout } from "@/lib/core/layout/model";
import { errorsOf, hosted, judged, ranged } from "../sample-layouts";
import { validateLayout } from "../validate";

describe("DHCP ranges (A10)", () => {
  const CASES: [string, [string, string][], string[]][] = [
    ["a good one", [["10.10.0.120", "10.10.0.220"]], []],
    ["reversed", [["10.10.0.220", "10.10.0.120"]], ["range-reversed"]],
    ["with the gateway", [["10.10.0.1", "10.10.0.50"]], ["range-holds-gateway"]],
    ["past the end", [["10.10.0.120", "10.10.1.5"]], ["range-outside"]],
    ["elsewhere", [["10.20.0.120", "10.20.0.130"]], ["range-outside"]],
    ["of IPv6", [["2001:db8::1", "2001:db8::9"]], ["range-outside"]],
    [
      "overlapping",
      [
        ["10.10.0.100", "10.10.0.150"],
        ["10.10.0.140", "10.10.0.200"],
      ],
      ["range-overlap"],
    ],
    ["with the network address", [["10.10.0.0", "10.10.0.50"]], ["range-holds-network"]],
    ["with the broadcast address", [["10.10.0.200", "10.10.0.255"]], ["range-holds-network"]],
    ["that is no address", [["10.10.0.300", "10.10.0.120"]], ["range-invalid"]],
    ["half empty", [["10.10.0.120", ""]], ["range-invalid"]],
    ["mixing families", [["10.10.0.120", "2001:db8::1"]], ["range-invalid"]],
    [
      "two good ones",
      [
        ["10.10.0.10", "10.10.0.19"],
        ["10.10.0.20", "10.10.0.29"],
      ],
      [],
    ],
  ];

  it.each(CASES)("on a simple zone: %s", (_, ranges, codes) => {
    expect(errorsOf(ranged("10.10.0.0/24", "10.10.0.1", ...ranges))).toEqual(codes.map((code) => `${code} dhcp-range`));
  });

  it.each(CASES)("in host services: %s", (_, ranges, codes) => {
    const dhcp = { ranges: ranges.map(([start, end]) => ({ start, end })) };
    expect(errorsOf(hosted({ dhcp }))).toEqual(codes.map((code) => `${code} dhcp.ranges`));
  });

  it.each(CASES.filter(([, ranges, codes]) => ranges.length === 1 && codes.length > 0))(
    "repair works for one %s",
    (_, ranges) => {
      const dhcp = { ranges: ranges.map(([start, end]) => ({ start, end })) };
      for (const layout of [ranged("10.10.0.0/24", "10.10.0.1", ...ranges), hosted({ dhcp })]) {
        const fix = validateLayout(layout)[0]?.fix;
        expect(fix && errorsOf(applyFix(layout, fix))).toEqual([]);
      }
    },
  );

  it("offers a range that fits a /26", () => {
    const layout = ranged("10.10.0.0/26", "10.10.0.1", ["10.10.0.120", "10.10.0.220"]);
    const [found] = validateLayout(layout);
    expect(found?.code).toBe("range-outside");
    expect(found?.message).toContain("10.10.0.30 to 10.10.0.55");
  });

  it("DHCP without any range needs room for the default one", () => {
    expect(errorsOf(hosted({ dhcp: {} }))).toEqual([]);
    const tiny = hosted({ cidr: "10.10.0.0/31", dhcp: {} }, { cidr: "10.10.0.0/31", gateway: "10.10.0.0" });
    expect(errorsOf(tiny)).toEqual(["range-no-room dhcp"]);
  });

  it.each([
    ["24", "24h"],
    ["", "24h"],
    ["24x", "24h"],
    ["0h", "24h"],
    ["24h\ndhcp-script=/bin/x", "24h"],
  ])("lease %j needs a number and a unit", (lease, offer) => {
    const layout = hosted({ dhcp: { lease } });
    const [found] = validateLayout(layout);
    expect(errorsOf(layout)).toEqual(["lease-invalid dhcp.lease"]);
    expect(found?.fix).toMatchObject({ value: offer });
    expect(found?.fix && errorsOf(applyFix(layout, found.fix))).toEqual([]);
  });

  it.each(["24h", "7d", "300s", "90m"])("lease %s is fine", (lease) => {
    expect(judged(hosted({ dhcp: { lease } }))).toEqual([]);
  });

  const MAC = "bc:24:11:00:00:01";
  it.each<[string, { mac: string; ip: string; hostname?: string }[], string[]]>([
    ["a good one", [{ mac: MAC, ip: "10.10.0.5", hostname: "bastion" }], []],
    ["address .300", [{ mac: MAC, ip: "10.10.0.300" }], ["reservation-invalid"]],
    ["outside", [{ mac: MAC, ip: "10.11.0.5" }], ["reservation-invalid"]],
    ["the gateway", [{ mac: MAC, ip: "10.10.0.1" }], ["reservation-invalid"]],
    ["the broadcast address", [{ mac: MAC, ip: "10.10.0.255" }], ["reservation-invalid"]],
    ["a bad MAC", [{ mac: "bc:24:11", ip: "10.10.0.5" }], ["reservation-invalid"]],
    ["a MAC of zeros", [{ mac: "00:00:00:00:00:00", ip: "10.10.0.5" }], ["reservation-invalid"]],
    ["a multicast MAC", [{ mac: "01:00:5E:00:00:01", ip: "10.10.0.5" }], ["reservation-invalid"]],
    ["the broadcast MAC", [{ mac: "ff-ff-ff-ff-ff-ff", ip: "10.10.0.5" }], ["reservation-invalid"]],
    ["a bad host name", [{ mac: MAC, ip: "10.10.0.5", hostname: "a b" }], ["reservation-invalid"]],
    [
      "an address for two",
      [
        { mac: MAC, ip: "10.10.0.130" },
        { mac: "bc:24:11:00:00:02", ip: "10.10.0.130" },
      ],
      ["reservation-duplicate"],
    ],
    [
      "a MAC twice, spelt differently",
      [
        { mac: MAC, ip: "10.10.0.5" },
        { mac: "BC-24-11-00-00-01", ip: "10.10.0.6" },
      ],
      ["reservation-duplicate"],
    ],
  ])("reservation: %s", (_, reservations, codes) => {
    expect(errorsOf(hosted({ dhcp: { reservations } }))).toEqual(codes.map((code) => `${code} dhcp.reservations`));
  });

  it("a gateway as DNS server is told: the agent answers no DNS; a router guest may", () => {
    const dhcp = { dnsServers: ["10.10.0.1", "9.9.9.9"] };
    const codes = (layout: Layout) => validateLayout(layout).map(({ code, field }) => `${code} ${field}`);
    expect(codes(hosted({ dhcp }))).toContain("dns-server-is-gateway dhcp.dnsServers");
    expect(codes(hosted({ dhcp: { dnsServers: ["10.10.0.2"] } }))).toEqual([]);
    expect(codes(hosted({ dhcp, provider: "guest" })).join()).not.toContain("dns-server-is-gateway");
  });

  it.each<[HostService["dhcp"] & object, string]>([
    [{ domain: "lab\ndhcp-script=/bin/x" }, "domain-invalid dhcp.domain"],
    [{ dnsServers: ["dns.google"] }, "dns-server-invalid dhcp.dnsServers"],
    [{ dnsServers: ["0.0.0.0"] }, "dns-server-invalid dhcp.dnsServers"],
    [{ options: { ntp: "10.0.0.1\nx" } }, "dhcp-option-invalid dhcp.options"],
    [{ options: { "Not ok": 1 } }, "dhcp-option-invalid dhcp.options"],
  ])("%j is refused", (dhcp, expected) => {
    expect(errorsOf(hosted({ dhcp }))).toEqual([expected]);
  });
});
