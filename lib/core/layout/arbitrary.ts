import * as fc from "fast-check";
import { type Cidr, nthAddress, parseCidr } from "@/lib/core/net/cidr";
import { defaultRange } from "@/lib/core/net/range";
import { invariant } from "@/lib/core/result";
import type { HostService, Layout, Subnet, Vnet, Zone } from "./model";

/** Generators of layouts for property tests. Only tests import this file. */

const NODES = ["pve1", "pve2", "pve3"] as const;
/** Bridges that every node of the tests' cluster has. */
const BRIDGES = ["vmbr0", "vmbr1"] as const;
const PEERS = ["192.0.2.11", "192.0.2.12", "192.0.2.13"] as const;

/** Names nothing else has a meaning for. */
const idArbitrary = fc
  .tuple(fc.constantFrom("net", "lab", "web", "dmz", "Tst", "q"), fc.integer({ min: 1, max: 3 }))
  .map(([word, number]) => `${word}${number}`);

interface ZoneSeed {
  readonly id: string;
  readonly type: "simple" | "vlan" | "vxlan";
  readonly nodes: readonly string[];
  readonly mtu: number | null;
  readonly dhcp: boolean;
}

interface VnetSeed {
  readonly id: string;
  readonly zone: number;
  readonly tag: number;
  readonly alias: string | null;
  readonly isolated: boolean;
  /** How many subnets, and per subnet what it has. */
  readonly subnets: readonly SubnetSeed[];
}

interface SubnetSeed {
  readonly prefix: number;
  readonly gateway: boolean;
  readonly snat: boolean;
  readonly range: boolean;
  readonly hosted: boolean;
}

const subnetSeed = fc.record({
  prefix: fc.constantFrom(24, 24, 24, 27, 30),
  gateway: fc.boolean(),
  snat: fc.boolean(),
  range: fc.boolean(),
  hosted: fc.boolean(),
});

const vnetSeed = fc.record({
  id: idArbitrary,
  zone: fc.nat({ max: 3 }),
  tag: fc.oneof(fc.integer({ min: 2, max: 6 }), fc.integer({ min: 2, max: 4094 })),
  alias: fc.option(fc.constantFrom("Servers", "Office (1st)", "Lab net", "a/b_c")),
  isolated: fc.boolean(),
  subnets: fc.array(subnetSeed, { maxLength: 2 }),
});

const zoneSeed = fc.record({
  id: idArbitrary,
  type: fc.constantFrom("simple", "vlan", "vxlan"),
  nodes: fc.uniqueArray(fc.constantFrom(...NODES), { minLength: 1, maxLength: 3 }),
  mtu: fc.option(fc.constantFrom(1280, 1400, 1450)),
  dhcp: fc.boolean(),
}) satisfies fc.Arbitrary<ZoneSeed>;

/**
 * Layouts without errors: simple, VLAN and VXLAN zones on pve1 to pve3, vmbr0 and vmbr1, at most 4 zones, 8 VNets and 10
 * subnets, with gateways, ranges and host services here and there.
 */
export const layoutArbitrary: fc.Arbitrary<Layout> = fc
  .record({
    zones: fc.uniqueArray(zoneSeed, { maxLength: 4, selector: (zone) => zone.id }),
    vnets: fc.uniqueArray(vnetSeed, { maxLength: 8, selector: (vnet) => vnet.id }),
  })
  .map(({ zones, vnets }) => grow(zones, vnets));

function grow(zoneSeeds: readonly ZoneSeed[], vnetSeeds: readonly VnetSeed[]): Layout {
  const bridges = [...BRIDGES];
  const zones = zoneSeeds.map((seed) => zoneFrom(seed, bridges));
  const layout: Layout = { version: 1, name: "generated", zones, vnets: [], subnets: [] };
  const services: HostService[] = [];
  for (const seed of vnetSeeds) {
    const zone = zones[seed.zone % zones.length];
    const tagTaken = layout.vnets.some((other) => other.tag === seed.tag);
    if (!zone || zones.some((other) => other.id === seed.id) || (zone.type !== "simple" && tagTaken)) continue;
    layout.vnets.push(vnetFrom(seed, zone));
    for (const one of seed.subnets.slice(0, 10 - layout.subnets.length)) {
      const cidr = parseCidr(`10.${layout.subnets.length}.0.0/${one.prefix}`);
      invariant(cidr.ok, "a network");
      layout.subnets.push(subnetFrom(one, seed.id, zone, cidr.value));
      if (one.hosted && zone.type === "vlan") services.push(serviceFrom(one, seed.id, zone, cidr.value));
    }
  }
  return services.length > 0 ? { ...layout, hostServices: services } : layout;
}

