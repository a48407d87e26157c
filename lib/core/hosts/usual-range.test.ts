import { describe, expect, it } from "vitest";
import type { HostService, Subnet } from "@/lib/core/layout/model";
import { usualRangeOf } from "./usual-range";

describe("the usual range", () => {
  const subnet: Subnet = { vnet: "vnetmgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" };
  const six: Subnet = { vnet: "vnetmgmt", cidr: "2001:db8::/64", gateway: "2001:db8::1" };
  const reservations = [{ mac: "bc:24:11:00:00:01", ip: "10.10.0.5" }];
  const usual = "10.10.0.120 10.10.0.220";
  it.each<[string, Partial<HostService>, Subnet, string | null]>([
    ["no ranges", { dhcp: {} }, subnet, usual],
    ["an empty list", { dhcp: { ranges: [] } }, subnet, usual],
    ["no ranges beside reservations", { dhcp: { reservations } }, subnet, usual],
    ["an empty list beside reservations", { dhcp: { reservations, ranges: [] } }, subnet, null],
    ["a range", { dhcp: { ranges: [{ start: "10.10.0.2", end: "10.10.0.9" }] } }, subnet, null],
    ["no DHCP", {}, subnet, null],
    ["DHCP of a guest", { provider: "guest", dhcp: {} }, subnet, null],
    ["a gateway in its place", { dhcp: {} }, { ...subnet, gateway: "10.10.0.120" }, "10.10.0.121 10.10.0.220"],
    ["DHCPv6 for addresses", { ra: "stateful", dhcp: {} }, six, "2001:db8::1000 2001:db8::1fff"],
    ["DHCPv6 for name servers alone", { ra: "stateless", dhcp: {} }, six, null],
    ["a network that is none", { dhcp: {} }, { ...subnet, cidr: "10.10.0.0" }, null],
  ])("with %s", (_, more, place, expected) => {
    const range = usualRangeOf({ vnet: place.vnet, cidr: place.cidr, ...more }, place);
    expect(range && `${range.start} ${range.end}`).toBe(expected);
  });
});
