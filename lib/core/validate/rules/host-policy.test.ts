import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { HostService, Layout } from "@/lib/core/layout/model";
import { EVPN, errorsOf, FACTS, hosted, judged, layoutOf } from "../sample-layouts";
import { validateLayout } from "../validate";

const V6 = { cidr: "2001:db8:10::/64", gateway: "2001:db8:10::1" };
/** The VLAN layout with an IPv6 subnet instead. */
const six = (service: Partial<HostService>, cidr = V6.cidr): Layout => {
  const layout = hosted({ ...service, cidr }, { ...V6, cidr });
  return layout;
};
/** A second subnet of the VNet with its own service. */
const withSecond = (layout: Layout, service: Partial<HostService>): Layout => ({
  ...layout,
  subnets: [...layout.subnets, { vnet: "vnetmgmt", cidr: "10.11.0.0/24", gateway: "10.11.0.1" }],
  hostServices: [
    ...(layout.hostServices ?? []),
    { vnet: "vnetmgmt", cidr: "10.11.0.0/24", gatewayNode: "pve1", ...service },
  ],
});

describe("SNAT exclusions", () => {
  it.each<[string, Partial<HostService>, string[]]>([
    ["networks", { snat: true, snatExclude: ["10.0.0.0/8", "192.168.0.0/16"] }, []],
    [
      "a network with host bits",
      { snat: true, snatExclude: ["10.0.0.1/8"] },
      ["error snat-exclude-invalid snatExclude"],
    ],
    ["a name", { snat: true, snatExclude: ["intern"] }, ["error snat-exclude-invalid snatExclude"]],
    ["the other family", { snat: true, snatExclude: ["fd00::/8"] }, ["error snat-exclude-invalid snatExclude"]],
    [
      "one twice",
      { snat: true, snatExclude: ["10.0.0.0/8", "10.0.0.0/8"] },
      ["error snat-exclude-invalid snatExclude"],
    ],
    ["everything", { snat: true, snatExclude: ["0.0.0.0/0"] }, ["error snat-exclude-invalid snatExclude"]],
    ["networks without SNAT", { snatExclude: ["10.0.0.0/8"] }, ["warning snat-exclude-invalid snatExclude"]],
  ])("%s", (_, service, expected) => {
    expect(judged(hosted(service))).toEqual(expected);
  });
});

describe("guard exceptions", () => {
  it.each<[string, Partial<HostService>, string[]]>([
    ["a port", { guardExceptions: [{ protocol: "tcp", port: 22 }] }, []],
    [
      "both protocols",
      {
        guardExceptions: [
          { protocol: "tcp", port: 53 },
          { protocol: "udp", port: 53 },
        ],
      },
      [],
    ],
    ["port 0", { guardExceptions: [{ protocol: "tcp", port: 0 }] }, ["error guard-exception-invalid guardExceptions"]],
    [
      "half a port",
      { guardExceptions: [{ protocol: "udp", port: 1.5 }] },
      ["error guard-exception-invalid guardExceptions"],
    ],
    [
      "one twice",
      {
        guardExceptions: [
          { protocol: "tcp", port: 22 },
          { protocol: "tcp", port: 22 },
        ],
      },
      ["error guard-exception-invalid guardExceptions"],
    ],
    [
      "no guard",
      { guard: false, guardExceptions: [{ protocol: "tcp", port: 22 }] },
      ["warning guard-exception-invalid guardExceptions"],
    ],
  ])("%s", (_, service, expected) => {
    expect(judged(hosted(service))).toEqual(expected);
  });
});

describe("what belongs to the VNet", () => {
  it.each<[string, Partial<HostService>, Partial<HostService>, string[]]>([
    ["said once", { guard: false, forward: "deny" }, {}, []],
    ["said twice alike", { forward: "deny" }, { forward: "deny" }, []],
    ["guard on and off", { guard: true }, { guard: false }, ["host-services-differ guard"]],
    ["forward both ways", { forward: "allow" }, { forward: "deny" }, ["host-services-differ forward"]],
  ])("%s", (_, first, second, expected) => {
    const layout = withSecond(hosted(first), second);
    expect(errorsOf(layout)).toEqual(expected);
    const [found] = validateLayout(layout);
    expect(found?.fix ? errorsOf(applyFix(layout, found.fix)) : []).toEqual([]);
  });
});

describe("router advertisements", () => {
  it.each<[string, Layout, string[]]>([
    ["SLAAC", six({ ra: "slaac" }), []],
    ["stateful with DHCP", six({ ra: "stateful", dhcp: {} }), []],
    ["stateless with DHCP", six({ ra: "stateless", dhcp: {} }), []],
    ["stateless alone", six({ ra: "stateless" }), []],
    ["none", six({}), []],
    ["on IPv4", hosted({ ra: "slaac" }), ["ra-invalid ra"]],
    ["stateful without DHCP", six({ ra: "stateful" }), ["ra-invalid ra"]],
    ["DHCP without advertisements", six({ dhcp: {} }), ["ra-invalid ra"]],
    ["SLAAC beside DHCP", six({ ra: "slaac", dhcp: {} }), ["ra-invalid ra"]],
    ["in a /56", six({ ra: "slaac" }, "2001:db8:10::/56"), ["ra-invalid ra"]],
    ["DHCP in a /80", six({ dhcp: {} }, "2001:db8:10::/80"), ["ra-invalid dhcp"]],
  ])("%s", (_, layout, expected) => {
    expect(errorsOf(layout)).toEqual(expected);
  });

  it("each repair repairs", () => {
    for (const layout of [
      hosted({ ra: "slaac" }),
      six({ ra: "stateful" }),
      six({ dhcp: {} }),
      six({ ra: "slaac", dhcp: {} }),
    ]) {
      const fix = validateLayout(layout)[0]?.fix;
      expect(fix && errorsOf(applyFix(layout, fix))).toEqual([]);
    }
  });
});

