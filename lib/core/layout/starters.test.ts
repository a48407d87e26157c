import { describe, expect, it } from "vitest";
import { validateLayout } from "@/lib/core/validate/validate";
import type { Layout } from "./model";
import { parameterDefaults, parseParameters, STARTERS, starterById } from "./starters";

const CLUSTER = { nodes: ["pve1", "pve2", "pve3"], bridges: ["vmbr0", "vmbr1"] };

function build(id: string, values: unknown = {}): Layout {
  const starter = starterById(id);
  if (!starter) throw new Error(`no starter ${id}`);
  const parsed = parseParameters(starter, values);
  if (!parsed.ok) throw new Error(parsed.error.map((problem) => problem.message).join("\n"));
  const built = starter.build(parsed.value);
  if (!built.ok) throw new Error(built.error.map((problem) => problem.message).join("\n"));
  return built.value;
}

/** id, tag, network, gateway, first and last address of the range, role */
const rows = (layout: Layout) =>
  layout.vnets.map((vnet) => {
    const subnet = layout.subnets.find((candidate) => candidate.vnet === vnet.id);
    const service = layout.hostServices?.find((candidate) => candidate.vnet === vnet.id);
    const range = service?.dhcp?.ranges?.[0];
    return [vnet.id, vnet.tag, subnet?.cidr, subnet?.gateway, range?.start, range?.end, vnet.role];
  });

describe("the six starters", () => {
  it("are these", () => {
    expect(STARTERS.map((starter) => starter.id)).toEqual([
      "basic",
      "homelab-six-vlans",
      "no-dhcp",
      "multi-node",
      "small-production",
      "l3-nat-external-dhcp",
    ]);
    expect(starterById("nonsense")).toBeNull();
  });

  it.each(STARTERS.map((starter) => [starter.id] as const))("%s has no problem at all with its defaults", (id) => {
    expect(validateLayout(build(id))).toEqual([]);
  });

  it.each([
    ["basic", "hybzone", ["pve1"]],
    ["homelab-six-vlans", "hybzone", ["pve1"]],
    ["no-dhcp", "statzone", ["pve1"]],
    ["multi-node", "clust01", ["pve1", "pve2"]],
    ["small-production", "prod", ["pve1", "pve2", "pve3"]],
    ["l3-nat-external-dhcp", "natzone", ["pve1"]],
  ])("%s is the VLAN zone %s on %j", (id, zone, nodes) => {
    const layout = build(id);
    expect(layout.zones).toEqual([{ id: zone, type: "vlan", nodes, ipam: "pve", bridge: "vmbr0" }]);
    expect([layout.site, layout.status, layout.name]).toEqual(["onprem-hybridhub", "active", id]);
    expect(layout.vnets.every((vnet) => vnet.zone === zone)).toBe(true);
  });

  it.each([
    ["basic", [["vnetmgmt", 10, "10.10.0.0/24", "10.10.0.1", "10.10.0.120", "10.10.0.220", "management"]]],
    [
      "homelab-six-vlans",
      [
        ["vnetmgmt", 10, "10.10.0.0/24", "10.10.0.1", "10.10.0.120", "10.10.0.220", "management"],
        ["vnetobs", 11, "10.11.0.0/24", "10.11.0.1", "10.11.0.120", "10.11.0.220", "observability"],
        ["vnetdev", 20, "10.20.0.0/24", "10.20.0.1", "10.20.0.120", "10.20.0.220", "development"],
        ["vnetstag", 30, "10.30.0.0/24", "10.30.0.1", "10.30.0.120", "10.30.0.220", "staging"],
        ["vnetprod", 40, "10.40.0.0/24", "10.40.0.1", "10.40.0.120", "10.40.0.220", "production"],
        ["vnetlab", 50, "10.50.0.0/24", "10.50.0.1", "10.50.0.120", "10.50.0.220", "lab"],
      ],
    ],
    ["no-dhcp", [["vstatic", 100, "10.100.0.0/24", "10.100.0.1", undefined, undefined, "static"]]],
    ["multi-node", [["vclst01m", 200, "10.200.0.0/24", "10.200.0.1", "10.200.0.120", "10.200.0.220", "management"]]],
    [
      "small-production",
      [
        ["pmgmt", 110, "10.110.0.0/24", "10.110.0.1", undefined, undefined, "management"],
        ["pobs", 111, "10.111.0.0/24", "10.111.0.1", undefined, undefined, "observability"],
        ["pstag", 130, "10.130.0.0/24", "10.130.0.1", undefined, undefined, "staging"],
        ["pprod", 140, "10.140.0.0/23", "10.140.0.1", undefined, undefined, "production"],
        ["pdmz", 150, "10.150.0.0/24", "10.150.0.1", undefined, undefined, "dmz"],
        ["pstor", 160, "10.160.0.0/24", undefined, undefined, undefined, "storage"],
      ],
    ],
    ["l3-nat-external-dhcp", [["vextdhcp", 120, "10.120.0.0/24", "10.120.0.1", undefined, undefined, "external-dhcp"]]],
  ])("%s has exactly these numbers", (id, expected) => {
    expect(rows(build(id))).toEqual(expected);
  });

  it("basic serves gateway, SNAT and DHCP on its node", () => {
    expect(build("basic").hostServices).toEqual([
      {
        vnet: "vnetmgmt",
        cidr: "10.10.0.0/24",
        gatewayNode: "pve1",
        uplink: "vmbr0",
        snat: true,
        dhcp: {
          ranges: [{ start: "10.10.0.120", end: "10.10.0.220" }],
          domain: "hybridops.local",
          lease: "24h",
          dnsServers: ["8.8.8.8"],
        },
      },
    ]);
  });

  it.each(["no-dhcp", "l3-nat-external-dhcp"])("%s has SNAT on the node and no DHCP", (id) => {
    const [service, ...more] = build(id).hostServices ?? [];
    expect(more).toEqual([]);
    expect(service).toMatchObject({ snat: true, gatewayNode: "pve1", uplink: "vmbr0" });
    expect(service).not.toHaveProperty("dhcp");
  });

  it("small-production leaves routing to the edge", () => {
    expect(build("small-production")).not.toHaveProperty("hostServices");
  });

  it("l3-nat-external-dhcp says who owns the leases", () => {
    expect(build("l3-nat-external-dhcp").vnets[0]?.alias).toContain("10.120.0.2 owns 10.120.0.120-10.120.0.220");
  });

  it("multi-node has one gateway node", () => {
    expect(build("multi-node").hostServices?.map((service) => service.gatewayNode)).toEqual(["pve1"]);
  });
});

