import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { parseLayout } from "@/lib/core/layout/parse";
import type { Problem } from "@/lib/core/problem";
import { FACTS, judged, layoutOf, SIMPLE, VLAN, VXLAN, vnet } from "./sample-layouts";
import { validateLayout } from "./validate";

/** Stories of what people write, and what they are told about it. */

const problems = (more: Partial<Layout>): Problem[] => validateLayout(layoutOf(more), { facts: FACTS });
const first = (more: Partial<Layout>): Problem => {
  const [problem] = problems(more);
  if (!problem) throw new Error("nothing was found");
  return problem;
};

describe("A05 Names", () => {
  it.each([
    ["myvlanzone", "10 characters"],
    ["hyb-zone", '"-"'],
    ["1zone", "begins with a digit"],
    ["z", "too short"],
    ["", "no id"],
  ])("zone %j is refused: %s", (id, reason) => {
    const problem = first({ zones: [{ ...VLAN, id }] });
    expect(problem).toMatchObject({ code: "id-invalid", severity: "error", field: "id" });
    expect(problem.message).toContain(reason);
  });

  it.each(["hybzone", "Vn1"])("%s is accepted", (id) => {
    expect(problems({ zones: [{ ...VLAN, id }] })).toEqual([]);
    expect(problems({ vnets: [vnet({ id })] })).toEqual([]);
  });

  it("one VNet id is used once in the cluster, whatever the zones", () => {
    const zones: Zone[] = [VLAN, { ...VLAN, id: "second", bridge: "vmbr1" }];
    const found = problems({
      zones,
      vnets: [vnet({ id: "vnetdev" }), vnet({ id: "vnetdev", zone: "second", tag: 11 })],
    });
    expect(found[0]).toMatchObject({ code: "id-duplicate", message: expect.stringContaining("cluster-wide") });
  });

  it("a bridge's name collides, a name like a card's is warned of, and a suggestion can be taken", () => {
    expect(first({ vnets: [vnet({ id: "vmbr0" })] })).toMatchObject({ code: "id-collision", severity: "error" });
    expect(first({ vnets: [vnet({ id: "eth10" })] })).toMatchObject({ code: "id-like-interface", severity: "warning" });
    const layout = layoutOf({ zones: [{ ...VLAN, id: "myvlanzone" }] });
    const [problem] = validateLayout(layout);
    expect(problem?.fix?.label).toBe("Rename to myvlanzo");
    expect(problem?.fix && applyFix(layout, problem.fix).zones[0]?.id).toBe("myvlanzo");
  });
});

describe("A06 Tags", () => {
  it.each([0, 4095, 4096, -1, 10.5])("%s is refused before any request", (tag) => {
    expect(first({ vnets: [vnet({ tag })] })).toMatchObject({
      code: "tag-out-of-range",
      severity: "error",
      field: "tag",
    });
  });
  it("an empty text is no tag", () => {
    const read = parseLayout({ ...layoutOf({}), vnets: [{ id: "vnetmgmt", zone: "hybzone", tag: "" }] });
    expect(read).toMatchObject({ ok: false });
  });
  it("1 is accepted, with a note on the native VLAN", () =>
    expect(judged(layoutOf({ vnets: [vnet({ tag: 1 })] }))).toEqual(["info tag-native-vlan tag"]));

  it.each([
    [16_777_215, []],
    [16_777_216, ["error tag-out-of-range tag"]],
  ])("VNI %i", (tag, expected) =>
    expect(judged(layoutOf({ zones: [VXLAN], vnets: [{ id: "v1", zone: "vx", tag }] }))).toEqual(expected),
  );

  it("a VNI is used once over all VXLAN zones", () => {
    const zones = [VXLAN, { ...VXLAN, id: "vx2" }];
    const vnets: Vnet[] = [
      { id: "v1", zone: "vx", tag: 100 },
      { id: "v2", zone: "vx2", tag: 100 },
    ];
    expect(problems({ zones, vnets }).map(({ code }) => code)).toEqual(["tag-duplicate"]);
  });
});

const LAN: Partial<Layout> = {
  zones: [SIMPLE, { ...SIMPLE, id: "other" }],
  vnets: [
    { id: "a", zone: "lab" },
    { id: "b", zone: "other" },
  ].map((one) => ({ ...one, id: `vnet${one.id}` })),
};
const subnets = (...all: readonly Partial<Subnet>[]): Partial<Layout> => ({
  ...LAN,
  subnets: all.map((one) => ({ vnet: "vneta", cidr: "10.10.0.0/24", ...one })),
});
const codes = (more: Partial<Layout>) => problems(more).map(({ code }) => code);

