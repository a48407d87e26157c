import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import { errorsOf, FACTS, face, judged, layoutOf, node, SIMPLE, VLAN, vnet } from "../sample-layouts";
import { validateLayout } from "../validate";

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
    const applied = { ...own, interfaces: [...own.interfaces, face("play", ["10.1.0.1/24"])] };
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