describe("parameters", () => {
  it("keep the numbers' distances when the first tag and the block move", () => {
    const layout = build("homelab-six-vlans", { firstTag: 310, block: "192.168.0.0/16" });
    expect(layout.vnets.map((vnet) => vnet.tag)).toEqual([310, 311, 320, 330, 340, 350]);
    expect(layout.subnets.map((subnet) => subnet.cidr)).toEqual([
      "192.168.10.0/24",
      "192.168.11.0/24",
      "192.168.20.0/24",
      "192.168.30.0/24",
      "192.168.40.0/24",
      "192.168.50.0/24",
    ]);
    expect(layout.hostServices?.[5]?.dhcp?.ranges).toEqual([{ start: "192.168.50.120", end: "192.168.50.220" }]);
    expect(validateLayout(layout)).toEqual([]);
  });

  it("shift the production table into any block, /23 included", () => {
    const layout = build("small-production", { block: "172.16.0.0/16", firstTag: 1 });
    expect(rows(layout).map(([id, tag, cidr]) => [id, tag, cidr])).toContainEqual(["pprod", 31, "172.16.140.0/23"]);
    expect(validateLayout(layout).filter((problem) => problem.severity === "error")).toEqual([]);
  });

  it("recompute the range in a smaller network", () => {
    expect(build("basic", { network: "10.0.0.0/26" }).hostServices?.[0]?.dhcp?.ranges).toEqual([
      { start: "10.0.0.30", end: "10.0.0.55" },
    ]);
  });

  it("are the cluster's own nodes and bridges at first", () => {
    const other = { nodes: ["alpha", "beta", "gamma"], bridges: ["vmbr7"] };
    const defaults = (id: string, choices = other) => {
      const starter = starterById(id);
      return starter && parameterDefaults(starter, choices);
    };
    expect(defaults("basic")).toMatchObject({ node: "alpha", bridge: "vmbr7" });
    expect(defaults("multi-node")).toMatchObject({ nodes: ["alpha", "beta"], gatewayNode: "alpha" });
    expect(defaults("small-production")).toMatchObject({ nodes: ["alpha", "beta", "gamma"] });
    expect(defaults("basic", CLUSTER)).toMatchObject({ bridge: "vmbr0", firstTag: 10, network: "10.10.0.0/24" });
  });

  it.each(STARTERS.map((starter) => [starter.id, starter] as const))(
    "%s builds from a cluster's defaults",
    (_, starter) => {
      const parsed = parseParameters(starter, parameterDefaults(starter, CLUSTER));
      expect(parsed.ok && starter.build(parsed.value).ok).toBe(true);
    },
  );

  it.each([
    ["homelab-six-vlans", { firstTag: 0 }, "firstTag", "1 to 4054"],
    ["homelab-six-vlans", { firstTag: 4055 }, "firstTag", "1 to 4054"],
    ["basic", { firstTag: "ten" }, "firstTag", "1 to 4094"],
    ["basic", { network: "10.10.0.5/24" }, "network", "10.10.0.0/24"],
    ["basic", { network: "10.10.0.0/30" }, "network", "/28"],
    ["basic", { network: "2001:db8::/64" }, "network", "IPv4"],
    ["homelab-six-vlans", { block: "10.0.0.0/24" }, "block", "/16"],
    ["basic", { bridge: "vmbr0; reboot" }, "bridge", "vmbr0"],
    ["basic", { node: "-x" }, "node", "pve1"],
    ["basic", { domain: "lab\nevil" }, "domain", "lab.example"],
    ["basic", { brigde: "vmbr0" }, "brigde", "bridge"],
    ["multi-node", { nodes: ["pve1"] }, "nodes", "at least 2"],
    ["basic", { firstTag: { a: 1 } }, "firstTag", "whole number"],
  ])("%s refuses %j on field %s with the cure", (id, values, field, hint) => {
    const starter = starterById(id);
    const parsed = starter && parseParameters(starter, values);
    if (!parsed || parsed.ok) throw new Error("should be refused");
    expect(parsed.error).toHaveLength(1);
    expect(parsed.error[0]).toMatchObject({ field, severity: "error" });
    expect(parsed.error[0]?.message).toContain(hint);
  });

  it.each([null, [], "text", 3])("given as %j are refused or defaulted, never a crash", (values) => {
    const starter = starterById("basic");
    if (!starter) throw new Error("no basic");
    expect(parseParameters(starter, values).ok).toBe(values === null);
  });

  it("refuse a gateway node outside the zone", () => {
    const starter = starterById("multi-node");
    const parsed = starter && parseParameters(starter, { gatewayNode: "pve3" });
    if (!starter || !parsed?.ok) throw new Error("should parse");
    expect(starter.build(parsed.value)).toMatchObject({ ok: false, error: [{ field: "gatewayNode" }] });
  });
});