describe("A09 CIDR", () => {
  it("an overlap names both, and can be accepted with a reason", () => {
    const both = subnets({ cidr: "10.10.0.0/16" }, { vnet: "vnetb", cidr: "10.10.5.0/24" });
    const problem = first(both);
    expect(problem).toMatchObject({ code: "subnet-overlap", severity: "error" });
    expect(problem.message).toContain("10.10.0.0/16");
    expect(problem.message).toContain("10.10.5.0/24");
    expect(problem.message).toContain("accept it with a reason");
  });
  it("a node's own network is named with the node and its address", () =>
    expect(first(subnets({ cidr: "192.168.1.0/24" }))).toMatchObject({
      code: "subnet-overlaps-node",
      message: expect.stringContaining("pve1"),
    }));
  it("host bits are told, with the network they mean as the repair", () => {
    const problem = first(subnets({ cidr: "10.10.0.5/24" }));
    expect(problem.code).toBe("cidr-host-bits");
    expect(problem.fix).toMatchObject({ value: "10.10.0.0/24" });
  });
  it.each(["10.0.0.0/33", "300.1.1.0/24", "fe80::/130"])("%s is not a network", (cidr) =>
    expect(first(subnets({ cidr })).code).toBe("cidr-invalid"),
  );
  it.each([
    ["10.10.0.0", "gateway-is-network"],
    ["10.10.0.255", "gateway-is-broadcast"],
    ["10.11.0.1", "gateway-outside"],
  ])("gateway %s: %s", (gateway, code) => expect(codes(subnets({ gateway }))).toEqual([code]));
});

describe("A10 DHCP ranges", () => {
  const ranges = (...all: readonly (readonly [string, string])[]) =>
    subnets({
      gateway: "10.10.0.1",
      "dhcp-range": all.map(([from, to]) => ({ "start-address": from, "end-address": to })),
    });

  it.each([
    ["reversed", ranges(["10.10.0.220", "10.10.0.120"]), "range-reversed"],
    ["over the gateway", ranges(["10.10.0.1", "10.10.0.50"]), "range-holds-gateway"],
    ["outside", ranges(["10.10.0.120", "10.10.1.5"]), "range-outside"],
    ["overlapping", ranges(["10.10.0.100", "10.10.0.150"], ["10.10.0.140", "10.10.0.200"]), "range-overlap"],
  ])("%s", (_, more, code) => expect(codes(more)).toContain(code));

  const served = (dhcp: NonNullable<HostService["dhcp"]>, cidr = "10.10.0.0/24"): Partial<Layout> => ({
    vnets: [vnet()],
    subnets: [{ vnet: "vnetmgmt", cidr, gateway: "10.10.0.1" }],
    hostServices: [{ vnet: "vnetmgmt", cidr, gatewayNode: "pve1", dhcp }],
  });
  it("a reservation has an address, and one address belongs to one card", () => {
    const at = (ip: string, mac: string) => ({ ip, mac });
    expect(codes(served({ reservations: [at("10.10.0.300", "BC:24:11:00:00:01")] }))).toContain("reservation-invalid");
    const twice = [at("10.10.0.130", "BC:24:11:00:00:01"), at("10.10.0.130", "BC:24:11:00:00:02")];
    expect(codes(served({ reservations: twice }))).toContain("reservation-duplicate");
  });
  it.each([
    ["24", ["lease-invalid"]],
    ["24h", []],
  ])("lease %s", (lease, expected) => expect(codes(served({ lease }))).toEqual(expected));
});

describe("A11 Flag combinations", () => {
  const service = (more: Partial<HostService>, gateway: string | null = "10.10.0.1"): Partial<Layout> => ({
    vnets: [vnet(), vnet({ id: "vnetobs", tag: 20 })],
    subnets: [
      { vnet: "vnetmgmt", cidr: "10.10.0.0/24", ...(gateway ? { gateway } : {}) },
      { vnet: "vnetobs", cidr: "10.20.0.0/24", gateway: "10.20.0.1" },
    ],
    hostServices: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gatewayNode: "pve1", ...more }],
  });
  const route = (destination: string, via: string) => ({ destination, via });

  it.each([
    ["DHCP without a gateway", service({ dhcp: {} }, null), "dhcp-without-gateway"],
    ["SNAT without a gateway", service({ snat: true, uplink: "vmbr0" }, null), "snat-without-gateway"],
    [
      "a route that leaves through nothing",
      service({ routes: [route("10.60.0.0/16", "172.16.9.9")] }),
      "route-unreachable",
    ],
    [
      "a route to where the node is already",
      service({ routes: [route("10.10.0.0/24", "10.10.0.20")] }),
      "route-connected",
    ],
    [
      "a destination twice",
      service({ routes: [route("10.60.0.0/16", "10.10.0.20"), route("10.60.0.0/16", "10.10.0.21")] }),
      "route-duplicate",
    ],
  ])("%s is one error", (_, more, code) => expect(codes(more)).toEqual([code]));

  it("a route through a host of the VNet is fine", () =>
    expect(codes(service({ routes: [route("10.60.0.0/16", "10.10.0.20")] }))).toEqual([]));
});