/** Two VLAN zones on one bridge would share its tags, so each takes a bridge and the third becomes a simple zone. */
function zoneFrom(seed: ZoneSeed, bridges: (typeof BRIDGES)[number][]): Zone {
  const common = { id: seed.id, nodes: [...seed.nodes], ipam: "pve", ...(seed.mtu === null ? {} : { mtu: seed.mtu }) };
  const bridge = seed.type === "vlan" ? bridges.shift() : undefined;
  if (bridge !== undefined) return { ...common, type: "vlan", bridge };
  if (seed.type === "vxlan") return { ...common, type: "vxlan", peers: [...PEERS] };
  return { ...common, type: "simple", ...(seed.dhcp ? { dhcp: "dnsmasq" as const } : {}) };
}

const vnetFrom = (seed: VnetSeed, zone: Zone): Vnet => ({
  id: seed.id,
  zone: zone.id,
  ...(zone.type === "simple" ? {} : { tag: seed.tag }),
  ...(seed.alias === null ? {} : { alias: seed.alias }),
  ...(seed.isolated ? { "isolate-ports": true } : {}),
});

function subnetFrom(seed: SubnetSeed, vnet: string, zone: Zone, cidr: Cidr): Subnet {
  const gateway = seed.gateway || seed.hosted ? nthAddress(cidr, 1) : null;
  const served = zone.type === "simple" && gateway !== null;
  const range = served && seed.range && zone.dhcp ? defaultRange(cidr) : null;
  return {
    vnet,
    cidr,
    ...(gateway === null ? {} : { gateway }),
    ...(served && seed.snat ? { snat: true } : {}),
    ...(range ? { "dhcp-range": [{ "start-address": range.start, "end-address": range.end }] } : {}),
  };
}

function serviceFrom(seed: SubnetSeed, vnet: string, zone: Zone, cidr: Cidr): HostService {
  const range = seed.range ? defaultRange(cidr) : null;
  return {
    vnet,
    cidr,
    gatewayNode: zone.nodes?.[0] ?? NODES[0],
    uplink: "vmbr0",
    snat: seed.snat,
    ...(range ? { dhcp: { ranges: [{ ...range }], lease: "24h" } } : {}),
  };
}

