import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutArbitrary } from "@/lib/core/layout/arbitrary";
import type { Layout } from "@/lib/core/layout/model";
import { EVPN, FACTS, hosted, labWith, layoutOf, node, VXLAN } from "@/lib/core/validate/sample-layouts";
import { validateLayout } from "@/lib/core/validate/validate";
import { gatewayMac } from "./gateway-mac";
import { nodeStateSchema } from "./node-state";
import { nextState, nodeStates } from "./node-states";

const OWNER = "trunkline-test";
const statesOf = (...layouts: Layout[]) =>
  nodeStates({ layouts, facts: FACTS, owner: OWNER, revision: 7, repairSeconds: () => 60 });

describe("the state of a node", () => {
  it("spells out everything the agent needs", () => {
    const layout = hosted({
      snat: true,
      snatExclude: ["192.168.0.0/16", "10.0.0.0/8"],
      guardExceptions: [{ protocol: "tcp", port: 22 }],
      forward: "deny",
      dhcp: {
        ranges: [{ start: "10.10.0.120", end: "10.10.0.220" }],
        domain: "lab.local",
        dnsServers: ["8.8.8.8"],
        reservations: [{ mac: "BC-24-11-00-00-01", ip: "10.10.0.5", hostname: "bastion" }],
        options: { mtu: 1450, "ntp-servers": "10.10.0.1" },
      },
      routes: [{ destination: "10.99.0.0/16", via: "10.10.0.5" }],
    });
    const { states, problems, unserved } = statesOf(layout);
    expect(problems).toEqual([]);
    expect(unserved).toEqual([]);
    expect(Object.fromEntries(states)).toEqual({
      pve1: {
        schema: 1,
        owner: OWNER,
        revision: 7,
        repairSeconds: 60,
        vnets: [
          {
            vnet: "vnetmgmt",
            mac: gatewayMac(OWNER, "vnetmgmt"),
            mtu: null,
            guard: true,
            guardExceptions: [{ protocol: "tcp", port: 22 }],
            forward: "deny",
            ra: null,
            subnets: [
              {
                cidr: "10.10.0.0/24",
                gateway: "10.10.0.1",
                snat: { uplink: "vmbr0", exclude: ["10.0.0.0/8", "192.168.0.0/16"] },
                dhcp: {
                  ranges: [{ start: "10.10.0.120", end: "10.10.0.220" }],
                  lease: "24h",
                  domain: "lab.local",
                  dnsServers: ["8.8.8.8"],
                  reservations: [{ mac: "bc:24:11:00:00:01", ip: "10.10.0.5", hostname: "bastion" }],
                  options: { mtu: 1450, "ntp-servers": ["10.10.0.1"] },
                },
              },
            ],
          },
        ],
        routes: [{ destination: "10.99.0.0/16", via: "10.10.0.5" }],
      },
    });
  });

  it("has the usual range where none is written, and none beside reservations when the list is empty", () => {
    const rangesOf = (layout: Layout) => statesOf(layout).states.get("pve1")?.vnets[0]?.subnets[0]?.dhcp?.ranges;
    const reservations = [{ mac: "bc:24:11:00:00:01", ip: "10.10.0.5" }];
    expect(rangesOf(hosted({ dhcp: {} }))).toEqual([{ start: "10.10.0.120", end: "10.10.0.220" }]);
    expect(rangesOf(hosted({ dhcp: { reservations } }))).toHaveLength(1);
    expect(rangesOf(hosted({ dhcp: { reservations, ranges: [] } }))).toEqual([]);
  });

  it("has both families of a VNet under one MAC, with what one of its subnets says", () => {
    const layout = hosted({ guard: false });
    const two: Layout = {
      ...layout,
      subnets: [{ vnet: "vnetmgmt", cidr: "2001:db8::/64", gateway: "2001:db8::1" }, ...layout.subnets],
      hostServices: [
        { vnet: "vnetmgmt", cidr: "2001:db8::/64", gatewayNode: "pve1", ra: "slaac" },
        ...(layout.hostServices ?? []),
      ],
    };
    const [vnet] = statesOf(two).states.get("pve1")?.vnets ?? [];
    expect(vnet?.subnets.map(({ cidr }) => cidr)).toEqual(["10.10.0.0/24", "2001:db8::/64"]);
    expect(vnet).toMatchObject({ guard: false, ra: { mode: "slaac" }, forward: "allow" });
  });

  it.each([
    ["nothing known", undefined, 1450],
    ["the zone's own", 1400, 1400],
  ])("an MTU of VXLAN: %s", (_, mtu, expected) => {
    const layout: Layout = {
      ...hosted({ uplink: "vmbr0" }),
      zones: [{ ...VXLAN, id: "hybzone", ...(mtu ? { mtu } : {}) }],
    };
    expect(statesOf(layout).states.get("pve1")?.vnets[0]?.mtu).toBe(expected);
  });

  it("takes the underlay's MTU for VXLAN where it is known", () => {
    const wide = node("pve1", 11);
    const faces = wide.interfaces.map((face) => ({ ...face, mtu: face.type === "loopback" ? null : 9000 }));
    const layout: Layout = { ...hosted(), zones: [{ ...VXLAN, id: "hybzone" }] };
    const facts = { ...FACTS, nodes: [{ ...wide, interfaces: faces }] };
    const { states } = nodeStates({ layouts: [layout], facts, owner: OWNER, revision: 1, repairSeconds: () => 60 });
    expect(states.get("pve1")?.vnets[0]?.mtu).toBe(8950);
  });
});

