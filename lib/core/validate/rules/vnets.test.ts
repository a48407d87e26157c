import { describe, expect, it } from "vitest";
import { applyFix } from "@/lib/core/layout/apply-fix";
import { EVPN, errorsOf, judged, layoutOf, vnet } from "../sample-layouts";
import { validateLayout } from "../validate";

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
