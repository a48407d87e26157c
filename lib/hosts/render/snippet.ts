import type { NodeState, VnetState } from "@/lib/core/hosts/node-state";
import { HEADER } from "./header";

/**
 * /etc/network/interfaces.d/trunkline: the durable part of the gateways. ifupdown2 merges these stanzas with Proxmox's own
 * of the same interface. Never `auto`: a stanza without it is silent while the VNet does not exist, and `auto` would warn
 * and fail. The MAC is in the first stanza of a VNet and holds for the bridge.
 */
export function renderSnippet({ vnets }: NodeState): string {
  return [HEADER, ...vnets.map(stanzas)].join("\n");
}

function stanzas({ vnet, mac, subnets }: VnetState): string {
  const addresses = subnets.map(({ cidr, gateway }) => `${gateway}${cidr.slice(cidr.indexOf("/"))}`);
  const families = [
    ["inet", addresses.filter((address) => !address.includes(":"))],
    ["inet6", addresses.filter((address) => address.includes(":"))],
  ] as const;
  return families
    .filter(([, list]) => list.length > 0)
    .map(([family, list], at) => {
      const lines = list.map((address) => `\taddress ${address}\n`);
      const pinned = at === 0 ? `\thwaddress ${mac}\n` : "";
      return `iface ${vnet} ${family} static\n${lines.join("")}${pinned}`;
    })
    .join("");
}
