import * as z from "zod/mini";

/**
 * What one node's agent shall keep true: one JSON document per node, replaced as a whole. The agent refuses a key it does
 * not know, so this is its exact shape (docs/reference/host-agent.md). Addresses and networks are in canonical spelling.
 */
const text = z.string();
const texts = z.array(text);
const number = z.number();

const routeSchema = z.strictObject({ destination: text, via: text });

/** DHCP options by dnsmasq's own names where it has one. A closed list: free text would be another directive. */
const dhcpOptionsSchema = z.strictObject({
  "ntp-servers": z.optional(texts),
  search: z.optional(texts),
  "static-routes": z.optional(z.array(routeSchema)),
  "tftp-server": z.optional(text),
  "boot-file": z.optional(text),
  mtu: z.optional(number),
});
export type DhcpOptions = z.infer<typeof dhcpOptionsSchema>;

const dhcpSchema = z.strictObject({
  ranges: z.array(z.strictObject({ start: text, end: text })),
  lease: text,
  domain: z.nullable(text),
  dnsServers: texts,
  reservations: z.array(z.strictObject({ mac: text, ip: text, hostname: z.nullable(text) })),
  options: dhcpOptionsSchema,
});
export type DhcpState = z.infer<typeof dhcpSchema>;

const subnetStateSchema = z.strictObject({
  cidr: text,
  gateway: text,
  snat: z.nullable(z.strictObject({ uplink: text, exclude: texts })),
  dhcp: z.nullable(dhcpSchema),
});
export type SubnetState = z.infer<typeof subnetStateSchema>;

const vnetStateSchema = z.strictObject({
  vnet: text,
  /** Pinned, because a bridge otherwise takes the lowest MAC among its ports, which changes as guests come and go. */
  mac: text,
  mtu: z.nullable(number),
  guard: z.boolean(),
  guardExceptions: z.array(z.strictObject({ protocol: z.enum(["tcp", "udp"]), port: number })),
  forward: z.enum(["allow", "deny"]),
  ra: z.nullable(z.strictObject({ mode: z.enum(["slaac", "stateless", "stateful"]) })),
  subnets: z.array(subnetStateSchema),
});
export type VnetState = z.infer<typeof vnetStateSchema>;

/** How often an agent looks by itself whether everything is as it should be, unless somebody says otherwise. */
export const REPAIR_SECONDS = 60;

export const nodeStateSchema = z.strictObject({
  schema: z.literal(1),
  owner: text,
  revision: number,
  /** Seconds between two repairs. */
  repairSeconds: number,
  vnets: z.array(vnetStateSchema),
  routes: z.array(routeSchema),
});
export type NodeState = z.infer<typeof nodeStateSchema>;
