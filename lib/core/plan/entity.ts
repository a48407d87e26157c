import type { Layout } from "../layout/model";

export type EntityKind = "zone" | "vnet" | "subnet";

/** `zone/hybzone`, `vnet/vnetmgmt`, `subnet/vnetmgmt/10.10.0.0/24`, and `host/<vnet>/<cidr>` for a host service. */
export type EntityKey = string;

/** A property value as it is compared and sent: booleans only `true`, lists sorted where their order has no meaning. */
export type PropValue = string | number | boolean | readonly string[] | readonly DhcpRange[];
export interface DhcpRange {
  readonly "start-address": string;
  readonly "end-address": string;
}
/** Proxmox property name → value. An unset property (also `false`, an empty text, an empty list) is absent. */
export type Props = Readonly<Record<string, PropValue>>;

/**
 * One SDN object in flat form, made from a layout or read from a cluster; both sides use the same normal form, so that
 * comparing them needs no knowledge of kinds. `props` holds `zone` for a vnet, and `vnet` and `zone` for a subnet.
 */
export interface Entity {
  readonly key: EntityKey;
  readonly kind: EntityKind;
  /** Proxmox's own id; for a subnet `<zone>-<ip>-<mask>`. */
  readonly id: string;
  readonly props: Props;
}

export const zoneKey = (id: string): EntityKey => `zone/${id}`;
export const vnetKey = (id: string): EntityKey => `vnet/${id}`;
export const subnetKey = (vnet: string, cidr: string): EntityKey => `subnet/${vnet}/${cidr}`;
export const hostServiceKey = (vnet: string, cidr: string): EntityKey => `host/${vnet}/${cidr}`;

/** Proxmox derives a subnet's id from its zone and network (PVE::Network::SDN::Subnets), host bits and spelling kept. */
export const subnetId = (zone: string, cidr: string): string => `${zone}-${cidr.replace("/", "-")}`;

/** Lists whose order Proxmox ignores; they are compared sorted. */
const UNORDERED = new Set(["nodes", "peers", "exitnodes"]);

/** Brings one property into normal form, or returns undefined when it counts as unset. */
export function normalValue(name: string, value: unknown): PropValue | undefined {
  if (value === undefined || value === null || value === "" || value === false) return undefined;
  if (Array.isArray(value)) {
    if (value.length === 0) return undefined;
    if (value.every((item) => typeof item === "string")) {
      return UNORDERED.has(name) ? [...new Set(value as string[])].sort() : (value as string[]);
    }
    return (value as DhcpRange[]).map((r) => ({
      "start-address": r["start-address"],
      "end-address": r["end-address"],
    }));
  }
  if (typeof value === "string" || typeof value === "number" || value === true) return value;
  return undefined;
}

/** Normalises a whole property map; keys in `skip` are left out. */
export function normalProps(source: Readonly<Record<string, unknown>>, skip: readonly string[] = []): Props {
  const props: Record<string, PropValue> = {};
  for (const name of Object.keys(source).sort()) {
    if (skip.includes(name)) continue;
    const value = normalValue(name, source[name]);
    if (value !== undefined) props[name] = value;
  }
  return props;
}

/** Properties with what Proxmox had beside them, which is sent back as it came. */
function withKept(kept: Readonly<Record<string, unknown>> | undefined, props: Props): Props {
  if (kept === undefined) return props;
  const all = { ...normalProps(kept), ...props };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** IPAM metadata and bookkeeping of a layout that Proxmox has no field for. */
const OWN_FIELDS = ["id", "site", "status", "role", "proxmox"];

/**
 * Flattens a layout into the objects Proxmox knows, in the layout's order. Host services are not among them.
 * A property that Proxmox silently ignores is left out (snat and dhcp-range outside simple and EVPN zones): contracts.
 */
export function toEntities(layout: Layout): Entity[] {
  const zoneType = new Map(layout.zones.map((zone) => [zone.id, zone.type]));
  const vnetZone = new Map(layout.vnets.map((vnet) => [vnet.id, vnet.zone]));
  return [
    ...layout.zones.map(
      (zone): Entity => ({
        key: zoneKey(zone.id),
        kind: "zone",
        id: zone.id,
        props: withKept(zone.proxmox, normalProps(zone, OWN_FIELDS)),
      }),
    ),
    ...layout.vnets.map(
      (vnet): Entity => ({
        key: vnetKey(vnet.id),
        kind: "vnet",
        id: vnet.id,
        props: withKept(vnet.proxmox, normalProps(vnet, OWN_FIELDS)),
      }),
    ),
    ...layout.subnets.map((subnet): Entity => {
      const zone = vnetZone.get(subnet.vnet) ?? "";
      const type = zoneType.get(zone);
      const served = type === "simple" || type === "evpn";
      const ignored = served ? [] : ["snat", "dhcp-range", "dhcp-dns-server"];
      return {
        key: subnetKey(subnet.vnet, subnet.cidr),
        kind: "subnet",
        id: subnetId(zone, subnet.cidr),
        props: withKept(subnet.proxmox, normalProps({ ...subnet, zone }, [...OWN_FIELDS, "cidr", ...ignored])),
      };
    }),
  ];
}
