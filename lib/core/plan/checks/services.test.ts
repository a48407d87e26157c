import { describe, expect, it } from "vitest";
import type { Zone } from "../../layout/model";
import { EVPN, EVPN_CONTROLLER, FACTS, layoutOf, node, SIMPLE, VXLAN } from "../../validate/sample-layouts";
import { checkOf, liveOf, statusOf } from "../sample-plans";

const nodesWith = (packages: Readonly<Record<string, string>> | null) => [
  node("pve1", 11),
  node("pve2", 12, { packages }),
  node("pve3", 13),
];
const ALL = { ifupdown2: "3", "frr-pythontools": "10", dnsmasq: "2" };
const without = (name: string) => Object.fromEntries(Object.entries(ALL).filter(([one]) => one !== name));

const ON_PVE1: Zone = { ...SIMPLE, nodes: ["pve1"] };

describe("packages that a node lacks", () => {
  it.each([
    ["dnsmasq", SIMPLE, "block"],
    ["dnsmasq", ON_PVE1, "pass"],
    ["dnsmasq", EVPN, "pass"],
    ["frr-pythontools", EVPN, "block"],
    ["frr-pythontools", SIMPLE, "pass"],
    ["ifupdown2", VXLAN, "block"],
  ] as const)("%s with %o: %s", (name, zone, status) =>
    expect(
      statusOf("packages", { layout: layoutOf({ zones: [zone] }), facts: { nodes: nodesWith(without(name)) } }),
    ).toBe(status),
  );

  it("are not checked where they cannot be read, and say what to install where they can", () => {
    const layout = layoutOf({ zones: [SIMPLE] });
    expect(statusOf("packages", { layout, facts: { nodes: nodesWith(null) } })).toBe("unknown");
    expect(checkOf("packages", { layout, facts: { nodes: nodesWith(without("dnsmasq")) } })?.next).toEqual([
      "apt install dnsmasq",
    ]);
  });
});

describe("EVPN", () => {
  const masked = (more: Partial<typeof EVPN>) =>
    layoutOf({
      zones: [{ ...EVPN, ...more }],
      vnets: [{ id: "ve1", zone: "ev", tag: 11_000 }],
      subnets: [{ vnet: "ve1", cidr: "10.40.0.0/24", gateway: "10.40.0.1", snat: true }],
    });
  const BGP = { ...EVPN_CONTROLLER, type: "bgp" };

  it.each([
    ["one exit node", masked({ exitnodes: ["pve1"] }), [EVPN_CONTROLLER], "pass"],
    ["SNAT without an exit node", masked({}), [EVPN_CONTROLLER], "warn"],
    [
      "SNAT over two exit nodes without a primary one",
      masked({ exitnodes: ["pve1", "pve2"] }),
      [EVPN_CONTROLLER],
      "block",
    ],
    [
      "with a primary one",
      masked({ exitnodes: ["pve1", "pve2"], "exitnodes-primary": "pve1" }),
      [EVPN_CONTROLLER],
      "pass",
    ],
    ["a controller of another type", masked({ exitnodes: ["pve1"] }), [BGP], "block"],
    [
      "two EVPN controllers",
      masked({ exitnodes: ["pve1"] }),
      [EVPN_CONTROLLER, { ...EVPN_CONTROLLER, id: "evpn2" }],
      "warn",
    ],
    ["controllers that cannot be read", masked({ exitnodes: ["pve1"] }), null, "unknown"],
    ["no EVPN zone", layoutOf({}), null, undefined],
  ] as const)("%s: %s", (_, layout, controllers, status) =>
    expect(statusOf("evpn", { layout, facts: { controllers } })).toBe(status),
  );

  it("is only told of what is so in the cluster already", () => {
    const two = masked({ exitnodes: ["pve1", "pve2"] });
    const layout = { ...two, vnets: [{ id: "ve1", zone: "ev", tag: 11_000, alias: "new" }] };
    expect(checkOf("evpn", { layout, config: liveOf(two) })).toMatchObject({
      status: "warn",
      detail: expect.stringContaining("already so in the cluster"),
    });
    expect(statusOf("evpn", { layout: two, config: liveOf(masked({ exitnodes: ["pve1"] })) })).toBe("block");
  });
});

it("says on Proxmox VE 8 that there is no lock", () => {
  expect(statusOf("lock", { facts: { version: "8.4.1" } })).toBe("warn");
  expect(statusOf("lock", { facts: FACTS })).toBeUndefined();
});
