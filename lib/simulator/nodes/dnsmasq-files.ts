import type { InterfaceSource } from "@/lib/simulator/nodes/generated-interfaces";
import { zoneCoversNode } from "@/lib/simulator/nodes/generated-interfaces";
import type { SceneNode } from "@/lib/simulator/scenes/scene";
import { option } from "@/lib/simulator/sdn/section";
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

/** Files below `/etc/dnsmasq.d` for the zones with DHCP; nothing when there are none. Lease ranges are not written: they steer the ipam only. */
export function dnsmasqFiles(source: InterfaceSource, node: SceneNode): Readonly<Record<string, string>> | undefined {
  const files: Record<string, string> = {};
  for (const [zoneId, zone] of source.zones) {
    if (zone === null || option(zone, "dhcp") === "" || !zoneCoversNode(zone, node.name)) continue;
    files[`${zoneId}/00-default.conf`] = zoneFile(zoneId, option(zone, "mtu") || "1500");
    for (const [id, subnet] of source.subnets) {
      const vnet = option(subnet ?? undefined, "vnet");
      if (subnet === null || option(source.vnets.get(vnet) ?? undefined, "zone") !== zoneId) continue;
      const { network, mask } = subnetIdentity(id);
      if (network.includes(":")) continue;
      const lines = [`dhcp-range=set:${id},${network},static,${netmask(mask)},infinite`];
      const gateway = option(subnet, "gateway");
      const dns = option(subnet, "dhcp-dns-server");
      if (gateway !== "") lines.push(`dhcp-option=tag:${id},option:router,${gateway}`);
      if (dns !== "") lines.push(`dhcp-option=tag:${id},option:dns-server,${dns}`);
      lines.push(`interface=${vnet}\n`);
      files[`${zoneId}/10-${vnet}.conf`] = lines.join("\n");
    }
  }
  return Object.keys(files).length === 0 ? undefined : files;
}