describe("DHCP options", () => {
  /** Two names that take so many bytes in the option. */
  const bytes = (count: number) => [63, count - 63].map((each) => domainOf(each - 2));
  const domainOf = (length: number) => "a".repeat(length).replace(/.{60}(?=..)/g, (part) => `${part.slice(1)}.`);
  const four = (options: NonNullable<HostService["dhcp"]>["options"] & object) => hosted({ dhcp: { options } });
  it.each<[string, Layout, number]>([
    [
      "every one of them",
      four({ "ntp-servers": ["10.10.0.1"], search: ["x.local"], mtu: 1450, "boot-file": "pxe/a.0" }),
      0,
    ],
    ["routes", four({ "static-routes": [{ destination: "10.60.0.0/16", via: "10.10.0.9" }] }), 0],
    ["a default route", four({ "static-routes": [{ destination: "0.0.0.0/0", via: "10.10.0.1" }] }), 0],
    [
      "a route through another subnet",
      four({ "static-routes": [{ destination: "10.60.0.0/16", via: "10.11.0.9" }] }),
      1,
    ],
    ["a server by name", four({ "tftp-server": "boot.x.local" }), 0],
    ["an unknown one", four({ "dhcp-script": "/bin/sh" }), 1],
    ["a line break in a path", four({ "boot-file": "a\ndhcp-script=/bin/sh" }), 1],
    ["a quote in a name", four({ "tftp-server": 'a"b' }), 1],
    ["a route with host bits", four({ "static-routes": [{ destination: "10.60.0.1/16", via: "10.10.0.9" }] }), 1],
    ["a route as a text", four({ "static-routes": ["10.60.0.0/16"] }), 1],
    ["an IPv6 time server on IPv4", four({ "ntp-servers": ["2001:db8::1"] }), 1],
    ["a huge MTU", four({ mtu: 1_000_000 }), 1],
    ["an empty list", four({ search: [] }), 1],
    ["search domains of 255 bytes", four({ search: bytes(255) }), 0],
    ["search domains of 256 bytes", four({ search: bytes(256) }), 1],
    ["search domains of 256 bytes on IPv6", six({ ra: "stateful", dhcp: { options: { search: bytes(256) } } }), 0],
    ["the MTU on IPv6", six({ ra: "stateful", dhcp: { options: { mtu: 1450 } } }), 1],
  ])("%s", (_, layout, faults) => {
    expect(errorsOf(layout)).toEqual(Array.from({ length: faults }, () => "dhcp-option-invalid dhcp.options"));
  });

  it("a name server is of the subnet's family", () => {
    expect(errorsOf(hosted({ dhcp: { dnsServers: ["2001:db8::53"] } }))).toEqual([
      "dns-server-invalid dhcp.dnsServers",
    ]);
    expect(errorsOf(six({ ra: "stateful", dhcp: { dnsServers: ["2001:db8::53"] } }))).toEqual([]);
    expect(errorsOf(six({ ra: "stateful", dhcp: { dnsServers: ["::"] } }))).toEqual([
      "dns-server-invalid dhcp.dnsServers",
    ]);
  });
});

it("an agent keeps out of EVPN zones, and a guest may serve them", () => {
  const layout = layoutOf({
    zones: [EVPN],
    vnets: [{ id: "web", zone: "ev", tag: 200 }],
    subnets: [{ vnet: "web", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }],
    hostServices: [{ vnet: "web", cidr: "10.10.0.0/24", gatewayNode: "pve1", dhcp: {} }],
  });
  expect(judged(layout)).toEqual(["warning host-service-unsupported provider"]);
  const fix = validateLayout(layout)[0]?.fix;
  expect(fix && judged(applyFix(layout, fix))).toEqual([]);
});

describe("leases and reservations", () => {
  it.each([
    ["2m", []],
    ["120s", []],
    ["119s", ["lease-invalid dhcp.lease"]],
    ["1m", ["lease-invalid dhcp.lease"]],
    ["24h", []],
  ])("a lease of %s", (lease, expected) => {
    const layout = hosted({ dhcp: { lease } });
    expect(errorsOf(layout)).toEqual(expected);
    const fix = validateLayout(layout)[0]?.fix;
    expect(fix ? errorsOf(applyFix(layout, fix)) : []).toEqual([]);
  });

  it("one address is reserved once, however it is spelled", () => {
    const reservations = [
      { mac: "bc:24:11:00:00:01", ip: "2001:db8:10::5" },
      { mac: "bc:24:11:00:00:02", ip: "2001:DB8:10:0::0005" },
    ];
    expect(errorsOf(six({ ra: "stateful", dhcp: { reservations } }))).toEqual([
      "reservation-duplicate dhcp.reservations",
    ]);
  });

  it.each([30, 31, 32, 29, 24, 16])("a /%i has room for DHCP or says that it has not", (prefix) => {
    const cidr = `10.10.0.0/${prefix}`;
    const gateway = prefix > 30 ? "10.10.0.0" : "10.10.0.1";
    const expected = prefix > 30 ? ["range-no-room dhcp"] : [];
    expect(errorsOf(hosted({ cidr, dhcp: {} }, { cidr, gateway }))).toEqual(expected);
  });
});

it("an uplink that the gateway node does not have is warned of", () => {
  expect(judged(hosted({ uplink: "vmbr9" }), FACTS)).toEqual(["warning uplink-invalid uplink"]);
  expect(judged(hosted({ uplink: "vmbr0" }), FACTS)).toEqual([]);
  expect(judged(hosted({ uplink: "vmbr9" }))).toEqual([]);
});
