import { describe, expect, it } from "vitest";
import type { Layout } from "../../layout/model";
import { layoutOf, QINQ, VLAN, vnet } from "../../validate/sample-layouts";
import { isApplicable } from "../make-plan";
import { checkOf, liveOf, planOf, statusOf } from "../sample-plans";

const OTHERS: Layout = layoutOf({
  zones: [{ id: "other", type: "vlan", bridge: "vmbr0", nodes: ["pve2"] }],
  vnets: [{ id: "theirs", zone: "other", tag: 10 }],
  subnets: [{ vnet: "theirs", cidr: "10.10.0.0/16", gateway: "10.10.0.1" }],
});
const config = liveOf(OTHERS);
const foreign = config.entities.map(({ key }) => key);
const with10 = (zone: Partial<Layout["zones"][number]> = {}, tag = 10) =>
  layoutOf({ zones: [{ ...VLAN, ...zone }], vnets: [vnet({ tag })] });

describe("a VLAN that a zone of others has", () => {
  it.each([
    ["on a node of both", with10(), "block"],
    ["with another tag", with10({}, 11), undefined],
    ["on another bridge", with10({ bridge: "vmbr1" }), undefined],
    ["on other nodes", with10({ nodes: ["pve1"] }), undefined],
    ["as our service tag", layoutOf({ zones: [{ ...QINQ, tag: 10 }], vnets: [] }), "block"],
    ["inside our QinQ zone only", layoutOf({ zones: [QINQ], vnets: [vnet({ zone: "qq", tag: 10 })] }), undefined],
  ] as const)("%s: %s", (_, layout, status) =>
    expect(statusOf("shared-vlans", { layout, config, foreign })).toBe(status),
  );

  it("is only told when it is so in the cluster already", () => {
    const both = liveOf(layoutOf({ zones: [...OTHERS.zones, VLAN], vnets: [...OTHERS.vnets, vnet()] }));
    const check = checkOf("shared-vlans", { layout: with10(), config: both, foreign: ["zone/other", "vnet/theirs"] });
    expect(check).toMatchObject({ status: "warn", detail: expect.stringContaining("already so in the cluster") });
  });
});

describe("a network that overlaps one of others", () => {
  const layoutWith = (cidr: string, gateway?: string) =>
    layoutOf({ vnets: [vnet({ tag: 11 })], subnets: [{ vnet: "vnetmgmt", cidr, ...(gateway ? { gateway } : {}) }] });

  it.each([
    ["10.10.5.0/24", "confirm"],
    ["10.0.0.0/8", "confirm"],
    ["10.11.0.0/16", undefined],
    ["fd00::/64", undefined],
  ] as const)("%s: %s", (cidr, status) =>
    expect(statusOf("foreign-networks", { layout: layoutWith(cidr), config, foreign })).toBe(status),
  );

  it("names both, and the gateway they share; a person can allow it", () => {
    const given = { layout: layoutWith("10.10.0.0/24", "10.10.0.1"), config, foreign };
    const check = checkOf("foreign-networks", given);
    expect(check?.detail).toContain("10.10.0.0/24 (VNet vnetmgmt, zone hybzone) overlaps 10.10.0.0/16 (VNet theirs");
    expect(check?.detail).toContain("gateway 10.10.0.1");
    const plan = planOf(given);
    expect([isApplicable(plan), isApplicable(plan, ["foreign-networks"])]).toEqual([false, true]);
  });
});

describe("a fault of objects that are in the cluster exactly so", () => {
  const twice = layoutOf({ vnets: [vnet(), vnet({ id: "second" })] });

  it("is told, and stands in nobody's way", () => {
    const layout = { ...twice, vnets: [...twice.vnets, vnet({ id: "third", tag: 30 })] };
    const plan = planOf({ layout, config: liveOf(twice) });
    expect(plan.problems).toMatchObject([{ code: "tag-duplicate", severity: "warning" }]);
    expect(plan.problems[0]?.message).toContain("already so in the cluster");
    expect(isApplicable(plan)).toBe(true);
  });

  it("stays an error when the plan makes it, changes it, or when the objects are not ours", () => {
    const fresh = planOf({ layout: twice, config: liveOf(layoutOf({ vnets: [vnet()] })) });
    expect(fresh.problems).toMatchObject([{ code: "tag-duplicate", severity: "error" }]);
    const theirs = planOf({ layout: twice, config: liveOf(twice), foreign: ["vnet/second"] });
    expect(theirs.problems.find(({ code }) => code === "tag-duplicate")?.severity).toBe("error");
  });
});
