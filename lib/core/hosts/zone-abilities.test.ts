import { describe, expect, it } from "vitest";
import type { HostService, Subnet, Zone } from "@/lib/core/layout/model";
import { EVPN, QINQ, SIMPLE, VLAN, VXLAN } from "@/lib/core/validate/sample-layouts";
import { type Gateway, gatewayOf, ZONE_ABILITIES } from "./zone-abilities";

const subnet: Subnet = { vnet: "web", cidr: "10.10.0.0/24", gateway: "10.10.0.1" };
const bare: Subnet = { vnet: "web", cidr: "10.10.0.0/24" };
const service = (more: Partial<HostService> = {}): HostService => ({ vnet: "web", cidr: "10.10.0.0/24", ...more });

describe("who routes a subnet", () => {
  it.each<[string, Zone, Subnet, HostService | null, Gateway]>([
    ["a simple zone", SIMPLE, subnet, null, { by: "proxmox" }],
    ["an EVPN zone", EVPN, subnet, null, { by: "proxmox" }],
    ["a VLAN zone alone", VLAN, subnet, null, { by: "nobody" }],
    ["a VLAN zone with an agent", VLAN, subnet, service({ gatewayNode: "pve1" }), { by: "agent", node: "pve1" }],
    ["a QinQ zone without a node yet", QINQ, subnet, service(), { by: "agent", node: null }],
    ["a VXLAN zone with a guest", VXLAN, subnet, service({ provider: "guest" }), { by: "guest" }],
    ["an outside router", VLAN, subnet, service({ provider: "edge" }), { by: "edge" }],
    ["no gateway", SIMPLE, bare, null, { by: "nobody" }],
  ])("%s", (_, zone, of, by, expected) => {
    expect(gatewayOf(zone, of, by)).toEqual(expected);
  });
});

it("an outside router is offered only where the wire leaves the cluster, an agent only where Proxmox is no gateway", () => {
  const providers = Object.entries(ZONE_ABILITIES).map(([type, abilities]) => [type, abilities.providers.join(" ")]);
  expect(Object.fromEntries(providers)).toEqual({
    simple: "guest",
    vlan: "agent guest edge",
    qinq: "agent guest edge",
    vxlan: "agent guest",
    evpn: "guest",
  });
});
