import { expect, it } from "vitest";
import type { HostService, Zone } from "@/lib/core/layout/model";
import { gatewayNodeOf, gatewayWords } from "./gateway-words";

const vlan: Zone = { id: "corp", type: "vlan", bridge: "vmbr0" };
const subnet = { vnet: "prod", cidr: "10.0.0.0/24", gateway: "10.0.0.1" };
const { gateway: _, ...without } = subnet;
const service: HostService = { vnet: "prod", cidr: "10.0.0.0/24", gatewayNode: "pve2" };

it.each([
  [vlan, subnet, service, "the node pve2 is the gateway"],
  [vlan, subnet, { ...service, provider: "guest" as const }, "a router guest is the gateway"],
  [vlan, without, { ...service, provider: "edge" as const }, "an outside router is the gateway"],
  [vlan, subnet, { vnet: "prod", cidr: "10.0.0.0/24" }, "a node is to be chosen as gateway"],
  [vlan, subnet, null, "whoever has that address is the gateway"],
  [vlan, without, null, null],
  [{ id: "s", type: "simple" as const }, subnet, null, "Proxmox is the gateway, on every node"],
])("%j %j %j: %s", (zone, net, host, words) => {
  expect(gatewayWords(zone, net, host)).toBe(words);
});

it("a VNet's gateway node is that of its first subnet an agent serves", () => {
  const second = { vnet: "prod", cidr: "10.0.1.0/24", gateway: "10.0.1.1" };
  expect(
    gatewayNodeOf(vlan, [
      { subnet: second, service: null },
      { subnet, service },
    ]),
  ).toBe("pve2");
  expect(gatewayNodeOf(vlan, [{ subnet, service: { ...service, provider: "edge" } }])).toBeNull();
});
