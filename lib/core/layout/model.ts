import * as z from "zod/mini";

/**
 * The layout document: the desired state of a cluster's SDN, as people write it and as it is stored. The schemas check
 * the *shape* only (types, known keys); whether the values make sense is for `validateLayout`, because a draft may be
 * wrong for a while and must still be saved. Field names are Proxmox's own where Proxmox knows the thing.
 */
const ZONE_TYPES = ["simple", "vlan", "qinq", "vxlan", "evpn"] as const;
export type ZoneType = (typeof ZONE_TYPES)[number];

const text = z.string();
const list = z.array(z.string());
const flag = z.boolean();
const number = z.number();
const dhcpRange = z.strictObject({ "start-address": text, "end-address": text });
/** What Proxmox returned and this schema does not model; sent back unchanged. */
const proxmox = z.optional(z.record(z.string(), z.union([text, number, flag, list, z.array(dhcpRange)])));

export const zoneSchema = z.strictObject({
  id: text,
  type: z.enum(ZONE_TYPES),
  nodes: z.optional(list),
  mtu: z.optional(number),
  ipam: z.optional(text),
  dns: z.optional(text),
  reversedns: z.optional(text),
  dnszone: z.optional(text),
  dhcp: z.optional(z.literal("dnsmasq")),
  bridge: z.optional(text),
  "bridge-disable-mac-learning": z.optional(flag),
  tag: z.optional(number),
  "vlan-protocol": z.optional(z.enum(["802.1q", "802.1ad"])),
  peers: z.optional(list),
  fabric: z.optional(text),
  "vxlan-port": z.optional(number),
  controller: z.optional(text),
  "vrf-vxlan": z.optional(number),
  mac: z.optional(text),
  exitnodes: z.optional(list),
  "exitnodes-primary": z.optional(text),
  "exitnodes-local-routing": z.optional(flag),
  "advertise-subnets": z.optional(flag),
  "disable-arp-nd-suppression": z.optional(flag),
  "rt-import": z.optional(text),
  proxmox,
});
export type Zone = z.infer<typeof zoneSchema>;

export const vnetSchema = z.strictObject({
  id: text,
  zone: text,
  tag: z.optional(number),
  alias: z.optional(text),
  vlanaware: z.optional(flag),
  "isolate-ports": z.optional(flag),
  site: z.optional(text),
  status: z.optional(text),
  role: z.optional(text),
  proxmox,
});
export type Vnet = z.infer<typeof vnetSchema>;

export const subnetSchema = z.strictObject({
  vnet: text,
  cidr: text,
  gateway: z.optional(text),
  snat: z.optional(flag),
  "dhcp-range": z.optional(z.array(dhcpRange)),
  "dhcp-dns-server": z.optional(text),
  dnszoneprefix: z.optional(text),
  proxmox,
});
export type Subnet = z.infer<typeof subnetSchema>;

const route = z.strictObject({ destination: text, via: text });

/**
 * What one node does for a subnet where Proxmox does nothing. `gatewayNode`, `guard`, `guardExceptions`, `forward` and `ra`
 * belong to the VNet: every subnet of it says the same or nothing.
 */
export const hostServiceSchema = z.strictObject({
  vnet: text,
  cidr: text,
  provider: z.optional(z.enum(["agent", "guest", "edge"])),
  gatewayNode: z.optional(text),
  uplink: z.optional(text),
  snat: z.optional(flag),
  snatExclude: z.optional(list),
  dhcp: z.optional(
    z.strictObject({
      ranges: z.optional(z.array(z.strictObject({ start: text, end: text }))),
      domain: z.optional(text),
      lease: z.optional(text),
      dnsServers: z.optional(list),
      reservations: z.optional(z.array(z.strictObject({ mac: text, ip: text, hostname: z.optional(text) }))),
      options: z.optional(z.record(z.string(), z.union([text, number, list, z.array(route)]))),
    }),
  ),
  guard: z.optional(flag),
  guardExceptions: z.optional(z.array(z.strictObject({ protocol: z.enum(["tcp", "udp"]), port: number }))),
  forward: z.optional(z.enum(["allow", "deny"])),
  ra: z.optional(z.enum(["slaac", "stateless", "stateful"])),
  routes: z.optional(z.array(route)),
});
export type HostService = z.infer<typeof hostServiceSchema>;

/** A problem the author accepts, with the reason; only problems that say so can be accepted (`subnet-overlap`). */
export const exceptionSchema = z.strictObject({ problem: text, at: list, reason: text });
export type Exception = z.infer<typeof exceptionSchema>;

export const layoutSchema = z.strictObject({
  version: z.literal(1),
  name: text,
  description: z.optional(text),
  site: z.optional(text),
  status: z.optional(text),
  zones: z.array(zoneSchema),
  vnets: z.array(vnetSchema),
  subnets: z.array(subnetSchema),
  hostServices: z.optional(z.array(hostServiceSchema)),
  exceptions: z.optional(z.array(exceptionSchema)),
});
export type Layout = z.infer<typeof layoutSchema>;

export const emptyLayout = (name: string): Layout => ({ version: 1, name, zones: [], vnets: [], subnets: [] });
