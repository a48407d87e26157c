import { PRIVATE_BLOCKS } from "@/lib/core/layout/home-blocks";
import type { HostService, Layout } from "@/lib/core/layout/model";
import { moveSubnets } from "@/lib/core/layout/move-subnets";
import { serviceSpace, spaceEnd, spaceStart, tagUses, VNI_SPACE, vnetSpace } from "@/lib/core/layout/tag-spaces";
import { type Network, networkAround, readCidr, renderCidr } from "@/lib/core/net/cidr";
import { subnetKey } from "@/lib/core/plan/entity";
import { ok } from "@/lib/core/result";
import { groupedBy, type Slot, slotId, someOf } from "./slot";

/** The numbers of a saved layout: tags, networks, and the domain of its leases. */
export function numberSlots(layout: Layout): Slot[] {
  // Networks last: they rename subnets, by which the other slots know them.
  return [...tagSlots(layout), ...domainSlots(layout), ...blockSlots(layout)];
}

/** The tags of one number space move together. Tags inside a QinQ zone are a space of their own. */
function tagSlots(layout: Layout): Slot[] {
  const zones = new Map(layout.zones.map((zone) => [zone.id, zone]));
  const inside = layout.vnets.flatMap(({ zone, tag }) =>
    zones.get(zone)?.type === "qinq" && tag !== undefined && tag >= 1 && tag <= 4094
      ? [{ space: `zone ${zone}`, tag }]
      : [],
  );
  const spaces = [...groupedBy([...tagUses(layout), ...inside], ({ space }) => space)];
  return spaces.map(([space, uses], index): Slot => {
    const tags = uses.map(({ tag }) => tag);
    const [lowest, highest] = [tags.reduce((a, b) => Math.min(a, b)), tags.reduce((a, b) => Math.max(a, b))];
    const end = spaceEnd(space);
    const noun = space === VNI_SPACE ? "VNI" : "VLAN tag";
    const which = new Set(tags).size === 1 ? noun : `First ${noun}`;
    const where =
      spaces.length === 1 || space === VNI_SPACE ? "" : ` ${space.replace(/^bridge /, "on ").replace(/^zone /, "in ")}`;
    return {
      parameter: {
        id: slotId("firstTag", index),
        kind: "tag",
        label: `${which.charAt(0).toUpperCase()}${which.slice(1)}${where}`,
        help: lowest === highest ? `From ${spaceStart(space)} to ${end}.` : "The others keep their distance to it.",
        default: lowest,
        highest: end - (highest - lowest),
        end,
      },
      put: (next, value) => ok(withTags(layout, next, { space, step: Number(value) - lowest })),
    };
  });
}

/** `from` says which objects are in the space: a bridge may have another name by now. */
function withTags(from: Layout, layout: Layout, { space, step }: { space: string; step: number }): Layout {
  if (step === 0) return layout;
  const zones = new Map(from.zones.map((zone) => [zone.id, zone]));
  const moved = (tag: number): number => tag + step;
  return {
    ...layout,
    zones: layout.zones.map((zone) => {
      const before = zones.get(zone.id);
      if (!before) return zone;
      if (zone.tag !== undefined && serviceSpace(before) === space) return { ...zone, tag: moved(zone.tag) };
      const vrf = zone["vrf-vxlan"];
      return vrf !== undefined && zone.type === "evpn" && space === VNI_SPACE
        ? { ...zone, "vrf-vxlan": moved(vrf) }
        : zone;
    }),
    vnets: layout.vnets.map((vnet) => {
      const zone = zones.get(vnet.zone);
      const own = zone?.type === "qinq" ? `zone ${vnet.zone}` : vnetSpace(zone);
      return own === space && vnet.tag !== undefined ? { ...vnet, tag: moved(vnet.tag) } : vnet;
    }),
  };
}

function domainSlots(layout: Layout): Slot[] {
  const leased = groupedBy(layout.hostServices ?? [], ({ dhcp }) => dhcp?.domain);
  return [...leased].map(([name, services], index): Slot => {
    const keys = new Set(services.map(({ vnet, cidr }) => subnetKey(vnet, cidr)));
    const zones = new Set(layout.zones.flatMap(({ id, dnszone }) => (dnszone === name ? [id] : [])));
    const whose = someOf([...new Set(services.map(({ vnet }) => vnet))]);
    return {
      parameter: {
        id: slotId("domain", index),
        kind: "domain",
        label: leased.size === 1 ? "Domain" : `Domain of ${whose}`,
        help: "The DNS domain that guests get with their lease.",
        default: name,
      },
      put(next, value) {
        const domain = String(value);
        if (domain === name) return ok(next);
        const served = ({ vnet, cidr, dhcp, ...rest }: HostService): HostService =>
          dhcp && keys.has(subnetKey(vnet, cidr))
            ? { vnet, cidr, ...rest, dhcp: { ...dhcp, domain } }
            : { vnet, cidr, ...rest, ...(dhcp ? { dhcp } : {}) };
        return ok({
          ...next,
          zones: next.zones.map((zone) => (zones.has(zone.id) ? { ...zone, dnszone: domain } : zone)),
          ...(next.hostServices ? { hostServices: next.hostServices.map(served) } : {}),
        });
      },
    };
  });
}

/** The smallest block around the networks of one private range; every network keeps its place in it. */
function blockSlots(layout: Layout): Slot[] {
  const known = layout.subnets.flatMap((subnet) => {
    const network = readCidr(subnet.cidr)?.network;
    return network ? [{ subnet, network }] : [];
  });
  const groups = [...groupedBy(known, ({ network }) => homeOf(network)).values()]
    .map((members) => ({ members, block: blockAround(members.map(({ network }) => network)) }))
    // Networks from all over the world have nothing in common that somebody could choose.
    .filter(({ block }) => block.prefix >= (block.family === 4 ? 8 : 16));
  return groups.map(({ members, block }, index): Slot => {
    const text = renderCidr(block);
    const only = members.length === 1 ? members[0] : undefined;
    return {
      parameter: {
        id: slotId("block", index),
        kind: "cidr",
        label: groups.length === 1 ? "Address block" : `Address block ${text}`,
        help: only
          ? `The network of ${only.subnet.vnet}. Gateway and ranges keep their place in it.`
          : `Around ${members.length} networks, which keep their place in it.`,
        default: text,
        shortest: block.family === 4 ? 8 : 16,
        longest: block.prefix,
      },
      put(next, value) {
        const to = readCidr(String(value))?.network;
        if (!to || to.first === block.first) return ok(next);
        const step = to.first - block.first;
        const moves = members.map(({ subnet, network }) => ({
          ref: { vnet: subnet.vnet, cidr: subnet.cidr },
          from: network,
          to: networkAround(network.family, network.first + step, network.prefix),
        }));
        return ok(moveSubnets(next, moves));
      },
    };
  });
}

function homeOf(network: Network): string {
  const home = PRIVATE_BLOCKS.find(
    ({ family, first, last }) => family === network.family && network.first >= first && network.last <= last,
  );
  return home ? renderCidr(home) : `IPv${network.family}`;
}

function blockAround(networks: readonly Network[]): Network {
  const first = networks.map((network) => network.first).reduce((a, b) => (a < b ? a : b));
  const last = networks.map((network) => network.last).reduce((a, b) => (a > b ? a : b));
  const family = networks[0]?.family ?? 4;
  let prefix = networks.map((network) => network.prefix).reduce((a, b) => Math.min(a, b));
  while (networkAround(family, first, prefix).last < last) prefix--;
  return networkAround(family, first, prefix);
}
