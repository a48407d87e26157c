import { describe, expect, it } from "vitest";
import type { HostService, Layout } from "../../layout/model";
import type { FirewallRule, NodeFirewall } from "../../ports";
import { err, ok } from "../../result";
import { layoutOf, vnet } from "../../validate/sample-layouts";
import { checkOf } from "../sample-plans";

/** A VNet that pve1 serves: DHCP, or with an IPv6 subnet router advertisements of a mode. */
function servedBy(more: Partial<HostService> = {}, cidr = "10.10.0.0/24", gateway = "10.10.0.1"): Layout {
  const service = { vnet: "vnetmgmt", cidr, gatewayNode: "pve1", uplink: "vmbr0", ...more };
  return layoutOf({
    vnets: [vnet()],
    subnets: [{ vnet: "vnetmgmt", cidr, gateway }],
    hostServices: [service],
  });
}
const DHCP = servedBy({ dhcp: {} });
const GATEWAY = servedBy();
const advertised = (mode: "slaac" | "stateless" | "stateful"): Layout =>
  servedBy({ ra: mode, ...(mode === "stateful" ? { dhcp: {} } : {}) }, "2001:db8:10::/64", "2001:db8:10::1");

const CLOSED: NodeFirewall = {
  ...{ on: true, nftables: false, policyIn: "DROP", policyForward: "ACCEPT", ndp: true, rules: [] },
};
const rule = (more: Partial<FirewallRule> = {}): FirewallRule => ({
  ...{ direction: "in", action: "ACCEPT", macro: null, protocol: null, sourcePorts: null, ports: null },
  ...{ icmpType: null, iface: null, narrowed: false },
  ...more,
});
const udp = (ports: string, more: Partial<FirewallRule> = {}) => rule({ protocol: "udp", ports, ...more });

function checkWith(layout: Layout, firewall: Partial<NodeFirewall>) {
  const pve1 = ok({ ...CLOSED, ...firewall });
  const agents = [{ node: "pve1", state: null, revision: 0 }];
  return checkOf("firewall", { layout, hosts: { others: [], owner: "trunkline-test", agents, firewalls: { pve1 } } });
}

describe("agents that get something", () => {
  const hosts = (failure: string | null) => ({
    ...{ others: [], owner: "trunkline-test", firewalls: {} },
    agents: [
      { node: "pve1", state: null, revision: 0, failure },
      { node: "pve2", state: null, revision: 0, failure: "Could not ask pve2." },
    ],
  });
  it("are told of when they could not be used lately; others are no matter", () => {
    expect(checkOf("agents", { layout: DHCP, hosts: hosts(null) })?.status).toBe("pass");
    expect(checkOf("agents", { layout: DHCP, hosts: hosts("Could not ask pve1.") })).toMatchObject({
      status: "warn",
      detail: expect.stringMatching(/^Could not ask pve1\. If it is still so/),
    });
    expect(checkOf("agents", { layout: layoutOf({ vnets: [vnet()] }), hosts: hosts("x") })).toBeUndefined();
  });
});

