import { describe, expect, it } from "vitest";
import type { ClusterFacts, GuestNic, IpamAddress, PendingChange } from "../ports";
import { EVPN_CONTROLLER, FACTS, layoutOf, node, SIMPLE, vnet } from "../validate/sample-layouts";
import { toEntities } from "./entity";
import { isApplicable } from "./make-plan";
import { needsGuests, recheckPlan } from "./recheck";
import { liveOf, NOTHING, planOf, statusOf, WITH_VNET } from "./sample-plans";

describe("pending changes of others", () => {
  const pending: PendingChange[] = [{ kind: "fabric", id: "f1", state: "new", fields: ["protocol"] }];
  const config = { ...NOTHING, pending };

  it.each([
    ["stop", "block", false],
    ["include", "warn", true],
    ["discard", "confirm", false],
  ] as const)("with the choice %s: %s", (choice, status, applicable) => {
    const plan = planOf({ config, pending: choice });
    expect(plan.checks.find(({ id }) => id === "foreign-pending")?.status).toBe(status);
    expect(plan.pending).toEqual({ choice, changes: pending });
    expect(isApplicable(plan)).toBe(applicable);
    expect(isApplicable(plan, ["foreign-pending"])).toBe(choice !== "stop");
  });

  it("are dropped before the plan begins when they are discarded, so it begins at what runs", () => {
    const running = toEntities(layoutOf({}));
    const edited = toEntities(layoutOf({ zones: [] }));
    const plan = planOf({
      layout: layoutOf({}),
      config: {
        entities: edited,
        running,
        pending: [{ kind: "zone", id: "hybzone", state: "deleted", fields: [] }],
        others: [],
      },
      pending: "discard",
    });
    expect(plan.steps).toEqual([]);
  });
});

describe("a node's own waiting edits", () => {
  const nodes = [node("pve1", 11), node("pve2", 12, { pendingInterfaces: "+ mtu 9000" }), node("pve3", 13)];

  it("want a tick, and are in the plan as text", () => {
    const plan = planOf({ facts: { nodes } });
    expect(plan.localChanges).toEqual([{ node: "pve2", diff: "+ mtu 9000" }]);
    expect([isApplicable(plan), isApplicable(plan, ["local-changes"])]).toEqual([false, true]);
  });

  it("stop the run when they appeared or changed after the plan", () => {
    const plan = planOf({ facts: { nodes } });
    expect(recheckPlan(plan, { ...FACTS, nodes })).toBeNull();
    expect(recheckPlan(planOf({}), { ...FACTS, nodes })?.message).toContain("pve2");
  });
});

describe("bridges", () => {
  const nodes = [node("pve1", 11), node("pve2", 12, { bridges: [] })];

  it("that are missing block", () => expect(statusOf("bridges", { facts: { nodes } })).toBe("block"));

  it("that the token may not see are not checked, never missing", () => {
    const privileges = (FACTS.privileges ?? []).map((one) => ({ ...one, granted: one.privilege !== "SDN.Audit" }));
    const plan = planOf({ facts: { nodes, privileges } });
    const check = plan.checks.find(({ id }) => id === "bridges");
    expect(check?.status).toBe("unknown");
    expect(check?.next?.[0]).toContain("pveum");
  });
});

describe("addresses in the IPAM", () => {
  const full = layoutOf({
    zones: [SIMPLE],
    vnets: [{ id: "play", zone: "lab" }],
    subnets: [{ vnet: "play", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }],
  });
  const config = liveOf(full);
  const layout = { ...full, subnets: [] };
  const address = (more: Partial<IpamAddress>): IpamAddress => ({
    zone: "lab",
    vnet: "play",
    subnet: "10.10.0.0/24",
    ip: "10.10.0.50",
    mac: "BC:24:11:00:00:01",
    vmid: null,
    hostname: null,
    gateway: false,
    ...more,
  });
  const nic: GuestNic = {
    vmid: 101,
    name: "a",
    type: "qemu",
    node: "pve1",
    running: true,
    template: false,
    nic: "net0",
    bridge: "vmbr0",
    tag: null,
    mac: "bc:24:11:00:00:01",
  };

  it.each([
    ["the gateway alone is no obstacle", [address({ gateway: true })], [nic], "pass"],
    ["a guest's address blocks", [address({})], [nic], "block"],
    ["a stale one blocks too, until it is released", [address({})], [], "block"],
    ["unreadable is not checked", null, [], "unknown"],
  ] as const)("%s", (_, ipam, guests, status) => {
    expect(statusOf("ipam", { layout, config, facts: { ipam, guests } })).toBe(status);
  });

  it("without a guest are released when asked for; those of guests never", () => {
    const facts = { ipam: [address({}), address({ ip: "10.10.0.51", mac: "BC:24:11:00:00:02" })], guests: [nic] };
    const plan = planOf({ layout, config, facts, release: true });
    expect(plan.releases.map(({ ip }) => ip)).toEqual(["10.10.0.51"]);
    expect(plan.checks.find(({ id }) => id === "ipam")?.status).toBe("block");
    expect(statusOf("ipam", { layout, config, facts: { ...facts, guests: null }, release: true })).toBe("block");
    const alone = { ipam: [address({ ip: "10.10.0.51", mac: "BC:24:11:00:00:02" })], guests: [nic] };
    expect(statusOf("ipam", { layout, config, facts: alone, release: true })).toBe("warn");
  });
});

