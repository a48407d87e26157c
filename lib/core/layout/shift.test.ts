import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toEntities } from "@/lib/core/plan/entity";
import type { ClusterFacts, LiveConfig } from "@/lib/core/ports";
import { FACTS, face, node } from "@/lib/core/validate/sample-layouts";
import { validateLayout } from "@/lib/core/validate/validate";
import { layoutArbitrary } from "./arbitrary";
import { conflictsWith } from "./conflicts";
import { emptyLayout, type Layout } from "./model";
import { shiftAway } from "./shift";
import { parameterDefaults, STARTERS, starterById } from "./starters";
import { type Taken, takenBy } from "./taken";

const CHOICES = { nodes: ["pve1", "pve2", "pve3"], bridges: ["vmbr0", "vmbr1"] };

function starter(id: string): Layout {
  const found = starterById(id);
  const built = found?.build(parameterDefaults(found, CHOICES));
  if (!built?.ok) throw new Error(`no starter ${id}`);
  return built.value;
}

/** A cluster that has these layouts applied, on nodes with nothing of their own unless given. */
function clusterWith(layouts: readonly Layout[], facts: ClusterFacts = { ...FACTS, nodes: [] }): Taken {
  const entities = layouts.flatMap(toEntities);
  const config: LiveConfig = { entities, running: entities, pending: [], others: [] };
  return takenBy(config, facts);
}

const messages = (layout: Layout, taken: Taken) => conflictsWith(layout, taken).map(({ message }) => message);
const codes = (layout: Layout) => validateLayout(layout).map(({ code }) => code);

describe("what meets", () => {
  it("is nothing in an empty cluster, and the layout stays the same object", () => {
    const basic = starter("basic");
    expect(conflictsWith(basic, clusterWith([]))).toEqual([]);
    expect(shiftAway(basic, clusterWith([]))).toBe(basic);
  });

  it("is named with both sides", () => {
    expect(messages(starter("basic"), clusterWith([starter("homelab-six-vlans")]))).toEqual([
      "Zone hybzone exists already",
      "VNet vnetmgmt exists already, in zone hybzone",
      "VLAN 10 on vmbr0 is used by VNet vnetmgmt",
      "10.10.0.0/24 overlaps 10.10.0.0/24 of VNet vnetmgmt",
    ]);
  });

  it("is a network a node is in, and an interface's name", () => {
    const interfaces = [face("vnetmgmt", ["10.10.0.7/16"])];
    const taken = clusterWith([], { ...FACTS, nodes: [node("pve1", 11, { interfaces })] });
    expect(messages(starter("basic"), taken)).toEqual([
      "vnetmgmt is the name of an interface of node pve1",
      "10.10.0.0/24 overlaps 10.10.0.7/16 of node pve1 (vnetmgmt)",
    ]);
  });

  it("is a VLAN of the same bridge only, its service tags included, and a VNI anywhere", () => {
    const there: Layout = {
      ...emptyLayout("there"),
      zones: [
        { id: "other", type: "vlan", bridge: "vmbr1" },
        { id: "qq", type: "qinq", bridge: "vmbr0", tag: 10 },
        { id: "ev", type: "evpn", controller: "c", "vrf-vxlan": 7 },
      ],
      vnets: [{ id: "far", zone: "other", tag: 10 }],
    };
    const here: Layout = {
      ...emptyLayout("here"),
      zones: [
        { id: "lan", type: "vlan", bridge: "vmbr0" },
        { id: "vx", type: "vxlan", peers: ["192.0.2.1"] },
      ],
      vnets: [
        { id: "near", zone: "lan", tag: 10 },
        { id: "over", zone: "vx", tag: 7 },
      ],
    };
    expect(messages(here, clusterWith([there]))).toEqual([
      "VLAN 10 on vmbr0 is already the service tag of zone qq",
      "VNI 7 is already the vrf-vxlan of zone ev",
    ]);
  });
});