describe("the node's firewall and what its guests send it", () => {
  const cases: readonly (readonly [what: string, layout: Layout, firewall: Partial<NodeFirewall>, status: string])[] = [
    ["off", DHCP, { on: false }, "pass"],
    ["open by its policy", DHCP, { policyIn: "ACCEPT" }, "pass"],
    ["closed", DHCP, {}, "warn"],
    ["rejecting", DHCP, { policyIn: "REJECT" }, "warn"],
    ["closed, where nobody asks it for anything", GATEWAY, {}, "pass"],
    ["with a rule for the port", DHCP, { rules: [udp("67")] }, "pass"],
    ["with a rule by number and name", DHCP, { rules: [rule({ protocol: "17", ports: "bootps" })] }, "pass"],
    ["with a rule for a range, on the VNet", DHCP, { rules: [udp("53,60:70", { iface: "vnetmgmt" })] }, "pass"],
    ["with Proxmox's macro", DHCP, { rules: [rule({ macro: "DHCPfwd" })] }, "pass"],
    ["with a rule for everything", DHCP, { rules: [rule({ iface: "vnetmgmt" })] }, "pass"],
    ["with a rule on another interface", DHCP, { rules: [udp("67", { iface: "vmbr0" })] }, "warn"],
    ["with a rule for some sources", DHCP, { rules: [udp("67", { narrowed: true })] }, "warn"],
    ["with a rule for another port", DHCP, { rules: [udp("68"), udp("6:7"), udp("")] }, "warn"],
    ["with a rule for TCP", DHCP, { rules: [rule({ protocol: "tcp", ports: "67" })] }, "warn"],
    ["with a rule for another source port", DHCP, { rules: [udp("67", { sourcePorts: "1024:65535" })] }, "warn"],
    ["with another macro", DHCP, { rules: [rule({ macro: "DNS" })] }, "warn"],
    ["with a rule for what goes through", DHCP, { rules: [udp("67", { direction: "forward" })] }, "warn"],
    ["that accepts after it drops", DHCP, { rules: [rule({ action: "DROP" }), udp("67")] }, "warn"],
    ["open, with a rule that drops it", DHCP, { policyIn: "ACCEPT", rules: [udp("67", { action: "REJECT" })] }, "warn"],

    ["closed, with advertisements alone", advertised("slaac"), {}, "pass"],
    ["without neighbour discovery", advertised("slaac"), { ndp: false }, "warn"],
    ["and with its macro", advertised("slaac"), { ndp: false, rules: [rule({ macro: "NeighborDiscovery" })] }, "pass"],
    [
      "and with a rule for solicitations",
      advertised("slaac"),
      { ndp: false, rules: [rule({ protocol: "ipv6-icmp", icmpType: "router-solicitation" })] },
      "pass",
    ],
    [
      "and with a rule for another type",
      advertised("slaac"),
      { ndp: false, rules: [rule({ protocol: "icmpv6", icmpType: "echo-request" })] },
      "warn",
    ],
    ["closed, where DHCPv6 gives addresses", advertised("stateful"), {}, "warn"],
    ["closed, where DHCPv6 tells names", advertised("stateless"), {}, "warn"],
    ["with a rule for DHCPv6", advertised("stateful"), { rules: [udp("547", { sourcePorts: "546" })] }, "pass"],
    ["with Proxmox's macro for it", advertised("stateful"), { rules: [rule({ macro: "DHCPv6" })] }, "pass"],
    ["with a rule for DHCP only", advertised("stateful"), { rules: [udp("67")] }, "warn"],

    ["that lets nothing through", GATEWAY, { nftables: true, policyForward: "DROP" }, "warn"],
    ["whose forward policy nobody reads", GATEWAY, { policyForward: "DROP" }, "pass"],
    [
      "with a rule for what goes through",
      GATEWAY,
      { nftables: true, policyForward: "DROP", rules: [rule({ direction: "forward", iface: "vnetmgmt" })] },
      "pass",
    ],
    [
      "with such a rule for one protocol",
      GATEWAY,
      { nftables: true, policyForward: "DROP", rules: [rule({ direction: "forward", protocol: "tcp" })] },
      "warn",
    ],
  ];
  it.each(cases)("%s", (_, layout, firewall, status) => expect(checkWith(layout, firewall)?.status).toBe(status));

  it("says what is dropped, and the command that lets it in", () => {
    expect(checkWith(DHCP, {})).toMatchObject({
      detail: "pve1 drops what guests of vnetmgmt send it for DHCP.",
      next: [
        "pvesh create /nodes/pve1/firewall/rules --type in --action ACCEPT --proto udp --dport 67 --iface vnetmgmt --enable 1",
      ],
    });
  });

  it("is looked at on a node by script too, as far as the layout is served there", () => {
    const hosts = { others: [], owner: "trunkline-test", agents: [], byScript: ["pve1"] };
    const shut = { ...hosts, firewalls: { pve1: ok(CLOSED) } };
    expect(checkOf("firewall", { layout: DHCP, hosts: shut })).toMatchObject({
      status: "warn",
      detail: "pve1 drops what guests of vnetmgmt send it for DHCP.",
    });
    expect(checkOf("firewall", { layout: layoutOf({ vnets: [vnet()] }), hosts: shut })).toBeUndefined();
  });

  it("is unknown where it could not be read, and no matter where no agent gets anything", () => {
    const failure = { kind: "forbidden", message: "The token lacks Sys.Audit on /.", retry: false } as const;
    const agents = [{ node: "pve1", state: null, revision: 0 }];
    const hosts = { others: [], owner: "trunkline-test", agents };
    const unread = checkOf("firewall", { layout: DHCP, hosts: { ...hosts, firewalls: { pve1: err(failure) } } });
    expect(unread).toMatchObject({ status: "unknown", detail: expect.stringContaining("lacks Sys.Audit") });
    expect(checkOf("firewall", { layout: DHCP, hosts: { ...hosts, firewalls: {} } })?.status).toBe("unknown");
    expect(checkOf("firewall", { layout: DHCP, hosts })).toBeUndefined();
    const none = layoutOf({ vnets: [vnet()] });
    expect(checkOf("firewall", { layout: none, hosts: { ...hosts, firewalls: { pve1: ok(CLOSED) } } })).toBeUndefined();
  });
});
