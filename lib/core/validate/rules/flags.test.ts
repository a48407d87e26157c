import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { HostService, Layout, Zone } from "@/lib/core/layout/model";
import { A_ZONE } from "@/lib/core/layout/zone-words";
import { EVPN, errorsOf, hosted, judged, labWith, layoutOf, QINQ, range, ranged, VLAN, VXLAN } from "../sample-layouts";
import { validateLayout } from "../validate";

describe("flags (A11)", () => {
  const bare = (layout: Layout): Layout => ({
    ...layout,
    subnets: layout.subnets.map(({ gateway: _, ...rest }) => rest),
  });

  it.each<[string, Layout, string[]]>([
    ["DHCP of a node without gateway", bare(hosted({ dhcp: {} })), ["dhcp-without-gateway gateway"]],
    ["SNAT of a node without gateway", bare(hosted({ snat: true })), ["snat-without-gateway gateway"]],
    ["SNAT of Proxmox without gateway", labWith({ snat: true }), ["snat-without-gateway gateway"]],
    [
      "DHCP of Proxmox without gateway",
      labWith({ "dhcp-range": [range("10.10.0.120", "10.10.0.220")] }),
      ["dhcp-without-gateway gateway"],
    ],
  ])("%s is one error on the gateway, with its repair", (_, layout, expected) => {
    const [found] = validateLayout(layout);
    expect(errorsOf(layout)).toEqual(expected);
    expect(found?.at[0]).toBe(`subnet/${layout.subnets[0]?.vnet}/10.10.0.0/24`);
    expect(found?.fix && errorsOf(applyFix(layout, found.fix))).toEqual([]);
  });

  it("SNAT with a gateway is fine", () => {
    expect(judged(labWith({ gateway: "10.10.0.1", snat: true }))).toEqual([]);
    expect(judged(hosted({ snat: true, dhcp: {} }))).toEqual([]);
  });

  it.each<[string, Zone]>([
    ["vlan", VLAN],
    ["qinq", QINQ],
    ["vxlan", VXLAN],
  ])("SNAT and DHCP on a %s subnet are not Proxmox's, and move to host services", (_, zone) => {
    const layout = layoutOf({
      zones: [zone],
      vnets: [{ id: "web", zone: zone.id, tag: 200 }],
      subnets: [
        {
          vnet: "web",
          cidr: "10.10.0.0/24",
          gateway: "10.10.0.1",
          snat: true,
          "dhcp-range": [range("10.10.0.120", "10.10.0.220")],
          "dhcp-dns-server": "8.8.8.8",
        },
      ],
    });
    const found = validateLayout(layout);
    expect(found.map((p) => [p.severity, p.code, p.field])).toEqual([
      ["warning", "service-ignored", "snat"],
      ["warning", "service-ignored", "dhcp-range"],
      ["warning", "service-ignored", "dhcp-dns-server"],
    ]);
    expect(found[0]?.message).toContain(`on ${A_ZONE[zone.type]}`);
    const fix = found[0]?.fix;
    const moved = fix ? applyFix(layout, fix) : layout;
    expect(moved.subnets).toEqual([{ vnet: "web", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }]);
    expect(moved.hostServices).toEqual([
      {
        vnet: "web",
        cidr: "10.10.0.0/24",
        ...(zone.bridge ? { uplink: "vmbr0" } : {}),
        snat: true,
        dhcp: { ranges: [{ start: "10.10.0.120", end: "10.10.0.220" }], dnsServers: ["8.8.8.8"] },
      },
    ]);
    expect(judged(moved).filter((text) => text.includes("service-ignored"))).toEqual([]);
  });

  it("a range in a simple zone without DHCP serves nobody", () => {
    const layout = ranged("10.10.0.0/24", "10.10.0.1", ["10.10.0.120", "10.10.0.220"]);
    expect(judged({ ...layout, zones: [{ id: "lab", type: "simple" }] })).toEqual(["warning range-unused dhcp-range"]);
  });

  it("an EVPN subnet may have SNAT, and its DHCP is nobody's", () => {
    const layout = layoutOf({
      zones: [EVPN],
      vnets: [{ id: "web", zone: "ev", tag: 200 }],
      subnets: [
        {
          vnet: "web",
          cidr: "10.10.0.0/24",
          gateway: "10.10.0.1",
          snat: true,
          "dhcp-range": [range("10.10.0.120", "10.10.0.220")],
        },
      ],
    });
    expect(judged(layout)).toEqual(["warning service-ignored dhcp-range"]);
  });

  it.each<[string, HostService["routes"] & object, string[]]>([
    ["via a host of the subnet", [{ destination: "10.60.0.0/16", via: "10.10.0.20" }], []],
    ["via an address nobody has", [{ destination: "10.60.0.0/16", via: "172.16.9.9" }], ["route-unreachable"]],
    ["to the connected network", [{ destination: "10.10.0.0/24", via: "10.10.0.20" }], ["route-connected"]],
    [
      "twice",
      [
        { destination: "10.60.0.0/16", via: "10.10.0.20" },
        { destination: "10.60.0.0/16", via: "10.10.0.21" },
      ],
      ["route-duplicate"],
    ],
    ["via the gateway itself", [{ destination: "10.60.0.0/16", via: "10.10.0.1" }], ["route-invalid"]],
    ["to an address with host bits", [{ destination: "10.60.0.5/16", via: "10.10.0.20" }], ["route-invalid"]],
    ["via a name", [{ destination: "10.60.0.0/16", via: "router" }], ["route-invalid"]],
    ["to everywhere", [{ destination: "0.0.0.0/0", via: "10.10.0.20" }], ["route-invalid"]],
    ["to everywhere in IPv6", [{ destination: "::/0", via: "2001:db8::1" }], ["route-invalid"]],
    ["to half of everything", [{ destination: "128.0.0.0/1", via: "10.10.0.20" }], ["route-invalid"]],
    ["as wide as can be", [{ destination: "10.0.0.0/8", via: "10.10.0.20" }], []],
    ["to multicast", [{ destination: "224.0.0.0/8", via: "10.10.0.20" }], ["route-invalid"]],
    ["mixing families", [{ destination: "2001:db8::/32", via: "10.10.0.20" }], ["route-invalid"]],
  ])("a route %s", (_, routes, codes) => {
    expect(errorsOf(hosted({ routes }))).toEqual(codes.map((code) => `${code} routes`));
  });

  it("a route needs a node that is the gateway", () => {
    const routes = [{ destination: "10.60.0.0/16", via: "10.10.0.20" }];
    expect(errorsOf(hosted({ routes, provider: "edge" }))).toEqual(["route-without-gateway routes"]);
    expect(errorsOf(bare(hosted({ routes })))).toEqual(["route-without-gateway routes"]);
  });
});