describe("the way out", () => {
  it("takes the next free numbers, keeps the tags' distances and every address's place", () => {
    const six = starter("homelab-six-vlans");
    const shifted = shiftAway(six, clusterWith([six]));
    expect(shifted.zones.map(({ id }) => id)).toEqual(["hybzone2"]);
    expect(shifted.vnets.map(({ id, tag }) => [id, tag])).toEqual([
      ["vnetmgm2", 12],
      ["vnetobs2", 13],
      ["vnetdev2", 22],
      ["vnetsta2", 32],
      ["vnetpro2", 42],
      ["vnetlab2", 52],
    ]);
    expect(shifted.subnets[0]).toEqual({ vnet: "vnetmgm2", cidr: "10.10.1.0/24", gateway: "10.10.1.1" });
    expect(shifted.hostServices?.[0]).toMatchObject({
      vnet: "vnetmgm2",
      cidr: "10.10.1.0/24",
      dhcp: { ranges: [{ start: "10.10.1.120", end: "10.10.1.220" }], dnsServers: ["8.8.8.8"] },
    });
  });

  it("leaves alone what is free", () => {
    const there: Layout = {
      ...emptyLayout("there"),
      zones: [{ id: "x", type: "simple" }],
      vnets: [{ id: "xnet", zone: "x" }],
      subnets: [{ vnet: "xnet", cidr: "10.20.0.0/16" }],
    };
    const shifted = shiftAway(starter("homelab-six-vlans"), clusterWith([there]));
    const cidrs = starter("homelab-six-vlans").subnets.map(({ cidr }) => cidr as string);
    expect(shifted.subnets.map(({ cidr }) => cidr)).toEqual(cidrs.with(2, "10.21.0.0/24"));
    expect(shifted.vnets).toEqual(starter("homelab-six-vlans").vnets);
  });

  it("carries addresses that sentences, routes and servers name", () => {
    const nat = starter("l3-nat-external-dhcp");
    const shifted = shiftAway(nat, clusterWith([nat]));
    expect(shifted.vnets[0]?.alias).toBe("NAT network, DHCP server 10.120.1.2 owns 10.120.1.120-10.120.1.220");
    const basic = starter("basic");
    const [service] = basic.hostServices ?? [];
    if (!service) throw new Error("no service");
    const routed: Layout = {
      ...basic,
      hostServices: [
        {
          ...service,
          dhcp: { dnsServers: ["10.10.0.53", "9.9.9.9"], options: { 42: ["10.10.0.9"] } },
          routes: [{ destination: "10.0.0.0/12", via: "10.10.0.20" }],
        },
      ],
    };
    expect(shiftAway(routed, clusterWith([basic])).hostServices?.[0]).toMatchObject({
      dhcp: { dnsServers: ["10.10.1.53", "9.9.9.9"], options: { 42: ["10.10.1.9"] } },
      routes: [{ destination: "10.0.0.0/12", via: "10.10.1.20" }],
    });
  });

  it("stays in private address space, and moves single tags where the whole row has no room", () => {
    const lan = (id: string, tags: readonly number[], cidr: string): Layout => ({
      ...emptyLayout(id),
      zones: [{ id, type: "vlan", bridge: "vmbr0" }],
      vnets: tags.map((tag, index) => ({ id: `${id}v${index}`, zone: id, tag })),
      subnets: [{ vnet: `${id}v0`, cidr }],
    });
    const all = Array.from({ length: 4000 }, (_, index) => index + 2);
    const shifted = shiftAway(
      lan("new", [2, 4000], "192.168.255.0/24"),
      clusterWith([lan("old", all, "192.168.255.0/24")]),
    );
    expect(shifted.subnets[0]?.cidr).toBe("192.168.0.0/24");
    expect(shifted.vnets.map(({ tag }) => tag)).toEqual([4002, 4003]);
  });

  it.each(STARTERS.map(({ id }) => [id] as const))("lets %s be deployed five times over", (id) => {
    const there: Layout[] = [];
    for (let round = 0; round < 5; round++) {
      const next = shiftAway(starter(id), clusterWith(there));
      expect(messages(next, clusterWith(there))).toEqual([]);
      expect(validateLayout(next)).toEqual([]);
      there.push(next);
    }
  });

  it("leaves no conflict and no new problem, whatever meets whatever", () => {
    void fc.assert(
      fc.property(layoutArbitrary, fc.array(layoutArbitrary, { maxLength: 3 }), (layout, there) => {
        const taken = clusterWith(there);
        const shifted = shiftAway(layout, taken);
        expect(messages(shifted, taken)).toEqual([]);
        expect(codes(shifted)).toEqual(codes(layout));
        expect(toEntities(shifted).length).toBe(toEntities(layout).length);
      }),
    );
  });
});
