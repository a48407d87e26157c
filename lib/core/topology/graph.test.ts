import { describe, expect, it } from "vitest";
import type { ClusterFacts, GuestNic } from "@/lib/core/ports";
import { elementsFound, MOST, pathsThrough, topologyGraph } from "./graph";
import type { RunningNetworks } from "./running";

const bridge = (name: string) => ({ name, vlanAware: true, active: true, addresses: [], ports: ["eno1"], mtu: null });
const node = (name: string, online = true, bridges = [bridge("vmbr0")]): ClusterFacts["nodes"][number] => ({
  name,
  online,
  address: null,
  bridges,
  interfaces: [],
  pendingInterfaces: null,
  packages: null,
});
const nic = (vmid: number, on: string, vnet: string, running = true): GuestNic => ({
  vmid,
  name: `web${vmid}`,
  type: "qemu",
  node: on,
  running,
  template: false,
  nic: "net0",
  bridge: vnet,
  tag: null,
  mac: `BC:24:11:00:00:${String(vmid).padStart(2, "0")}`,
});
const running: RunningNetworks = {
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0", nodes: ["pve1", "pve2"] },
    { id: "lab", type: "simple", bridge: null, nodes: null },
  ],
  vnets: [
    { id: "prod", zone: "corp", tag: 10, alias: "Production" },
    { id: "test", zone: "lab", tag: null, alias: null },
  ],
  status: {
    pve1: [
      { zone: "corp", status: "available", vnets: null },
      { zone: "lab", status: "error", vnets: [{ vnet: "test", status: "error", message: "bridge is missing" }] },
    ],
    pve2: null,
    pve3: [{ zone: "lab", status: "available", vnets: null }],
  },
};
const facts = {
  nodes: [node("pve1"), node("pve2"), node("pve3", false)],
  guests: [nic(1, "pve1", "prod"), nic(2, "pve2", "prod", false)],
};
const none = { expanded: new Set<string>() };

describe("the picture of what runs", () => {
  const graph = topologyGraph(running, facts, none);
  const of = (id: string) => graph.elements.find((each) => each.id === id);

  it("joins a VNet with its bridge on each node of the zone, and one without a bridge with the nodes", () => {
    const to = (id: string) => graph.links.filter(([, end]) => end === id).map(([from]) => from);
    expect(to("vnet/prod")).toEqual(["bridge/pve1/vmbr0", "bridge/pve2/vmbr0"]);
    expect(to("vnet/test")).toEqual(["node/pve1", "node/pve2", "node/pve3"]);
    expect(to("guest/1/net0")).toEqual(["vnet/prod"]);
  });

  it.each([
    ["node/pve1", "error"],
    ["node/pve2", "unknown"],
    ["node/pve3", "offline"],
    ["vnet/prod", "ok"],
    ["vnet/test", "error"],
    ["guest/2/net0", "stopped"],
  ])("%s is %s", (id, state) => expect(of(id)?.state).toBe(state));

  it("keeps Proxmox's own words", () => {
    expect(of("vnet/test")?.facts).toContainEqual(["On pve1", "error: bridge is missing"]);
  });

  it("has every line between two elements that are there", () => {
    const ids = new Set(graph.elements.map(({ id }) => id));
    for (const [from, to] of graph.links) expect([ids.has(from), ids.has(to)]).toEqual([true, true]);
    expect(ids.size).toBe(graph.elements.length);
  });

  it("shows whole paths", () => {
    expect(pathsThrough(graph, ["guest/1/net0"])).toEqual(
      new Set(["guest/1/net0", "vnet/prod", "bridge/pve1/vmbr0", "bridge/pve2/vmbr0", "node/pve1", "node/pve2"]),
    );
  });

  it.each([
    ["web1", ["guest/1/net0"]],
    ["bc:24:11:00:00:02", ["guest/2/net0"]],
    ["tag 10", ["vnet/prod"]],
    ["", null],
  ])("finds %s", (text, ids) => expect(elementsFound(graph, text)).toEqual(ids));
});

it("stays small: 4,094 VNets and 10,000 guests are one element per zone, and open one by one", () => {
  const vnets = Array.from({ length: 4094 }, (_, at) => ({ id: `v${at + 1}`, zone: "corp", tag: at + 1, alias: null }));
  const guests = Array.from({ length: 10_000 }, (_, at) => nic(at, "pve1", `v${(at % 100) + 1}`));
  const large = { ...running, vnets };
  const closed = topologyGraph(large, { ...facts, guests }, none);
  expect(closed.elements.length).toBeLessThan(20);
  const factsOf = (guests: GuestNic[] | null) =>
    topologyGraph(large, { ...facts, guests }, none).elements.find(({ id }) => id === "zone/corp")?.facts;
  expect(factsOf(guests)).toContainEqual(["Guest interfaces", "10000"]);
  expect(factsOf(null)).toContainEqual(["Guest interfaces", "could not be read"]);
  const open = topologyGraph({ ...large, vnets: vnets.slice(0, MOST.vnets) }, { ...facts, guests }, none);
  expect(open.elements.filter(({ kind }) => kind === "guests")).toHaveLength(MOST.vnets);
  expect(open.elements.length).toBeLessThan(300);
});