describe("what no agent serves is named", () => {
  const evpn: Layout = layoutOf({
    zones: [EVPN],
    vnets: [{ id: "web", zone: "ev", tag: 200 }],
    subnets: [{ vnet: "web", cidr: "10.10.0.0/24", gateway: "10.10.0.1" }],
    hostServices: [{ vnet: "web", cidr: "10.10.0.0/24", gatewayNode: "pve1", dhcp: {} }],
  });
  const simple: Layout = {
    ...labWith({ gateway: "10.10.0.1" }),
    hostServices: [{ vnet: "play", cidr: "10.10.0.0/24", gatewayNode: "pve1" }],
  };
  it.each<[string, Layout]>([
    ["EVPN", evpn],
    ["simple zones", simple],
    ["no gateway node", hosted({ gatewayNode: "" })],
    ["pve3 is not in zone", hosted({ gatewayNode: "pve3" })],
    ["no gateway within", hosted({}, { gateway: "10.99.0.1" })],
    ["no uplink", hosted({ snat: true, uplink: "" })],
    ["no such subnet", hosted({ cidr: "10.99.0.0/24" })],
  ])("%s", (reason, layout) => {
    const { states, unserved } = statesOf(layout);
    expect(states.size).toBe(0);
    expect(unserved).toHaveLength(1);
    expect(unserved[0]?.reason).toContain(reason);
  });

  it("but a router guest or an edge is nobody's business", () => {
    expect(statesOf(hosted({ provider: "edge" }))).toMatchObject({ unserved: [], problems: [] });
  });
});

describe("several layouts of one cluster", () => {
  const other = (service = {}, subnet = {}): Layout => {
    const layout = hosted(
      { vnet: "vnetdev", cidr: "10.20.0.0/24", ...service },
      { vnet: "vnetdev", cidr: "10.20.0.0/24", gateway: "10.20.0.1", ...subnet },
    );
    return { ...layout, name: "other", vnets: [{ id: "vnetdev", zone: "hybzone", tag: 20 }, ...layout.vnets] };
  };

  it("meet on one node", () => {
    const { states, problems } = statesOf(hosted(), other());
    expect(problems).toEqual([]);
    expect(states.get("pve1")?.vnets.map(({ vnet }) => vnet)).toEqual(["vnetdev", "vnetmgmt"]);
  });

  it.each<[string, Layout, string]>([
    ["overlap", other({ cidr: "10.10.0.0/25" }, { cidr: "10.10.0.0/25", gateway: "10.10.0.2" }), "overlap"],
    ["serve one VNet on two nodes", { ...hosted({ gatewayNode: "pve2" }), name: "other" }, "gateway"],
    ["serve one subnet twice", { ...hosted(), name: "other" }, "overlap"],
    [
      "route one destination two ways",
      other({ routes: [{ destination: "10.99.0.0/16", via: "10.20.0.9" }] }),
      "shall route 10.99.0.0/16",
    ],
  ])("that %s clash, by name", (_, second, words) => {
    const first = hosted({ routes: [{ destination: "10.99.0.0/16", via: "10.10.0.9" }] });
    const { problems } = statesOf(first, second);
    expect(problems.map(({ code }) => code)).toEqual(["host-services-clash"]);
    expect(problems[0]?.message).toContain(words);
    expect(problems[0]?.message).toContain("other");
  });
});

describe("revisions", () => {
  const [state] = [...statesOf(hosted()).states.values()];
  if (!state) throw new Error("no state");
  it("grow when something changed, and stay when nothing did", () => {
    const sent = { ...state, revision: 12 };
    expect(nextState({ ...state, revision: 1 }, sent)).toBe(sent);
    expect(nextState({ ...state, revision: 1, repairSeconds: 30 }, sent).revision).toBe(13);
    expect(nextState(state, null)).toBe(state);
  });
});

describe("any layout without errors", () => {
  it("gives states of the agreed shape, the same whatever the order of objects, each subnet once or its reason", () => {
    void fc.assert(
      fc.property(layoutArbitrary, (layout) => {
        const { states, problems, unserved } = statesOf(layout);
        const reversed: Layout = {
          ...layout,
          vnets: [...layout.vnets].reverse(),
          subnets: [...layout.subnets].reverse(),
          ...(layout.hostServices ? { hostServices: [...layout.hostServices].reverse() } : {}),
        };
        expect(validateLayout(layout).filter(({ severity }) => severity === "error")).toEqual([]);
        expect(problems).toEqual([]);
        expect([...statesOf(reversed).states]).toEqual([...states]);
        for (const state of states.values()) expect(nodeStateSchema.parse(state)).toEqual(state);
        const served = [...states.values()].flatMap(({ vnets }) => vnets.flatMap(({ subnets }) => subnets));
        expect(served.length + unserved.length).toBe(layout.hostServices?.length ?? 0);
      }),
    );
  });
});

describe("the gateway's MAC", () => {
  it("is locally administered, the same for the same VNet, and another for another", () => {
    void fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9-]{8,20}$/), fc.stringMatching(/^[a-z][a-z0-9]{1,7}$/), (owner, vnet) => {
        expect(gatewayMac(owner, vnet)).toMatch(/^02:54:4c(:[0-9a-f]{2}){3}$/);
        expect(gatewayMac(owner, vnet)).toBe(gatewayMac(owner, vnet));
      }),
    );
    const many = Array.from({ length: 200 }, (_, at) => gatewayMac(OWNER, `vnet${at}`));
    expect(new Set(many).size).toBe(200);
  });
});
