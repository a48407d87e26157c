import { describe, expect, it } from "vitest";
import type { GuestNic } from "../../ports";
import { layoutOf, VLAN, vnet } from "../../validate/sample-layouts";
import { checkOf, liveOf, planOf, statusOf } from "../sample-plans";

const nic = (more: Partial<GuestNic>): GuestNic => ({
  vmid: 101,
  name: "web",
  type: "qemu",
  node: "pve1",
  running: true,
  template: false,
  nic: "net0",
  bridge: "vnetdev",
  tag: null,
  mac: null,
  ...more,
});
const GUESTS = [
  nic({}),
  nic({ vmid: 205, type: "lxc", nic: "eth0", running: false, node: "pve2" }),
  nic({ vmid: 9000, running: false, template: true }),
];
const dev = vnet({ id: "vnetdev", tag: 20 });
const before = layoutOf({ vnets: [dev], subnets: [{ vnet: "vnetdev", cidr: "10.20.0.0/24" }] });
const config = liveOf(before);
const without = layoutOf({});

describe("A17 Delete in use", () => {
  it("blocks, and names running, stopped and template guests with interface and node", () => {
    const check = checkOf("guests", { layout: without, config, facts: { guests: GUESTS } });
    expect(check?.status).toBe("block");
    for (const text of [
      "VM 101 net0 on pve1 (vnetdev, running)",
      "CT 205 eth0 on pve2 (vnetdev, stopped)",
      "VM 9000 net0 on pve1 (vnetdev, template)",
      "Move these interfaces first",
      "1 running, 1 stopped, 1 template",
    ])
      expect(check?.detail).toContain(text);
  });

  it("goes subnet, VNet, zone once nobody is there", () => {
    const plan = planOf({ layout: layoutOf({ zones: [] }), config, facts: { guests: [] } });
    expect(plan.steps.map((step) => (step.op === "delete" ? step.before.kind : step.op))).toEqual([
      "subnet",
      "vnet",
      "zone",
    ]);
  });

  it("cannot be proven when the guests are not readable", () => {
    const check = checkOf("guests", { layout: without, config, facts: { guests: null } });
    expect(check).toMatchObject({ status: "unknown", detail: expect.stringContaining("Cannot be proven unused") });
  });
});

describe("guests whose VNet does not go, but changes under them", () => {
  const moved = layoutOf({
    zones: [VLAN, { ...VLAN, id: "second" }],
    vnets: [{ ...dev, zone: "second" }],
  });
  const config2 = liveOf(layoutOf({ zones: [VLAN, { ...VLAN, id: "second" }], vnets: [dev] }));

  it("want a tick when it moves to another zone", () => {
    const check = checkOf("guests", { layout: moved, config: config2, facts: { guests: GUESTS } });
    expect(check).toMatchObject({ status: "confirm", detail: expect.stringContaining("moves to zone second") });
    expect(statusOf("guests", { layout: moved, config: config2, facts: { guests: [] } })).toBe("pass");
  });

  it("block when the zone it moves to is not on their node", () => {
    const to = (nodes: string[]) =>
      layoutOf({ zones: [VLAN, { ...VLAN, id: "second", nodes }], vnets: [{ ...dev, zone: "second" }] });
    const facts = { guests: [nic({ node: "pve2" })] };
    expect(checkOf("guests", { layout: to(["pve1"]), config: config2, facts })).toMatchObject({
      status: "block",
      detail: expect.stringContaining("moves to zone second, which is not there"),
    });
    expect(statusOf("guests", { layout: to(["pve2"]), config: config2, facts })).toBe("confirm");
    expect(statusOf("guests", { layout: to(["pve1"]), config: config2, facts: { guests: null } })).toBe("unknown");
  });

  it("block when their zone is made anew with fewer nodes", () => {
    const simple = layoutOf({
      ...before,
      zones: [{ id: "hybzone", type: "simple", nodes: ["pve1"] }],
      vnets: [{ id: "vnetdev", zone: "hybzone" }],
    });
    const given = (node: string) => ({ layout: simple, config, facts: { guests: [nic({ node })] } });
    expect(statusOf("guests", given("pve2"))).toBe("block");
    expect(statusOf("guests", given("pve1"))).toBe("confirm");
  });

  it("block when their zone leaves their node, and only theirs", () => {
    const leaving = (nodes: string[]) => layoutOf({ ...before, zones: [{ ...VLAN, nodes }] });
    const given = { config, facts: { guests: [nic({ node: "pve2" })] } };
    expect(checkOf("guests", { layout: leaving(["pve1"]), ...given })).toMatchObject({
      status: "block",
      detail: expect.stringContaining("zone hybzone leaves the node"),
    });
    expect(statusOf("guests", { layout: leaving(["pve2"]), ...given })).toBe("pass");
    expect(statusOf("guests", { layout: leaving(["pve1", "pve2", "pve3"]), ...given })).toBe("pass");
  });
});
