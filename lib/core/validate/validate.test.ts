import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import { anyLayoutArbitrary, layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { HostService, Layout, Subnet, Vnet, Zone } from "@/lib/core/layout/model";
import { parseLayout } from "@/lib/core/layout/parse";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { ClusterFacts, NodeFacts } from "@/lib/core/ports";
import { PROBLEM_CODES } from "./codes";
import { validateLayout } from "./validate";

const VLAN: Zone = { id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"], ipam: "pve" };
const SIMPLE: Zone = { id: "lab", type: "simple", ipam: "pve", dhcp: "dnsmasq" };
const VXLAN: Zone = { id: "vx", type: "vxlan", peers: ["192.168.1.11", "192.168.1.12", "192.168.1.13"] };
const QINQ: Zone = { id: "qq", type: "qinq", bridge: "vmbr0", tag: 100 };
const EVPN: Zone = { id: "ev", type: "evpn", controller: "evpn1", "vrf-vxlan": 10_000 };

const layoutOf = (more: Partial<Layout>): Layout => ({
  version: 1,
  name: "test",
  zones: [VLAN],
  vnets: [],
  subnets: [],
  ...more,
});

const vnet = (more: Partial<Vnet> = {}): Vnet => ({ id: "vnetmgmt", zone: "hybzone", tag: 10, ...more });

function node(name: string, last: number, more: Partial<NodeFacts> = {}): NodeFacts {
  const vmbr0 = { name: "vmbr0", vlanAware: true, active: true, addresses: [`192.168.1.${last}/24`] };
  return {
    name,
    online: true,
    address: `192.168.1.${last}`,
    bridges: [vmbr0],
    interfaces: [
      { name: "lo", addresses: ["127.0.0.1/8", "::1/128"] },
      { name: "eno1", addresses: [] },
      { name: "vmbr0", addresses: [`192.168.1.${last}/24`, "fe80::1/64"] },
    ],
    pendingInterfaces: null,
    ...more,
  };
}

const FACTS: ClusterFacts = {
  name: "lab1",
  version: "9.2",
  quorate: true,
  nodes: [node("pve1", 11), node("pve2", 12), node("pve3", 13)],
  guests: [],
  ipams: ["pve"],
  controllers: ["evpn1"],
  unread: [],
};

/** `severity code field` of every problem. */
const judged = (layout: Layout, facts?: ClusterFacts): string[] =>
  validateLayout(layout, facts ? { facts } : {}).map((p) => [p.severity, p.code, p.field].filter(Boolean).join(" "));

const errorsOf = (layout: Layout, facts?: ClusterFacts): string[] =>
  judged(layout, facts).flatMap((text) => (text.startsWith("error ") ? [text.slice(6)] : []));

describe("names (A05)", () => {
  it.each([
    ["myvlanzone", "it has 10 characters", "myvlanzo"],
    ["hyb-zone", 'it holds "-"', "hybzone"],
    ["hyb_zone", 'it holds "_"', "hybzone"],
    ["my zone", "it holds a space", "myzone"],
    ["1zone", "it begins with a digit", "zone"],
    ["z", "it is too short", "znet"],
    ["", "it is empty", "zone"],
    ["zöne", 'it holds "ö"', "zone"],
  ])("a zone cannot be called %j", (id, reason, suggestion) => {
    const layout = layoutOf({ zones: [{ ...VLAN, id }] });
    const [found, ...more] = validateLayout(layout);
    expect(more).toEqual([]);
    expect(found).toMatchObject({ code: "id-invalid", severity: "error", field: "id", fix: { value: suggestion } });
    expect(found?.message).toContain(reason);
    expect(found?.message).toContain(suggestion);
    expect(found?.fix && validateLayout(applyFix(layout, found.fix))).toEqual([]);
  });

  it.each(["hybzone", "Vn1", "ab", "abcdefgh"])("a zone may be called %s", (id) => {
    expect(judged(layoutOf({ zones: [{ ...VLAN, id }] }))).toEqual([]);
  });

  it("ids differ by case", () => {
    expect(judged(layoutOf({ zones: [VLAN, { ...VLAN, id: "Hybzone", bridge: "vmbr1" }] }))).toEqual([]);
  });

  it("VNet ids are unique over all zones", () => {
    const zones = [VLAN, { ...VLAN, id: "two", bridge: "vmbr1" }];
    const layout = layoutOf({ zones, vnets: [vnet({ id: "vnetdev" }), vnet({ id: "vnetdev", zone: "two" })] });
    expect(errorsOf(layout)).toEqual(["id-duplicate id", "id-duplicate id"]);
    expect(validateLayout(layout)[0]?.message).toContain("cluster-wide");
  });

  it("zone ids are unique", () => {
    expect(errorsOf(layoutOf({ zones: [VLAN, VLAN] }))).toEqual(["id-duplicate id", "id-duplicate id"]);
  });

  it.each([
    ["vmbr0", undefined, "error id-collision id"],
    ["vmbr0", FACTS, "error id-collision id"],
    ["eno1", FACTS, "error id-collision id"],
    ["lo", FACTS, "error id-collision id"],
    ["vmbr7", FACTS, "warning id-like-interface id"],
    ["eth10", FACTS, "warning id-like-interface id"],
    ["bond0", undefined, "warning id-like-interface id"],
    ["enp3s0", undefined, "warning id-like-interface id"],
    ["vmbr0v10", undefined, "warning id-like-interface id"],
  ])("a VNet called %s meets an interface", (id, facts, expected) => {
    expect(judged(layoutOf({ vnets: [vnet({ id })] }), facts)).toEqual([expected]);
  });

  it.each(["lobby", "ether", "end", "ens", "ethan", "wlab", "bonds", "enough"])("%s is an ordinary name", (id) => {
    expect(judged(layoutOf({ vnets: [vnet({ id })] }), FACTS)).toEqual([]);
  });

  it("an applied VNet does not collide with itself", () => {
    const own = node("pve1", 11);
    const applied = { ...own, interfaces: [...own.interfaces, { name: "play", addresses: ["10.1.0.1/24"] }] };
    const layout = layoutOf({
      zones: [SIMPLE],
      vnets: [{ id: "play", zone: "lab" }],
      subnets: [{ vnet: "play", cidr: "10.1.0.0/24", gateway: "10.1.0.1" }],
    });
    expect(judged(layout, { ...FACTS, nodes: [applied] })).toEqual([]);
  });

  it("the layout has a name", () => {
    expect(errorsOf(layoutOf({ name: " " }))).toEqual(["layout-unnamed name"]);
  });
});

describe("tags (A06)", () => {
  it.each([0, 4095, 4096, -1, 10.5])("VLAN tag %d is refused", (tag) => {
    const layout = layoutOf({ vnets: [vnet({ tag })] });
    const [found] = validateLayout(layout);
    expect(errorsOf(layout)).toEqual(["tag-out-of-range tag"]);
    expect(found?.fix && judged(applyFix(layout, found.fix))).toEqual([]);
  });

  it.each([2, 4094])("VLAN tag %d is fine", (tag) => {
    expect(judged(layoutOf({ vnets: [vnet({ tag })] }))).toEqual([]);
  });

  it("VLAN tag 1 gets a note", () => {
    expect(judged(layoutOf({ vnets: [vnet({ tag: 1 })] }))).toEqual(["info tag-native-vlan tag"]);
  });

  it.each([
    ["vlan", VLAN],
    ["vxlan", VXLAN],
    ["evpn", EVPN],
  ])("a VNet of a %s zone needs a tag", (_, zone) => {
    const layout = layoutOf({ zones: [zone], vnets: [{ id: "web", zone: zone.id }] });
    expect(errorsOf(layout)).toEqual(["tag-missing tag"]);
  });

  it("a VNet of a simple zone has none", () => {
    expect(errorsOf(layoutOf({ zones: [SIMPLE], vnets: [{ id: "web", zone: "lab", tag: 1 }] }))).toEqual([
      "tag-not-allowed tag",
    ]);
  });

  it("a QinQ zone has at most one VNet without tag", () => {
    const vnets = ["aa", "bb"].map((id) => ({ id, zone: "qq" }));
    expect(judged(layoutOf({ zones: [QINQ], vnets: vnets.slice(0, 1) }))).toEqual([]);
    expect(errorsOf(layoutOf({ zones: [QINQ], vnets }))).toEqual(["tag-duplicate tag"]);
  });

  it.each([
    [16_777_215, []],
    [16_777_216, ["tag-out-of-range tag"]],
    [0, ["tag-out-of-range tag"]],
  ])("VNI %d gives %j", (tag, expected) => {
    expect(errorsOf(layoutOf({ zones: [VXLAN], vnets: [{ id: "web", zone: "vx", tag }] }))).toEqual(expected);
  });

  it("a VNI is unique over all VXLAN and EVPN zones, a VLAN per zone", () => {
    const zones = [VXLAN, EVPN, { ...VLAN, id: "one" }, { ...VLAN, id: "two", bridge: "vmbr1" }];
    const vnets = [
      { id: "aa", zone: "vx", tag: 500 },
      { id: "bb", zone: "ev", tag: 500 },
      { id: "cc", zone: "one", tag: 500 },
      { id: "dd", zone: "two", tag: 500 },
      { id: "ee", zone: "two", tag: 500 },
    ];
    const found = validateLayout(layoutOf({ zones, vnets }));
    expect(found.map((problem) => [problem.code, ...problem.at])).toEqual([
      ["tag-duplicate", "vnet/bb", "vnet/aa"],
      ["tag-duplicate", "vnet/ee", "vnet/dd"],
    ]);
  });

  it.each([
    [undefined, ["pve1"], "error"],
    [["pve1"], ["pve1", "pve2"], "error"],
    [["pve1"], ["pve2"], "warning"],
  ])("the same VLAN on one bridge through zones on %j and %j is an %s", (first, second, severity) => {
    const on = (id: string, nodes: string[] | undefined): Zone => ({
      id,
      type: "vlan",
      bridge: "vmbr0",
      ...(nodes ? { nodes } : {}),
    });
    const layout = layoutOf({
      zones: [on("one", first), on("two", second)],
      vnets: [vnet({ id: "aa", zone: "one" }), vnet({ id: "bb", zone: "two" })],
    });
    expect(judged(layout)).toEqual([`${severity} vlan-in-two-zones tag`]);
    expect(validateLayout(layout)[0]?.at).toEqual(["vnet/bb", "vnet/aa"]);
  });

  it("a service tag is a VLAN, and one of its own", () => {
    expect(errorsOf(layoutOf({ zones: [{ ...QINQ, tag: 5000 }] }))).toEqual(["tag-out-of-range tag"]);
    const layout = layoutOf({ zones: [VLAN, QINQ], vnets: [vnet({ tag: 100 })] });
    expect(judged(layout)).toEqual(["warning service-tag-clash tag"]);
  });

  it("vrf-vxlan is a VNI of its own", () => {
    const vnets = [{ id: "web", zone: "ev", tag: 10_000 }];
    expect(errorsOf(layoutOf({ zones: [EVPN], vnets }))).toEqual(["vni-equals-vrf tag"]);
    expect(errorsOf(layoutOf({ zones: [EVPN, { ...EVPN, id: "ev2" }] }))).toEqual(["tag-duplicate vrf-vxlan"]);
    expect(errorsOf(layoutOf({ zones: [{ ...EVPN, "vrf-vxlan": 16_777_216 }] }))).toEqual([
      "tag-out-of-range vrf-vxlan",
    ]);
  });
});

describe("zone options", () => {
  const { bridge: _, ...bridgeless } = VLAN;
  const { peers: __, ...peerless } = VXLAN;
  it.each<[string, Zone, string[]]>([
    ["vlan without bridge", bridgeless, ["error option-missing bridge"]],
    ["vlan with empty bridge", { ...VLAN, bridge: "" }, ["error option-missing bridge"]],
    ["vlan with dhcp", { ...VLAN, dhcp: "dnsmasq" }, ["error option-not-supported dhcp"]],
    ["vlan with tag", { ...VLAN, tag: 5 }, ["error option-not-supported tag"]],
    ["vlan with vlan-protocol", { ...VLAN, "vlan-protocol": "802.1ad" }, ["error option-not-supported vlan-protocol"]],
    ["vlan with empty ipam", { ...VLAN, ipam: "" }, ["error value-empty ipam"]],
    ["vlan without mac learning", { ...VLAN, "bridge-disable-mac-learning": true }, []],
    ["simple with bridge", { ...SIMPLE, bridge: "vmbr0" }, ["error option-not-supported bridge"]],
    ["simple with dhcp and no ipam", { id: "lab", type: "simple", dhcp: "dnsmasq" }, ["error dhcp-without-ipam ipam"]],
    ["qinq without tag", { id: "qq", type: "qinq", bridge: "vmbr0" }, ["error option-missing tag"]],
    ["qinq with protocol", { ...QINQ, "vlan-protocol": "802.1ad" }, []],
    ["vxlan with neither peers nor fabric", peerless, ["error option-missing peers"]],
    ["vxlan with both", { ...VXLAN, fabric: "fab" }, ["error option-conflict peers"]],
    ["vxlan with a fabric", { ...peerless, fabric: "fab" }, []],
    ["vxlan with a peer that is a name", { ...VXLAN, peers: ["pve1"] }, ["error option-invalid peers"]],
    ["vxlan with port 65536", { ...VXLAN, "vxlan-port": 65_536 }, ["error option-invalid vxlan-port"]],
    ["vxlan with dhcp", { ...VXLAN, dhcp: "dnsmasq" }, ["error option-not-supported dhcp"]],
    ["evpn without controller", { id: "ev", type: "evpn", "vrf-vxlan": 1 }, ["error option-missing controller"]],
    ["evpn without vrf", { id: "ev", type: "evpn", controller: "c1" }, ["error option-missing vrf-vxlan"]],
    ["evpn with peers", { ...EVPN, peers: ["192.0.2.1"] }, ["error option-not-supported peers"]],
    ["evpn with a bad mac", { ...EVPN, mac: "BC:24:11" }, ["error option-invalid mac"]],
    ["evpn with a bad rt-import", { ...EVPN, "rt-import": "65000" }, ["error option-invalid rt-import"]],
    ["evpn with good rt-import", { ...EVPN, "rt-import": "65000:1,65000:4294967295" }, []],
    [
      "evpn, primary not an exit node",
      { ...EVPN, exitnodes: ["pve1"], "exitnodes-primary": "pve2" },
      ["error option-invalid exitnodes-primary"],
    ],
    ["evpn, exit node outside", { ...EVPN, nodes: ["pve1"], exitnodes: ["pve2"] }, ["error option-invalid exitnodes"]],
    ["dnszone without dns", { ...VLAN, dnszone: "lab.example" }, ["error option-missing dns"]],
    ["no nodes", { ...VLAN, nodes: [] }, ["error list-empty nodes"]],
    ["a node twice", { ...VLAN, nodes: ["pve1", "pve1"] }, ["warning list-duplicate nodes"]],
    ["mtu 0", { ...VLAN, mtu: 0 }, ["error mtu-out-of-range mtu"]],
    ["mtu 1279", { ...VLAN, mtu: 1279 }, ["error mtu-out-of-range mtu"]],
    ["mtu 1500.5", { ...VLAN, mtu: 1500.5 }, ["error mtu-out-of-range mtu"]],
    ["mtu 9000", { ...VLAN, mtu: 9000 }, []],
    ["vxlan with mtu 1500", { ...VXLAN, mtu: 1500 }, ["warning mtu-needs-larger-underlay mtu"]],
    ["vxlan with mtu 1450", { ...VXLAN, mtu: 1450 }, []],
  ])("%s", (__name, zone, expected) => {
    expect(judged(layoutOf({ zones: [zone] }))).toEqual(expected);
  });

  it.each<[string, Zone, string[]]>([
    ["an unknown node", { ...VLAN, nodes: ["pve1", "pve9"] }, ["unknown-node nodes"]],
    ["an unknown ipam", { ...VLAN, ipam: "netbox" }, ["unknown-ipam ipam"]],
    ["an unknown controller", { ...EVPN, controller: "evpn9" }, ["unknown-controller controller"]],
    ["a node missing from the peers", { ...VXLAN, peers: ["192.168.1.11", "192.168.1.13"] }, ["peer-missing peers"]],
    [
      "peers for the zone's nodes only",
      { ...VXLAN, nodes: ["pve1", "pve3"], peers: ["192.168.1.11", "192.168.1.13"] },
      [],
    ],
  ])("with a cluster: %s", (__name, zone, expected) => {
    expect(errorsOf(layoutOf({ zones: [zone] }), FACTS)).toEqual(expected);
  });

  it("what could not be read is not judged", () => {
    const blind = {
      ...FACTS,
      ipams: null,
      controllers: null,
      nodes: FACTS.nodes.map((one) => ({ ...one, bridges: null, interfaces: [] })),
    };
    const zones = [
      { ...VLAN, ipam: "netbox" },
      { ...EVPN, controller: "x1" },
      { ...VXLAN, peers: ["192.0.2.1"] },
    ];
    expect(judged(layoutOf({ zones }), blind)).toEqual([]);
  });
});

describe("VNets", () => {
  it.each(["Servers", "Office (1st)", "a,b;c:d/e.f_g[h]i\\j^k", "<x> = y?", "x".repeat(256)])(
    "alias %j is fine",
    (alias) => {
      expect(judged(layoutOf({ vnets: [vnet({ alias })] }))).toEqual([]);
    },
  );

  it.each([
    "Büro",
    " lead",
    "R&D",
    "#1",
    "it's",
    "a{b}",
    "a|b",
    "`a`",
    "~",
    '"',
    "!",
    "50 %",
    "$",
    "rocket 🚀",
    "two\nlines",
  ])("alias %j is refused and can be cleaned", (alias) => {
    const layout = layoutOf({ vnets: [vnet({ alias })] });
    const [found] = validateLayout(layout);
    expect(errorsOf(layout)).toEqual(["alias-invalid alias"]);
    expect(found?.fix && judged(applyFix(layout, found.fix))).toEqual([]);
  });

  it("an alias has at most 256 characters", () => {
    expect(errorsOf(layoutOf({ vnets: [vnet({ alias: "x".repeat(257) })] }))).toEqual(["alias-invalid alias"]);
  });

  it("a VLAN-aware VNet has no subnets and is not in an EVPN zone", () => {
    const subnets = [{ vnet: "vnetmgmt", cidr: "10.1.0.0/24" }];
    expect(errorsOf(layoutOf({ vnets: [vnet({ vlanaware: true })], subnets }))).toEqual([
      "vlanaware-with-subnets vlanaware",
    ]);
    expect(judged(layoutOf({ vnets: [vnet({ vlanaware: true })] }))).toEqual([]);
    const inEvpn = layoutOf({ zones: [EVPN], vnets: [{ id: "web", zone: "ev", tag: 5, vlanaware: true }] });
    expect(errorsOf(inEvpn)).toEqual(["vlanaware-not-supported vlanaware"]);
  });
});

describe("references", () => {
  it("name what is missing, and what was meant", () => {
    const layout = layoutOf({
      vnets: [vnet({ zone: "hybzon" })],
      subnets: [{ vnet: "vnetmgm", cidr: "10.1.0.0/24" }],
      hostServices: [{ vnet: "vnetmgmt", cidr: "10.9.0.0/24", provider: "edge" }],
    });
    expect(validateLayout(layout).map((p) => [p.code, p.fix?.kind === "set" ? p.fix.value : null])).toEqual([
      ["unknown-zone", "hybzone"],
      ["unknown-vnet", "vnetmgmt"],
      ["unknown-subnet", null],
    ]);
  });
});

/** A layout of the simple zone `lab` with one VNet and these subnets. */
const labWith = (...subnets: Partial<Subnet>[]): Layout =>
  layoutOf({
    zones: [SIMPLE],
    vnets: [{ id: "play", zone: "lab" }],
    subnets: subnets.map((more) => ({ vnet: "play", cidr: "10.10.0.0/24", ...more })),
  });

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

const range = (start: string, end: string) => ({ "start-address": start, "end-address": end });
const ranged = (cidr: string, gateway: string, ...ranges: [string, string][]): Layout =>
  labWith({ cidr, gateway, "dhcp-range": ranges.map(([start, end]) => range(start, end)) });

/** The VLAN layout of A03 and A10's other half: one subnet with a host service. */
const hosted = (service: Partial<HostService> = {}, subnet: Partial<Subnet> = {}): Layout =>
  layoutOf({
    vnets: [vnet()],
    subnets: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gateway: "10.10.0.1", ...subnet }],
    hostServices: [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24", gatewayNode: "pve1", uplink: "vmbr0", ...service }],
  });

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

  it.each<[HostService["dhcp"] & object, string]>([
    [{ domain: "lab\ndhcp-script=/bin/x" }, "domain-invalid dhcp.domain"],
    [{ dnsServers: ["dns.google"] }, "dns-server-invalid dhcp.dnsServers"],
    [{ options: { ntp: "10.0.0.1\nx" } }, "dhcp-option-invalid dhcp.options"],
    [{ options: { "Not ok": 1 } }, "dhcp-option-invalid dhcp.options"],
  ])("%j is refused", (dhcp, expected) => {
    expect(errorsOf(hosted({ dhcp }))).toEqual([expected]);
  });
});

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
  ])("SNAT and DHCP on a %s subnet are not Proxmox's, and move to host services", (type, zone) => {
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
    expect(found[0]?.message).toContain(`on a ${type} zone`);
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

describe("host services", () => {
  it.each<[string, Layout, string[]]>([
    ["no gateway node", hosted({ gatewayNode: "" }), ["gateway-node-missing gatewayNode"]],
    ["a gateway node outside the zone", hosted({ gatewayNode: "pve3" }), ["gateway-node-outside-zone gatewayNode"]],
    ["SNAT without uplink", hosted({ snat: true, uplink: "" }), ["uplink-missing uplink"]],
    ["an uplink that is no name", hosted({ uplink: "vmbr0; reboot" }), ["uplink-invalid uplink"]],
    ["the VNet as its own uplink", hosted({ uplink: "vnetmgmt" }), ["uplink-invalid uplink"]],
    ["an edge that only documents", hosted({ provider: "edge", gatewayNode: "", uplink: "" }), []],
  ])("%s", (_, layout, expected) => {
    expect(errorsOf(layout)).toEqual(expected);
  });

  it("all subnets of a VNet share one gateway node", () => {
    const layout = hosted();
    const two: Layout = {
      ...layout,
      subnets: [...layout.subnets, { vnet: "vnetmgmt", cidr: "10.11.0.0/24", gateway: "10.11.0.1" }],
      hostServices: [...(layout.hostServices ?? []), { vnet: "vnetmgmt", cidr: "10.11.0.0/24", gatewayNode: "pve2" }],
    };
    const [found] = validateLayout(two);
    expect(errorsOf(two)).toEqual(["gateway-node-differs gatewayNode"]);
    expect(found?.fix && errorsOf(applyFix(two, found.fix))).toEqual([]);
  });

  it("are declared once per subnet, on nodes that exist", () => {
    const layout = hosted();
    const [service] = layout.hostServices ?? [];
    if (!service) throw new Error("no service");
    expect(errorsOf({ ...layout, hostServices: [service, service] })).toEqual(["host-service-duplicate cidr"]);
    expect(errorsOf(hosted({ gatewayNode: "pve9" }), FACTS)).toEqual(["unknown-node gatewayNode"]);
  });

  it("are not needed where Proxmox serves", () => {
    const layout: Layout = {
      ...labWith({ gateway: "10.10.0.1" }),
      hostServices: [{ vnet: "play", cidr: "10.10.0.0/24", gatewayNode: "pve1" }],
    };
    expect(errorsOf(layout)).toEqual(["host-service-not-needed provider"]);
  });
});

describe("validateLayout", () => {
  it("finds nothing wrong in valid layouts", () =>
    fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        expect(validateLayout(layout).filter((problem) => problem.severity === "error")).toEqual([]);
      }),
    ));

  it("never throws, knows every code it uses, and says something about each", () =>
    fc.assert(
      fc.property(anyLayoutArbitrary, fc.boolean(), (layout, withFacts) => {
        const found = validateLayout(layout, withFacts ? { facts: FACTS } : {});
        const odd = found.filter((one) => !Object.hasOwn(PROBLEM_CODES, one.code) || !/^.+[.?)]$/s.test(one.message));
        expect(odd).toEqual([]);
      }),
      { numRuns: 200 },
    ));

  it("gives fixes that can be done, and leave a layout that can be read again", () =>
    fc.assert(
      fc.property(anyLayoutArbitrary, (layout) => {
        const fixed = validateLayout(layout).reduce((at, { fix }) => (fix ? applyFix(at, fix) : at), layout);
        validateLayout(fixed);
        expect(parseLayout(JSON.parse(layoutToJson(fixed)))).toMatchObject({ ok: true });
      }),
    ));

  it("puts errors first", () => {
    const layout = layoutOf({ vnets: [vnet({ tag: 1, alias: "R&D" })] });
    expect(judged(layout)).toEqual(["error alias-invalid alias", "info tag-native-vlan tag"]);
  });
});
