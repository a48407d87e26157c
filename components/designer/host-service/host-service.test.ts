import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { HostService, Layout } from "@/lib/core/layout/model";
import { EVPN, errorsOf, hosted, judged, layoutOf, VXLAN } from "@/lib/core/validate/sample-layouts";
import { validateLayout } from "@/lib/core/validate/validate";
import { exceptionsText, optionsText, parseExceptions, parseOptions } from "./option-text";
import { freshDhcp, freshService, vnetSetting, vnetSettingCommand, withDhcp, withField } from "./service-edits";
import { shownFields } from "./shown-fields";

describe("DHCP options as text", () => {
  it("are read line by line, each in its own way", () => {
    const text = `ntp-servers 10.10.0.1, 10.10.0.2
search: lab.local example.org
static-routes 10.0.0.0/8 via 10.10.0.2, 192.168.0.0/16 via 10.10.0.3
tftp-server = boot.lab.local
boot-file pxe/linux.0
mtu 1450`;
    expect(parseOptions(text)).toEqual({
      ok: true,
      value: {
        "ntp-servers": ["10.10.0.1", "10.10.0.2"],
        search: ["lab.local", "example.org"],
        "static-routes": [
          { destination: "10.0.0.0/8", via: "10.10.0.2" },
          { destination: "192.168.0.0/16", via: "10.10.0.3" },
        ],
        "tftp-server": "boot.lab.local",
        "boot-file": "pxe/linux.0",
        mtu: 1450,
      },
    });
  });

  it.each([
    ["mtu", /no value/],
    ["mtu large", /whole number/],
    ["mtu 1400\nmtu 1500", /twice/],
    ["static-routes 10.0.0.0/8", /not a route/],
  ])("%j is told what is wrong", (text, words) => {
    const read = parseOptions(text);
    expect(read.ok ? "" : read.error).toMatch(words);
  });

  it("keep what they cannot know, for the rules to speak of it", () => {
    const read = parseOptions("dhcp-script /bin/sh");
    expect(read.ok && errorsOf(hosted({ dhcp: { options: read.value } }))).toEqual([
      "dhcp-option-invalid dhcp.options",
    ]);
  });

  it("are written as they are read", () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9.]{0,9}$/);
    const route = fc.record({ destination: fc.constant("10.0.0.0/8"), via: fc.ipV4() });
    const options = fc.record(
      {
        "ntp-servers": fc.array(fc.ipV4(), { minLength: 1 }),
        search: fc.array(word, { minLength: 1 }),
        "static-routes": fc.array(route, { minLength: 1 }),
        "boot-file": word,
        mtu: fc.nat(99_999),
      },
      { requiredKeys: [] },
    );
    void fc.assert(
      fc.property(options, (value) => {
        expect(parseOptions(optionsText(value))).toEqual({ ok: true, value });
      }),
    );
  });
});

it.each([
  [
    "tcp 22\nUDP/53",
    [
      { protocol: "tcp", port: 22 },
      { protocol: "udp", port: 53 },
    ],
  ],
  ["", []],
])("ports of the guard: %j", (text, value) => {
  expect(parseExceptions(text)).toEqual({ ok: true, value });
  expect(parseExceptions(exceptionsText(value as never))).toEqual({ ok: true, value });
});
it.each(["22", "icmp 1", "tcp -1", "tcp"])("%j is no port of the guard", (text) => {
  expect(parseExceptions(text).ok).toBe(false);
});

