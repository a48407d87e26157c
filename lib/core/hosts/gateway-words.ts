import type { HostService, Subnet, Zone } from "@/lib/core/layout/model";
import { gatewayOf } from "./zone-abilities";

/** Who is the gateway of a subnet, for a line beside its address; null where it has none and needs no word about it. */
export function gatewayWords(zone: Zone, subnet: Subnet, service: HostService | null): string | null {
  const gateway = gatewayOf(zone, subnet, service);
  switch (gateway.by) {
    case "proxmox":
      return "Proxmox is the gateway, on every node";
    case "agent":
      return gateway.node === null ? "a node is to be chosen as gateway" : `the node ${gateway.node} is the gateway`;
    case "guest":
      return "a router guest is the gateway";
    case "edge":
      return "an outside router is the gateway";
    case "nobody":
      return subnet.gateway === undefined ? null : "whoever has that address is the gateway";
  }
}

/** The node whose agent is the gateway of a VNet; all its subnets share one. Null where no agent is. */
export function gatewayNodeOf(
  zone: Zone,
  subnets: readonly { readonly subnet: Subnet; readonly service: HostService | null }[],
): string | null {
  for (const { subnet, service } of subnets) {
    const gateway = gatewayOf(zone, subnet, service);
    if (gateway.by === "agent" && gateway.node !== null) return gateway.node;
  }
  return null;
}
