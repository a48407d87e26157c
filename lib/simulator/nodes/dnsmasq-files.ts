import type { InterfaceSource } from "@/lib/simulator/nodes/generated-interfaces";
import { zoneCoversNode } from "@/lib/simulator/nodes/generated-interfaces";
import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { option, type Section } from "@/lib/simulator/sdn/section";
import { subnetIdentity } from "@/lib/simulator/sdn/subnet-identity";

function zoneFile(zone: string, mtu: string): string {
  return `except-interface=lo
enable-ra
quiet-ra
bind-dynamic
no-hosts
dhcp-leasefile=/var/lib/misc/dnsmasq.${zone}.leases
dhcp-hostsfile=/etc/dnsmasq.d/${zone}/ethers
dhcp-ignore=tag:!known

dhcp-option=26,${mtu}
ra-param=*,mtu:${mtu},0
`;
}

function netmask(mask: string): string {
  const bits = (0xffffffff << (32 - Number(mask))) >>> 0;
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
}

/** What one subnet adds to its vnet's file; nothing for IPv6. */
function subnetLines(id: string, subnet: Section): readonly string[] {
  const { network, mask } = subnetIdentity(id);
  if (network.includes(":")) return [];
  const gateway = option(subnet, "gateway");
  const dns = option(subnet, "dhcp-dns-server");
  return [
    `dhcp-range=set:${id},${network},static,${netmask(mask)},infinite`,
    ...(gateway === "" ? [] : [`dhcp-option=tag:${id},option:router,${gateway}`]),
    ...(dns === "" ? [] : [`dhcp-option=tag:${id},option:dns-server,${dns}`]),
  ];
}

/** vnet → lines of all its subnets, for the vnets of one zone. */
function vnetLines(source: InterfaceSource, zone: string): ReadonlyMap<string, readonly string[]> {
  const byVnet = new Map<string, readonly string[]>();
  for (const [id, subnet] of source.subnets) {
    const vnet = option(subnet ?? undefined, "vnet");
    if (subnet === null || option(source.vnets.get(vnet) ?? undefined, "zone") !== zone) continue;
    byVnet.set(vnet, [...(byVnet.get(vnet) ?? []), ...subnetLines(id, subnet)]);
  }
  return byVnet;
}

/** Files below `/etc/dnsmasq.d` for the zones with DHCP; nothing when there are none. Lease ranges are not written: they steer the ipam only. */
export function dnsmasqFiles(source: InterfaceSource, node: SceneNode): Readonly<Record<string, string>> | undefined {
  const files: Record<string, string> = {};
  for (const [id, zone] of source.zones) {
    if (zone === null || option(zone, "dhcp") === "" || !zoneCoversNode(zone, node.name)) continue;
    files[`${id}/00-default.conf`] = zoneFile(id, option(zone, "mtu") || "1500");
    for (const [vnet, lines] of vnetLines(source, id))
      if (lines.length > 0) files[`${id}/10-${vnet}.conf`] = `${lines.join("\n")}\ninterface=${vnet}\n`;
  }
  return Object.keys(files).length === 0 ? undefined : files;
}
