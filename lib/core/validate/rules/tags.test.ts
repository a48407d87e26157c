import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { Zone } from "@/lib/core/layout/model";
import { EVPN, errorsOf, judged, layoutOf, QINQ, SIMPLE, VLAN, VXLAN, vnet } from "../sample-layouts";
import { validateLayout } from "../validate";

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
