import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Layout } from "../layout/model";
import { diffEntities } from "./diff";
import { toEntities } from "./entity";
import { orderSteps } from "./order";
import { describeStep, type Step } from "./step";

const zone = (id: string, more: object = {}) => ({ id, type: "vlan" as const, bridge: "vmbr0", ...more });
const layout = (parts: Partial<Layout>): Layout => ({
  version: 1,
  name: "t",
  zones: [],
  vnets: [],
  subnets: [],
  ...parts,
});

function steps(from: Layout, to: Layout) {
  const live = toEntities(from);
  const diff = diffEntities(live, toEntities(to), new Set(live.map((entity) => entity.key)));
  const ordered = orderSteps(diff.differences, live, diff.goal);
  return ordered.ok ? ordered.value : ordered.error;
}
function words(from: Layout, to: Layout) {
  const list = steps(from, to);
  return Array.isArray(list) ? list.map(describeStep) : list;
}

describe("orderSteps", () => {
  const six = layout({
    zones: [zone("z1")],
    vnets: [{ id: "a", zone: "z1", tag: 1 }],
    subnets: [{ vnet: "a", cidr: "10.0.0.0/24" }],
  });

  it("creates from the zone down and removes from the subnet up", () => {
    expect(words(layout({}), six)).toEqual(["Create zone z1", "Create vnet a", "Create subnet z1-10.0.0.0-24"]);
    expect(words(six, layout({}))).toEqual(["Remove subnet z1-10.0.0.0-24", "Remove vnet a", "Remove zone z1"]);
  });

  it("lets a vnet leave its zone before the zone goes and arrive after the new one came", () => {
    const to = layout({ zones: [zone("z2")], vnets: [{ id: "a", zone: "z2", tag: 1 }], subnets: six.subnets });
    expect(words(six, to)).toEqual([
      "Remove subnet z1-10.0.0.0-24",
      "Create zone z2",
      "Change vnet a",
      "Remove zone z1",
      "Create subnet z2-10.0.0.0-24",
    ]);
  });

  it("lets a new zone begin on a free VRF number, when the zone that has its number waits for a vnet to move there", () => {
    const evpn = (id: string) => ({ id, type: "evpn" as const, controller: "evpn1", "vrf-vxlan": 20_001 });
    const from = layout({ zones: [evpn("e1")], vnets: [{ id: "a", zone: "e1", tag: 5 }] });
    const to = layout({ zones: [evpn("e2")], vnets: [{ id: "a", zone: "e2", tag: 5 }] });
    expect(words(from, to)).toEqual(["Create zone e2", "Change vnet a", "Remove zone e1", "Change zone e2"]);
  });

  it("knows of which type a zone is that is replaced: its VNIs are free before they are taken elsewhere", () => {
    const vxlan = (id: string) => ({ id, type: "vxlan" as const, peers: ["192.0.2.1"] });
    const from = layout({ zones: [vxlan("z1")], vnets: [{ id: "b", zone: "z1", tag: 7 }] });
    const to = layout({ zones: [zone("z1"), vxlan("z2")], vnets: [{ id: "a", zone: "z2", tag: 7 }] });
    const list = words(from, to);
    expect(list).toContain("Create vnet a");
    if (Array.isArray(list)) expect(list.indexOf("Remove vnet b")).toBeLessThan(list.indexOf("Create vnet a"));
  });

  it("replaces the VNet whose move closes a circle of zones that are replaced, and moves the others", () => {
    const simple = (id: string) => ({ id, type: "simple" as const });
    const vxlan = (id: string) => ({ id, type: "vxlan" as const, peers: ["192.0.2.1"] });
    const from = layout({
      zones: [simple("z1"), vxlan("z2")],
      vnets: [
        { id: "a", zone: "z1" },
        { id: "b", zone: "z2", tag: 5 },
      ],
    });
    const to = layout({
      zones: [vxlan("z1"), simple("z2")],
      vnets: [
        { id: "a", zone: "z2" },
        { id: "b", zone: "z1", tag: 5 },
      ],
    });
    expect(words(from, to)).toEqual([
      "Remove vnet b",
      "Remove zone z2",
      "Create zone z2",
      "Change vnet a",
      "Remove zone z1",
      "Create zone z1",
      "Create vnet b",
    ]);
  });

  /** The zone of each VNet. */
  const homesOf = (layout: Layout) =>
    new Map(toEntities(layout).flatMap((e) => (e.kind === "vnet" ? [[e.id, String(e.props["zone"])] as const] : [])));

  /** Does a step as Proxmox does it: no zone goes that holds a VNet, and no VNet arrives where no zone is. */
  function take(step: Step, zones: Set<string>, homes: Map<string, string>): void {
    const { kind, id, props } = step.op === "delete" ? step.before : step.after;
    if (kind === "vnet" && step.op === "delete") homes.delete(id);
    else if (kind === "vnet") {
      expect(zones).toContain(props["zone"]);
      homes.set(id, String(props["zone"]));
    } else if (step.op === "delete") {
      expect([...homes.values()]).not.toContain(id);
      zones.delete(id);
    } else zones.add(id);
  }

  it("finds a way between any zones of any types, whichever VNets change places", () => {
    const ids = ["z1", "z2", "z3"];
    const drawn = fc.record({
      types: fc.array(fc.constantFrom("simple" as const, "vxlan" as const), { minLength: 3, maxLength: 3 }),
      homes: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 4, maxLength: 4 }),
    });
    const build = ({ types, homes }: { types: ("simple" | "vxlan")[]; homes: number[] }) =>
      layout({
        zones: ids.map((id, at) =>
          types[at] === "vxlan" ? { id, type: "vxlan", peers: ["192.0.2.1"] } : { id, type: "simple" },
        ),
        vnets: homes.map((home, at) => ({
          id: `v${at}`,
          zone: ids[home] ?? "z1",
          ...(types[home] === "vxlan" ? { tag: at + 1 } : {}),
        })),
      });
    void fc.assert(
      fc.property(drawn, drawn, (from, to) => {
        const zones = new Set(ids);
        const homes = homesOf(build(from));
        const list = steps(build(from), build(to));
        if (!Array.isArray(list)) throw new Error(list.message);
        for (const step of list) take(step, zones, homes);
        expect([...homes].sort()).toEqual([...homesOf(build(to))].sort());
      }),
      { numRuns: 500 },
    );
  });

  it("frees a tag before it is taken", () => {
    const from = layout({
      zones: [zone("z1")],
      vnets: [
        { id: "a", zone: "z1", tag: 1 },
        { id: "b", zone: "z1", tag: 2 },
      ],
    });
    const to = layout({
      zones: [zone("z1")],
      vnets: [
        { id: "a", zone: "z1", tag: 2 },
        { id: "b", zone: "z1", tag: 3 },
      ],
    });
    expect(words(from, to)).toEqual(["Change vnet b", "Change vnet a"]);
  });

  it("breaks a circle of tags by parking one vnet on a free tag", () => {
    const from = layout({
      zones: [zone("z1")],
      vnets: [
        { id: "a", zone: "z1", tag: 1 },
        { id: "b", zone: "z1", tag: 2 },
      ],
    });
    const to = layout({
      zones: [zone("z1")],
      vnets: [
        { id: "a", zone: "z1", tag: 2 },
        { id: "b", zone: "z1", tag: 1 },
      ],
    });
    const list = steps(from, to);
    expect(
      Array.isArray(list) && list.map((s) => (s.op === "update" ? `${s.after.id}=${s.after.props["tag"]}` : s.op)),
    ).toEqual(["a=4094", "b=1", "a=2"]);
  });

  it("says so when a circle cannot be broken because the zone is full", () => {
    const full = Array.from({ length: 4094 }, (_, i) => ({ id: `v${i + 1}`, zone: "z1", tag: i + 1 }));
    const turned = full.map((vnet) => ({ ...vnet, tag: (vnet.tag % 4094) + 1 }));
    expect(
      steps(layout({ zones: [zone("z1")], vnets: full }), layout({ zones: [zone("z1")], vnets: turned })),
    ).toMatchObject({
      code: "no-free-tag",
      field: "tag",
    });
  });

  it("removes a subnet from one vnet before the same subnet is created in another", () => {
    const vnets = [
      { id: "a", zone: "z1", tag: 1 },
      { id: "b", zone: "z1", tag: 2 },
    ];
    const from = layout({ zones: [zone("z1")], vnets, subnets: [{ vnet: "a", cidr: "10.0.0.0/24" }] });
    const to = layout({ zones: [zone("z1")], vnets, subnets: [{ vnet: "b", cidr: "10.0.0.0/24" }] });
    expect(words(from, to)).toEqual(["Remove subnet z1-10.0.0.0-24", "Create subnet z1-10.0.0.0-24"]);
  });
});