describe("privileges", () => {
  const without = (name: string) => ({
    privileges: (FACTS.privileges ?? []).map((one) => ({ ...one, granted: one.privilege !== name })),
  });

  it.each([
    ["SDN.Allocate", "block"],
    ["Sys.Audit", "warn"],
    ["nothing", "pass"],
  ] as const)("without %s: %s", (name, status) =>
    expect(statusOf("privileges", { facts: without(name) })).toBe(status),
  );

  it("that cannot be read are not checked", () =>
    expect(statusOf("privileges", { facts: { privileges: null } })).toBe("unknown"));
});

describe("what is not readable", () => {
  it("is never a passed check", () => {
    const blind: Partial<ClusterFacts> = {
      quorate: null,
      guests: null,
      ipam: null,
      privileges: null,
      controllers: [EVPN_CONTROLLER],
      nodes: ["pve1", "pve2"].map((name, at) => node(name, 11 + at, { bridges: null, packages: null })),
    };
    const layout = layoutOf({});
    const full = layoutOf({ vnets: [vnet()], subnets: [{ vnet: "vnetmgmt", cidr: "10.1.0.0/24" }] });
    const plan = planOf({ layout, config: liveOf(full), facts: blind });
    const passed = plan.checks.filter(({ status }) => status === "pass").map(({ id }) => id);
    expect(passed).toEqual(["layout", "foreign-pending", "nodes"]);
  });
});

describe("guests that come after the plan", () => {
  it("stop a run that takes their VNet away", () => {
    const plan = planOf({ layout: layoutOf({}), config: liveOf(WITH_VNET) });
    expect(needsGuests(plan)).toBe(true);
    const late = guestOn("pve2");
    expect(recheckPlan(plan, { ...FACTS, guests: [] })).toBeNull();
    expect(recheckPlan(plan, { ...FACTS, guests: [late] })?.message).toContain("CT 300 net0");
    expect(recheckPlan(plan, { ...FACTS, quorate: false })?.message).toContain("quorum");
  });

  const placed = (nodes: string[]) => ({ ...WITH_VNET, zones: WITH_VNET.zones.map((zone) => ({ ...zone, nodes })) });

  it.each([
    ["leaves its node with the zone", placed(["pve1"]), "pve2", true],
    ["stays where the zone stays", placed(["pve1"]), "pve1", false],
  ])("%s", (_title, layout, on, stops) => {
    const plan = planOf({ layout, config: liveOf(placed(["pve1", "pve2"])) });
    const nic = guestOn(on);
    expect(needsGuests(plan)).toBe(true);
    expect(recheckPlan(plan, { ...FACTS, guests: [nic] }) !== null).toBe(stops);
  });

  it("do not stop it when they were seen and accepted", () => {
    const before = {
      ...WITH_VNET,
      zones: [...WITH_VNET.zones, { id: "other", type: "vlan" as const, bridge: "vmbr0" }],
    };
    const after = { ...before, vnets: before.vnets.map((each) => ({ ...each, zone: "other" })) };
    const guests = [guestOn("pve1")];
    const plan = planOf({ layout: after, config: liveOf(before), facts: { guests } });
    expect(recheckPlan(plan, { ...FACTS, guests })).toBeNull();
    expect(recheckPlan(plan, { ...FACTS, guests: [...guests, { ...guestOn("pve1"), vmid: 301 }] })?.message).toContain(
      "moves to zone other",
    );
  });
});

it("shows every zone node by node, before and after", () => {
  const before = layoutOf({ zones: [{ id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] }] });
  const after = layoutOf({
    zones: [
      { id: "hybzone", type: "vlan", bridge: "vmbr0", nodes: ["pve2", "pve3"] },
      { id: "lab", type: "simple" },
    ],
  });
  expect(planOf({ layout: after, config: liveOf(before) }).placement).toEqual([
    { zone: "hybzone", before: ["pve1", "pve2"], after: ["pve2", "pve3"] },
    { zone: "lab", before: null, after: ["pve1", "pve2", "pve3"] },
  ]);
});

const guestOn = (on: string): GuestNic => ({
  vmid: 300,
  name: "late",
  type: "lxc",
  node: on,
  running: false,
  template: false,
  nic: "net0",
  bridge: "vnetmgmt",
  tag: null,
  mac: null,
});
