import { describe, expect, it } from "vitest";
import type { Layout } from "../../layout/model";
import { EVPN, FACTS, layoutOf, QINQ, SIMPLE, VLAN, VXLAN, vnet } from "../../validate/sample-layouts";
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

  it("names the nodes where the two meet, and both ends", () => {
    const check = checkOf("shared-vlans", { layout: with10(), config, foreign });
    expect(check?.detail).toContain(
      "VLAN 10 on vmbr0 is VNet vnetmgmt of zone hybzone and VNet theirs of zone other, which is not ours (on pve2)",
    );
  });

  it.each([
    ["moves to that bridge", { ...VLAN, bridge: "vmbr1" }],
    ["reaches that node", { ...VLAN, nodes: ["pve1"] }],
  ])("is met anew when a zone %s, although its VNet stays as it is", (_, zone) => {
    const before = liveOf(layoutOf({ zones: [...OTHERS.zones, zone], vnets: [...OTHERS.vnets, vnet()] }));
    const given = { layout: with10(), config: before, foreign: ["zone/other", "vnet/theirs"] };
    expect(statusOf("shared-vlans", given)).toBe("block");
  });

  it("is met inside a zone of ours, where others have put a VNet of theirs", () => {
    for (const zone of [VLAN, QINQ]) {
      const then = liveOf(layoutOf({ zones: [zone], vnets: [vnet({ id: "theirs", zone: zone.id })] }));
      const layout = (tag: number) => layoutOf({ zones: [zone], vnets: [vnet({ zone: zone.id, tag })] });
      const given = { config: then, foreign: ["vnet/theirs"] };
      expect(statusOf("shared-vlans", { layout: layout(10), ...given })).toBe("block");
      expect(statusOf("shared-vlans", { layout: layout(11), ...given })).toBeUndefined();
    }
  });

  it("is only told when it is so in the cluster already", () => {
    const both = liveOf(layoutOf({ zones: [...OTHERS.zones, VLAN], vnets: [...OTHERS.vnets, vnet()] }));
    const check = checkOf("shared-vlans", { layout: with10(), config: both, foreign: ["zone/other", "vnet/theirs"] });
    expect(check).toMatchObject({ status: "warn", detail: expect.stringContaining("already so in the cluster") });
  });
});

describe("a VNI that others have", () => {
  const theirs = liveOf(
    layoutOf({
      zones: [
        { ...VXLAN, id: "vxother", nodes: ["pve3"] },
        { ...EVPN, id: "evother" },
      ],
      vnets: [{ id: "theirs", zone: "vxother", tag: 5000 }],
    }),
  );
  const given = { config: theirs, foreign: theirs.entities.map(({ key }) => key) };
  const ours = (tag: number, vrf = 777) =>
    layoutOf({
      zones: [
        { ...VXLAN, nodes: ["pve1"] },
        { ...EVPN, "vrf-vxlan": vrf },
      ],
      vnets: [{ id: "mine", zone: "vx", tag }],
    });

  it.each([
    ["free", ours(5001), undefined],
    ["a VNet's, also where the zones share no node", ours(5000), "block"],
    ["that of their VRF", ours(10_000), "block"],
    ["a VRF of ours that is their VNet", ours(5001, 5000), "block"],
    ["a VRF of ours that is their VRF", ours(5001, 10_000), "block"],
    ["a VLAN of that number", with10({}, 4000), undefined],
  ] as const)("%s: %s", (_, layout, status) => expect(statusOf("shared-vnis", { layout, ...given })).toBe(status));

  it("is named with its holder", () =>
    expect(checkOf("shared-vnis", { layout: ours(10_000), ...given })?.detail).toContain(
      "VNI 10000 is VNet mine of zone vx and vrf-vxlan of zone evother, which is not ours",
    ));
});

it("what others have is not checked when the token may not see it", () => {
  const privileges = (FACTS.privileges ?? []).map((one) => ({ ...one, granted: !one.privilege.startsWith("SDN.") }));
  for (const id of ["shared-vlans", "shared-vnis", "foreign-networks"])
    expect(checkOf(id, { layout: with10({}, 11), facts: { privileges } })).toMatchObject({
      status: "unknown",
      detail: expect.stringContaining("Not checked"),
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

it("the same network twice in one zone is refused by Proxmox, so nobody can allow it", () => {
  const theirs = layoutOf({
    zones: [SIMPLE],
    vnets: [{ id: "theirs", zone: "lab" }],
    subnets: [{ vnet: "theirs", cidr: "10.20.0.0/24" }],
  });
  const ours = (cidr: string) =>
    layoutOf({ zones: [SIMPLE], vnets: [{ id: "mine", zone: "lab" }], subnets: [{ vnet: "mine", cidr }] });
  const given = { config: liveOf(theirs), foreign: ["vnet/theirs", "subnet/theirs/10.20.0.0/24"] };
  expect(statusOf("foreign-networks", { layout: ours("10.20.0.0/24"), ...given })).toBe("block");
  expect(statusOf("foreign-networks", { layout: ours("10.20.0.0/25"), ...given })).toBe("confirm");
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

  it("stays an error when only what surrounds the objects changes, and that makes it", () => {
    const zones = [VLAN, { ...VLAN, id: "second", bridge: "vmbr1" }];
    const vnets = [vnet(), vnet({ id: "second1", zone: "second" })];
    const moved = layoutOf({ zones: [VLAN, { ...VLAN, id: "second" }], vnets });
    const plan = planOf({ layout: moved, config: liveOf(layoutOf({ zones, vnets })) });
    expect(plan.problems).toMatchObject([{ code: "vlan-in-two-zones", severity: "error" }]);
    const same = planOf({ layout: moved, config: liveOf(moved) });
    expect(same.problems).toMatchObject([{ code: "vlan-in-two-zones", severity: "warning" }]);
  });

  it("is told too while something else of their zone changes", () => {
    const longer = { ...twice, zones: [{ ...VLAN, mtu: 1400 }] };
    const plan = planOf({ layout: longer, config: liveOf(twice) });
    expect(plan.problems).toMatchObject([{ code: "tag-duplicate", severity: "warning" }]);
    expect(isApplicable(plan)).toBe(true);
  });

  it("stays an error when it is about a host service, which no cluster has", () => {
    const subnets = [{ vnet: "vnetmgmt", cidr: "10.10.0.0/24" }];
    const plain = layoutOf({ vnets: [vnet()], subnets });
    const service = { vnet: "vnetmgmt", cidr: "10.10.0.0/24", gatewayNode: "pve1", uplink: "vmbr0", snat: true };
    const plan = planOf({ layout: { ...plain, hostServices: [service] }, config: liveOf(plain) });
    expect(plan.problems).toMatchObject([{ code: "snat-without-gateway", severity: "error" }]);
  });
});
