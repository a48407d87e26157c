import fc from "fast-check";
import { expect, it } from "vitest";
import { anyLayoutArbitrary, layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { Layout } from "@/lib/core/layout/model";
import { parameterDefaults, parseParameters, STARTERS } from "@/lib/core/layout/starters";
import { invariant } from "@/lib/core/result";
import type { ParameterValues } from "./parameter";
import { savedParameters, savedStarter } from "./saved-starter";

const HOUSE: Layout = {
  version: 1,
  name: "house",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] },
    { id: "over", type: "evpn", controller: "c", "vrf-vxlan": 5000, nodes: ["pve1"], exitnodes: ["pve1"] },
  ],
  vnets: [
    { id: "mgmt", zone: "corp", tag: 10, alias: "Management, router 10.1.10.1" },
    { id: "prod", zone: "corp", tag: 40 },
    { id: "k8s", zone: "over", tag: 5010 },
  ],
  subnets: [
    { vnet: "mgmt", cidr: "10.1.10.0/24", gateway: "10.1.10.1" },
    { vnet: "prod", cidr: "10.1.40.0/23", gateway: "10.1.40.1" },
    { vnet: "k8s", cidr: "192.168.7.0/24" },
  ],
  hostServices: [
    {
      vnet: "mgmt",
      cidr: "10.1.10.0/24",
      gatewayNode: "pve2",
      uplink: "vmbr0",
      dhcp: {
        ranges: [{ start: "10.1.10.120", end: "10.1.10.220" }],
        domain: "home.lan",
        dnsServers: ["10.1.40.53", "8.8.8.8"],
      },
    },
  ],
};

function use(layout: Layout, values: ParameterValues): Layout {
  const asks = savedParameters(layout).map(({ id }) => id);
  const starter = savedStarter({ id: "t", title: "", summary: "", tags: [], layout, asks });
  const parsed = parseParameters(starter, values);
  invariant(parsed.ok, parsed.ok ? "" : JSON.stringify(parsed.error));
  const built = starter.build(parsed.value);
  invariant(built.ok, built.ok ? "" : JSON.stringify(built.error));
  return built.value;
}

it("gives back the very layout that was saved while nothing is chosen", () => {
  for (const arbitrary of [layoutArbitrary, anyLayoutArbitrary]) {
    fc.assert(fc.property(arbitrary, (layout) => void expect(use(layout, {})).toEqual(layout)));
  }
  for (const starter of STARTERS) {
    const built = starter.build(parameterDefaults(starter, { nodes: [], bridges: [] }));
    invariant(built.ok, starter.id);
    expect(use(built.value, {})).toEqual(built.value);
  }
});

it("asks for nodes, gateway node, bridge, first tags, domain and address blocks", () => {
  expect(savedParameters(HOUSE).map(({ id, label, default: value }) => [id, label, value])).toEqual([
    ["nodes", "Nodes of corp", ["pve1", "pve2"]],
    ["nodes2", "Nodes of over", ["pve1"]],
    ["gatewayNode", "Gateway node", "pve2"],
    ["bridge", "Bridge", "vmbr0"],
    ["firstTag", "First VNI", 5000],
    ["firstTag2", "First VLAN tag on vmbr0", 10],
    ["domain", "Domain", "home.lan"],
    ["block", "Address block 10.1.0.0/18", "10.1.0.0/18"],
    ["block2", "Address block 192.168.7.0/24", "192.168.7.0/24"],
  ]);
});

it("moves everything that hangs on a chosen value", () => {
  const used = use(HOUSE, {
    nodes: ["a", "b"],
    nodes2: ["b"],
    gatewayNode: "a",
    bridge: "vmbr7",
    firstTag2: 100,
    firstTag: 9000,
    domain: "lab.example",
    block: "172.16.0.0/16",
  });
  expect(used).toMatchObject({
    zones: [
      { bridge: "vmbr7", nodes: ["a", "b"] },
      { "vrf-vxlan": 9000, nodes: ["b"], exitnodes: ["b"] },
    ],
    vnets: [{ tag: 100, alias: "Management, router 172.16.10.1" }, { tag: 130 }, { tag: 9010 }],
    subnets: [
      { cidr: "172.16.10.0/24", gateway: "172.16.10.1" },
      { cidr: "172.16.40.0/23", gateway: "172.16.40.1" },
      { cidr: "192.168.7.0/24" },
    ],
    hostServices: [
      {
        cidr: "172.16.10.0/24",
        gatewayNode: "a",
        uplink: "vmbr7",
        dhcp: {
          ranges: [{ start: "172.16.10.120", end: "172.16.10.220" }],
          domain: "lab.example",
          dnsServers: ["172.16.40.53", "8.8.8.8"],
        },
      },
    ],
  });
});

it("lets two bridges, and two networks of one VNet, change places", () => {
  const two: Layout = {
    ...HOUSE,
    zones: [
      { id: "a", type: "vlan", bridge: "vmbr0" },
      { id: "b", type: "vlan", bridge: "vmbr1" },
    ],
    vnets: [{ id: "x", zone: "a", tag: 5 }],
    subnets: [
      { vnet: "x", cidr: "10.0.0.0/24", gateway: "10.0.0.1" },
      { vnet: "x", cidr: "10.0.1.0/24", gateway: "10.0.1.1" },
    ],
    hostServices: [],
  };
  const used = use(two, { bridge: "vmbr1", bridge2: "vmbr0", block: "10.0.2.0/23" });
  expect(used.zones.map(({ bridge }) => bridge)).toEqual(["vmbr1", "vmbr0"]);
  expect(used.subnets).toEqual([
    { vnet: "x", cidr: "10.0.2.0/24", gateway: "10.0.2.1" },
    { vnet: "x", cidr: "10.0.3.0/24", gateway: "10.0.3.1" },
  ]);
});

it("asks only what the person who saved it chose, and the gateway follows the only node", () => {
  const [basic] = STARTERS;
  const built = basic?.build(parameterDefaults(basic, { nodes: [], bridges: [] }));
  invariant(built?.ok, "basic builds");
  const starter = savedStarter({ id: "t", title: "", summary: "", tags: [], layout: built.value, asks: ["nodes"] });
  expect(starter.parameters.map(({ id }) => id)).toEqual(["nodes"]);
  const used = starter.build({ nodes: ["other"] });
  expect(used).toMatchObject({ value: { zones: [{ nodes: ["other"] }], hostServices: [{ gatewayNode: "other" }] } });
});

it("refuses a gateway node that is not among the chosen nodes, at its field", () => {
  const asks = ["nodes", "gatewayNode"];
  const starter = savedStarter({ id: "t", title: "", summary: "", tags: [], layout: HOUSE, asks });
  expect(starter.build({ nodes: ["pve1", "pve3"], gatewayNode: "pve2" })).toMatchObject({
    ok: false,
    error: [{ field: "gatewayNode", message: expect.stringContaining("pve1, pve3") }],
  });
});
