import { describe, expect, it } from "vitest";
import type { Zone } from "@/lib/core/layout/model";
import { EVPN, errorsOf, FACTS, judged, layoutOf, QINQ, SIMPLE, VLAN, VXLAN } from "../sample-layouts";
import { validateLayout } from "../validate";

const unseen = (path: string, privilege: string) => ({ path, privilege, purpose: "", granted: false, grant: "" });

describe("zone options", () => {
  const { bridge: _, ...bridgeless } = VLAN;
  const { peers: __, ...peerless } = VXLAN;
  it.each<[string, Zone, string[]]>([
    ["vlan without bridge", bridgeless, ["error option-missing bridge"]],
    ["vlan with empty bridge", { ...VLAN, bridge: "" }, ["error option-missing bridge"]],
    ["vlan with dhcp", { ...VLAN, dhcp: "dnsmasq" }, ["error option-not-supported dhcp"]],
    ["vlan with tag", { ...VLAN, tag: 5 }, ["error option-not-supported tag"]],
    ["vlan with vlan-protocol", { ...VLAN, "vlan-protocol": "802.1ad" }, ["error option-not-supported vlan-protocol"]],
    ["vlan with empty ipam", { ...VLAN, ipam: "" }, ["error value-empty ipam"]],
    ["vlan without mac learning", { ...VLAN, "bridge-disable-mac-learning": true }, []],
    ["simple with bridge", { ...SIMPLE, bridge: "vmbr0" }, ["error option-not-supported bridge"]],
    ["simple with dhcp and no ipam", { id: "lab", type: "simple", dhcp: "dnsmasq" }, ["error dhcp-without-ipam ipam"]],
    ["qinq without tag", { id: "qq", type: "qinq", bridge: "vmbr0" }, ["error option-missing tag"]],
    ["qinq with protocol", { ...QINQ, "vlan-protocol": "802.1ad" }, []],
    ["vxlan with neither peers nor fabric", peerless, ["error option-missing peers"]],
    ["vxlan with both", { ...VXLAN, fabric: "fab" }, ["error option-conflict peers"]],
    ["vxlan with a fabric", { ...peerless, fabric: "fab" }, []],
    ["vxlan with a peer that is a name", { ...VXLAN, peers: ["pve1"] }, ["error option-invalid peers"]],
    ["vxlan with port 65536", { ...VXLAN, "vxlan-port": 65_536 }, ["error option-invalid vxlan-port"]],
    ["vxlan with dhcp", { ...VXLAN, dhcp: "dnsmasq" }, ["error option-not-supported dhcp"]],
    ["evpn without controller", { id: "ev", type: "evpn", "vrf-vxlan": 1 }, ["error option-missing controller"]],
    ["evpn without vrf", { id: "ev", type: "evpn", controller: "c1" }, ["error option-missing vrf-vxlan"]],
    ["evpn with peers", { ...EVPN, peers: ["192.0.2.1"] }, ["error option-not-supported peers"]],
    ["evpn with a bad mac", { ...EVPN, mac: "BC:24:11" }, ["error option-invalid mac"]],
    ["evpn with a bad rt-import", { ...EVPN, "rt-import": "65000" }, ["error option-invalid rt-import"]],
    ["evpn with good rt-import", { ...EVPN, "rt-import": "65000:1,65000:4294967295" }, []],
    [
      "evpn, primary not an exit node",
      { ...EVPN, exitnodes: ["pve1"], "exitnodes-primary": "pve2" },
      ["error option-invalid exitnodes-primary"],
    ],
    ["evpn, exit node outside", { ...EVPN, nodes: ["pve1"], exitnodes: ["pve2"] }, ["error option-invalid exitnodes"]],
    ["dnszone without dns", { ...VLAN, dnszone: "lab.example" }, ["error option-missing dns"]],
    ["no nodes", { ...VLAN, nodes: [] }, ["error list-empty nodes"]],
    ["a node twice", { ...VLAN, nodes: ["pve1", "pve1"] }, ["warning list-duplicate nodes"]],
    ["mtu 0", { ...VLAN, mtu: 0 }, ["error mtu-out-of-range mtu"]],
    ["mtu 1279", { ...VLAN, mtu: 1279 }, ["error mtu-out-of-range mtu"]],
    ["mtu 1500.5", { ...VLAN, mtu: 1500.5 }, ["error mtu-out-of-range mtu"]],
    ["mtu 9000", { ...VLAN, mtu: 9000 }, []],
    ["vxlan with mtu 1500", { ...VXLAN, mtu: 1500 }, ["warning mtu-needs-larger-underlay mtu"]],
    ["vxlan with mtu 1450", { ...VXLAN, mtu: 1450 }, []],
  ])("%s", (__name, zone, expected) => {
    expect(judged(layoutOf({ zones: [zone] }))).toEqual(expected);
  });

  it.each<[string, Zone, string[]]>([
    ["an unknown node", { ...VLAN, nodes: ["pve1", "pve9"] }, ["unknown-node nodes"]],
    ["an unknown ipam", { ...VLAN, ipam: "netbox" }, ["unknown-ipam ipam"]],
    ["an unknown controller", { ...EVPN, controller: "evpn9" }, ["unknown-controller controller"]],
    ["a node missing from the peers", { ...VXLAN, peers: ["192.168.1.11", "192.168.1.13"] }, ["peer-missing peers"]],
    [
      "peers for the zone's nodes only",
      { ...VXLAN, nodes: ["pve1", "pve3"], peers: ["192.168.1.11", "192.168.1.13"] },
      [],
    ],
  ])("with a cluster: %s", (__name, zone, expected) => {
    expect(errorsOf(layoutOf({ zones: [zone] }), FACTS)).toEqual(expected);
  });

  it("a bridge that a node of the zone lacks is a warning, and the fix keeps the nodes that have it", () => {
    const [first, second, third] = FACTS.nodes.map((one, at) => (at === 1 ? { ...one, bridges: [] } : one));
    const facts = { ...FACTS, nodes: [first, second, third].flatMap((one) => one ?? []) };
    const everywhere: Zone = { id: "hybzone", type: "vlan", bridge: "vmbr0" };
    expect(judged(layoutOf({ zones: [everywhere] }), FACTS)).toEqual([]);
    expect(validateLayout(layoutOf({ zones: [everywhere] }), { facts })).toMatchObject([
      {
        code: "bridge-missing",
        severity: "warning",
        message: expect.stringContaining("vmbr0, which is not on pve2"),
        fix: { label: "Keep only nodes with vmbr0", value: ["pve1", "pve3"] },
      },
    ]);
    expect(judged(layoutOf({ zones: [{ ...everywhere, nodes: ["pve1", "pve3"] }] }), facts)).toEqual([]);
    expect(judged(layoutOf({ zones: [{ ...QINQ, bridge: "vmbr9" }] }), facts)).toEqual([
      "warning bridge-missing bridge",
    ]);
    const mayNotSee = { ...facts, privileges: [unseen("/sdn", "SDN.Audit")] };
    expect(judged(layoutOf({ zones: [everywhere] }), mayNotSee)).toEqual([]);
  });

  it("what could not be read is not judged", () => {
    const blind = {
      ...FACTS,
      ipams: null,
      controllers: null,
      nodes: FACTS.nodes.map((one) => ({ ...one, bridges: null, interfaces: [] })),
    };
    const zones = [
      { ...VLAN, ipam: "netbox" },
      { ...EVPN, controller: "x1" },
      { ...VXLAN, peers: ["192.0.2.1"] },
    ];
    expect(judged(layoutOf({ zones }), blind)).toEqual([]);
  });
});
