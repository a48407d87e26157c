import { z } from "zod";

const text = z.string();
const route = z.object({ destination: text, via: text });
const dhcp = z.object({
  ranges: z.array(z.object({ start: text, end: text })),
  lease: text,
  domain: text.nullable(),
  dnsServers: z.array(text),
  reservations: z.array(z.object({ mac: text, ip: text, hostname: text.nullable() })),
  options: z.record(text, z.unknown()),
});
const subnet = z.object({
  cidr: text,
  gateway: text,
  snat: z.object({ uplink: text, exclude: z.array(text) }).nullable(),
  dhcp: dhcp.nullable(),
});
const vnet = z.object({
  vnet: text,
  mac: text,
  mtu: z.number().nullable(),
  guard: z.boolean(),
  guardExceptions: z.array(z.object({ protocol: text, port: z.number() })),
  forward: text,
  ra: z.object({ mode: text }).nullable(),
  subnets: z.array(subnet),
});

/** What a node was told to keep true. Its meaning is checked by `readState`. */
export const hostStateSchema = z.object({
  schema: z.literal(1),
  owner: text,
  revision: z.number(),
  repairSeconds: z.number(),
  vnets: z.array(vnet),
  routes: z.array(route),
});
export type HostState = z.infer<typeof hostStateSchema>;
export type HostVnet = HostState["vnets"][number];

const partSchema = z.object({
  what: text,
  object: text,
  content: text,
  /** The VNet whose interface carries it: it goes with the interface. */
  link: text.optional(),
});
/** Something that the agent made on its node. */
export type Part = z.infer<typeof partSchema>;

const leaseSchema = z.object({
  vnet: text,
  mac: text,
  ip: text,
  hostname: text.nullable(),
  expires: z.number(),
});
export type Lease = z.infer<typeof leaseSchema>;

/** One node's agent with everything it made, as plain data. */
export const hostRecordSchema = z.object({
  state: hostStateSchema.nullable(),
  /** Somebody broke or deleted the state's file. */
  damaged: z.boolean(),
  /** Whose services are in force, whatever became of the state. */
  owner: text.nullable(),
  revision: z.number().nullable(),
  parts: z.array(partSchema),
  leases: z.array(leaseSchema),
  repairs: z.array(z.object({ atMs: z.number(), changes: z.number(), what: z.array(text) })),
  lookedAtMs: z.number(),
  /** The node's network reloads when the agent last looked. */
  reloads: z.number(),
});
export type HostRecord = z.infer<typeof hostRecordSchema>;

/** A node whose agent was told nothing yet. */
export const emptyHost = (): HostRecord => ({
  state: null,
  damaged: false,
  owner: null,
  revision: null,
  parts: [],
  leases: [],
  repairs: [],
  lookedAtMs: 0,
  reloads: 0,
});
