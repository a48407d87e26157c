import type { HostService, Subnet, Zone, ZoneType } from "@/lib/core/layout/model";

/** Who can do a thing in a zone: Proxmox, the agent of a node, or neither (a guest or an outside router can). */
export type Doer = "proxmox" | "agent" | "nobody";

export type Provider = NonNullable<HostService["provider"]>;

/** Whether a service is for the agent of a node, which is what a layout means when it says nothing. */
export const isByAgent = ({ provider = "agent" }: Pick<HostService, "provider">): boolean => provider === "agent";

export interface ZoneAbilities {
  readonly gateway: Doer;
  readonly snat: Doer;
  readonly dhcp: Doer;
  readonly ipv6: Doer;
  /** Who can route, or at least serve DHCP, where Proxmox does not; the first is the usual one. */
  readonly providers: readonly Provider[];
  /** What that means, in one or two sentences. */
  readonly words: string;
}

const HOSTED: Omit<ZoneAbilities, "words" | "providers"> = {
  gateway: "agent",
  snat: "agent",
  dhcp: "agent",
  ipv6: "agent",
};

/**
 * What a zone of each type can and cannot do by itself (PVE::Network::SDN::Zones: only SimplePlugin and EvpnPlugin put
 * addresses on VNets, only SimplePlugin knows DHCP).
 */
export const ZONE_ABILITIES: Readonly<Record<ZoneType, ZoneAbilities>> = {
  simple: {
    gateway: "proxmox",
    snat: "proxmox",
    dhcp: "proxmox",
    ipv6: "nobody",
    providers: ["guest"],
    words:
      "Proxmox provides gateway, SNAT and DHCP on every node of the zone, each node for its own guests. It sends no router advertisements.",
  },
  vlan: {
    ...HOSTED,
    providers: ["agent", "guest", "edge"],
    words:
      "Proxmox only carries the VLAN. One node can be the gateway with Trunkline's agent, or a guest or an outside router is.",
  },
  qinq: {
    ...HOSTED,
    providers: ["agent", "guest", "edge"],
    words:
      "Proxmox only carries the VLAN inside the service VLAN. One node can be the gateway with Trunkline's agent, or a guest or an outside router is.",
  },
  vxlan: {
    ...HOSTED,
    providers: ["agent", "guest"],
    words:
      "Proxmox only carries the tunnel. One node can be the gateway with Trunkline's agent, or a guest is; packets are smaller by 50 bytes.",
  },
  evpn: {
    gateway: "proxmox",
    snat: "proxmox",
    dhcp: "nobody",
    ipv6: "nobody",
    providers: ["guest"],
    words:
      "Proxmox puts the gateway on every node and SNAT on the exit nodes. Nobody serves DHCP unless a guest does; the agent keeps out, because it would claim the gateway for one node.",
  },
};

/** Who routes a subnet: Proxmox, an agent on `node`, a guest, an outside router, or nobody that the layout knows of. */
export type Gateway =
  | { readonly by: "proxmox" | "guest" | "edge" | "nobody" }
  | { readonly by: "agent"; readonly node: string | null };

/** The gateway of a subnet follows from its zone and its host service; it is stored nowhere. */
export function gatewayOf(zone: Zone, subnet: Subnet, service: HostService | null): Gateway {
  const provider = service?.provider ?? (service ? "agent" : null);
  if (provider === "guest" || provider === "edge") return { by: provider };
  if (subnet.gateway === undefined) return { by: "nobody" };
  if (ZONE_ABILITIES[zone.type].gateway === "proxmox") return { by: "proxmox" };
  return provider === "agent" ? { by: "agent", node: service?.gatewayNode ?? null } : { by: "nobody" };
}