/** Text that is nearly right, or not at all. */
const wildText = fc.oneof(
  fc.constantFrom(
    "",
    "pve1",
    "vmbr0",
    "10.0.0.0/24",
    "10.0.0.1",
    "10.0.0.5/24",
    "::1",
    "fe80::/64",
    "10.0.0.0/33",
    "lab1",
    "/",
    "vnet/a",
  ),
  fc.string({ maxLength: 12 }),
);
/** Zod leaves `__proto__` out of what it reads, and Proxmox has no property of that name. */
const wildKey = wildText.filter((text) => text !== "__proto__");
const wildNumber = fc.oneof(fc.integer({ min: -2, max: 5000 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const wildList = fc.array(wildText, { maxLength: 3 });
const wildFlag = fc.boolean();

/** An object whose optional keys may all be absent. */
const wild = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }, required: (keyof T & string)[]) =>
  fc.record(model, { requiredKeys: required as never }) as unknown as fc.Arbitrary<T>;

const wildZone = wild<Required<Zone>>(
  {
    id: wildText,
    type: fc.constantFrom("simple", "vlan", "qinq", "vxlan", "evpn"),
    nodes: wildList,
    mtu: wildNumber,
    ipam: wildText,
    dns: wildText,
    reversedns: wildText,
    dnszone: wildText,
    dhcp: fc.constant("dnsmasq" as const),
    bridge: wildText,
    "bridge-disable-mac-learning": wildFlag,
    tag: wildNumber,
    "vlan-protocol": fc.constantFrom("802.1q", "802.1ad"),
    peers: wildList,
    fabric: wildText,
    "vxlan-port": wildNumber,
    controller: wildText,
    "vrf-vxlan": wildNumber,
    mac: wildText,
    exitnodes: wildList,
    "exitnodes-primary": wildText,
    "exitnodes-local-routing": wildFlag,
    "advertise-subnets": wildFlag,
    "disable-arp-nd-suppression": wildFlag,
    "rt-import": wildText,
    proxmox: fc.dictionary(wildKey, wildText, { maxKeys: 2 }),
  },
  ["id", "type"],
) as fc.Arbitrary<Zone>;

const wildVnet = wild<Required<Vnet>>(
  {
    id: wildText,
    zone: wildText,
    tag: wildNumber,
    alias: wildText,
    vlanaware: wildFlag,
    "isolate-ports": wildFlag,
    site: wildText,
    status: wildText,
    role: wildText,
    proxmox: fc.dictionary(wildKey, wildText, { maxKeys: 2 }),
  },
  ["id", "zone"],
) as fc.Arbitrary<Vnet>;

const wildSubnet = wild<Required<Subnet>>(
  {
    vnet: wildText,
    cidr: wildText,
    gateway: wildText,
    snat: wildFlag,
    "dhcp-range": fc.array(fc.record({ "start-address": wildText, "end-address": wildText }), { maxLength: 3 }),
    "dhcp-dns-server": wildText,
    dnszoneprefix: wildText,
    proxmox: fc.dictionary(wildKey, wildText, { maxKeys: 2 }),
  },
  ["vnet", "cidr"],
) as fc.Arbitrary<Subnet>;

const wildRoutes = fc.array(fc.record({ destination: wildText, via: wildText }), { maxLength: 2 });

const wildDhcp = wild<Required<NonNullable<HostService["dhcp"]>>>(
  {
    ranges: fc.array(fc.record({ start: wildText, end: wildText }), { maxLength: 2 }),
    domain: wildText,
    lease: wildText,
    dnsServers: wildList,
    reservations: fc.array(fc.record({ mac: wildText, ip: wildText, hostname: wildText }), { maxLength: 2 }),
    options: fc.dictionary(
      fc.oneof(wildKey, fc.constantFrom("ntp-servers", "search", "static-routes", "mtu")),
      fc.oneof(wildText, wildNumber, wildList, wildRoutes),
      { maxKeys: 2 },
    ),
  },
  [],
);

const wildService = wild<Required<HostService>>(
  {
    vnet: wildText,
    cidr: wildText,
    provider: fc.constantFrom("agent", "guest", "edge"),
    gatewayNode: wildText,
    uplink: wildText,
    snat: wildFlag,
    snatExclude: wildList,
    dhcp: wildDhcp,
    guard: wildFlag,
    guardExceptions: fc.array(
      fc.record({ protocol: fc.constantFrom("tcp" as const, "udp" as const), port: wildNumber }),
      { maxLength: 2 },
    ),
    forward: fc.constantFrom("allow", "deny"),
    ra: fc.constantFrom("slaac", "stateless", "stateful"),
    routes: wildRoutes,
  },
  ["vnet", "cidr"],
) as fc.Arbitrary<HostService>;

/** Layouts of the right shape with any values at all. */
export const anyLayoutArbitrary: fc.Arbitrary<Layout> = wild<Required<Layout>>(
  {
    version: fc.constant(1 as const),
    name: wildText,
    description: wildText,
    site: wildText,
    status: wildText,
    zones: fc.array(wildZone, { maxLength: 4 }),
    vnets: fc.array(wildVnet, { maxLength: 6 }),
    subnets: fc.array(wildSubnet, { maxLength: 6 }),
    hostServices: fc.array(wildService, { maxLength: 3 }),
    exceptions: fc.array(fc.record({ problem: wildText, at: wildList, reason: wildText }), { maxLength: 2 }),
  },
  ["version", "name", "zones", "vnets", "subnets"],
) as fc.Arbitrary<Layout>;