describe("edits of a service", () => {
  const [service] = hosted().hostServices ?? [];
  if (!service) throw new Error("no service");

  it("leave nothing empty behind", () => {
    const full: HostService = { ...service, dhcp: { lease: "1h", domain: "x", options: { mtu: 1 }, ranges: [] } };
    expect(withDhcp(full, { domain: "", options: {} }).dhcp).toEqual({ lease: "1h", ranges: [] });
    expect(withField(full, "dhcp", undefined)).toEqual(service);
  });

  it("begin without a problem, on IPv4 and IPv6", () => {
    const zone = hosted().zones[0] ?? null;
    for (const [cidr, gateway] of [
      ["10.10.0.0/24", "10.10.0.1"],
      ["2001:db8::/64", "2001:db8::1"],
    ] as const) {
      const layout = hosted({}, { cidr, gateway });
      const fresh = freshService({ ...layout, hostServices: [] }, { vnet: "vnetmgmt", cidr, gateway }, zone, ["pve1"]);
      expect(errorsOf({ ...layout, hostServices: [fresh] })).toEqual([]);
    }
  });

  it.each([
    ["without an uplink", { vnet: "vnetmgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }],
    ["on IPv6 without a gateway", { vnet: "vnetmgmt", cidr: "2001:db8::/64" }],
    ["on IPv6 that is no /64", { vnet: "vnetmgmt", cidr: "2001:db8::/80", gateway: "2001:db8::1" }],
  ])("begin without a problem in a VXLAN zone, %s", (_, subnet) => {
    const layout = layoutOf({
      zones: [VXLAN],
      vnets: [{ id: "vnetmgmt", zone: VXLAN.id, tag: 200 }],
      subnets: [subnet],
    });
    const fresh = freshService(layout, subnet, VXLAN, ["pve1"]);
    expect(fresh.snat).toBeUndefined();
    expect(errorsOf({ ...layout, hostServices: [fresh] })).toEqual([]);
  });

  it("begin with the node, the uplink and the advertisements that the VNet has", () => {
    const subnets = [
      { vnet: "vnetmgmt", cidr: "2001:db8::/64", gateway: "2001:db8::1" },
      { vnet: "vnetmgmt", cidr: "2001:db8:1::/64", gateway: "2001:db8:1::1" },
    ] as const;
    const first: HostService = {
      ...{ vnet: "vnetmgmt", cidr: subnets[0].cidr, gatewayNode: "pve2", uplink: "vmbr7" },
      ...{ ra: "stateful", dhcp: {} },
    };
    const layout = { ...hosted(), subnets: [...subnets], hostServices: [first] };
    const fresh = freshService(layout, subnets[1], layout.zones[0] ?? null, ["pve1"]);
    expect(fresh).toMatchObject({ gatewayNode: "pve2", uplink: "vmbr7", ra: "stateful" });
    expect(errorsOf({ ...layout, hostServices: [first, fresh] })).toEqual([]);
  });

  it("begin with a guest where Proxmox is the gateway of every node", () => {
    const subnet = { vnet: "web", cidr: "10.10.0.0/24", gateway: "10.10.0.1" };
    const layout = layoutOf({ zones: [EVPN], vnets: [{ id: "web", zone: "ev", tag: 200 }], subnets: [subnet] });
    const fresh = freshService(layout, subnet, EVPN, ["pve1"]);
    expect(fresh.provider).toBe("guest");
    expect(judged({ ...layout, hostServices: [fresh] })).toEqual([]);
  });

  it("keep a fresh range away from the gateway", () => {
    expect(freshDhcp({ vnet: "v", cidr: "10.10.0.0/24", gateway: "10.10.0.130" }).ranges).toEqual([
      { start: "10.10.0.131", end: "10.10.0.220" },
    ]);
  });

  it("of the VNet reach every subnet that says something, and one undo step is one command", () => {
    const other: HostService = { ...service, cidr: "10.11.0.0/24", guard: true };
    const silent: HostService = { ...service, cidr: "10.12.0.0/24" };
    const layout = { ...hosted(), hostServices: [service, other, silent] };
    expect(vnetSetting(layout, service, "guard")).toBe(true);
    const after = vnetSettingCommand(service, "guard", false, "Set guard").apply(layout);
    expect(after.hostServices?.map(({ guard }) => guard)).toEqual([false, false, undefined]);
    const back = vnetSettingCommand(service, "guard", undefined, "Set guard").apply(after);
    expect(back.hostServices).toEqual([service, { ...service, cidr: "10.11.0.0/24" }, silent]);
  });
});

describe("the form of a service", () => {
  const whole: Partial<HostService> = {
    ...{ uplink: "lo?", snat: true, snatExclude: ["x"], guardExceptions: [{ protocol: "tcp", port: 0 }] },
    ...{ routes: [{ destination: "x", via: "y" }], ra: "slaac", dhcp: { lease: "x", dnsServers: ["x"] } },
  };
  const fieldsOf = (layout: Layout) =>
    validateLayout(layout)
      .filter(({ at }) => at[0]?.startsWith("host"))
      .map(({ field }) => field);

  it("has a place for whatever can be wrong with it", () => {
    const layout = hosted({ ...whole, gatewayNode: "" });
    const [service] = layout.hostServices ?? [];
    const wrong = fieldsOf(layout);
    expect(wrong.length).toBeGreaterThan(6);
    expect(service && wrong.filter((field) => !shownFields(service).includes(field ?? ""))).toEqual([]);
  });

  it("leaves the problems of what it does not ask of a guest to the list below it", () => {
    const layout = hosted({ ...whole, provider: "guest" });
    const [service] = layout.hostServices ?? [];
    const shown = service ? shownFields(service) : [];
    expect(shown).not.toContain("routes");
    expect(fieldsOf(layout).filter((field) => !shown.includes(field ?? ""))).toEqual(["routes"]);
  });
});
