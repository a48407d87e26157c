import type { Entity, EntityKey, PropValue } from "../plan/entity";
import { subnetId } from "../plan/entity";
import type { LiveConfig } from "../ports";
import { type Layout, subnetSchema, vnetSchema, zoneSchema } from "./model";

export interface Imported {
  readonly layout: Layout;
  /** What a layout cannot say, each with the reason; it stays foreign. */
  readonly skipped: readonly { readonly key: EntityKey; readonly reason: string }[];
}

/** Properties that Proxmox ignores on subnets of these zones; the layout keeps them as Proxmox has them. */
const IGNORED: ReadonlySet<string> = new Set(["snat", "dhcp-range", "dhcp-dns-server"]);

/**
 * The layout whose objects are these: the way back from `toEntities`. What the schema does not model is kept under
 * `proxmox` and sent back unchanged. Names, metadata and host services of `keep` stay with the objects that are there.
 */
export function toLayout(entities: readonly Entity[], name: string, keep: Layout | null = null): Imported {
  const skipped: Imported["skipped"][number][] = [];
  const known = new Set(zoneSchema.shape.type.options.map(String));
  const zones = entities.filter((one) => one.kind === "zone");
  const types = new Map(zones.map((zone) => [zone.id, String(zone.props["type"])]));
  const usable = (zone: string): boolean => known.has(types.get(zone) ?? "");
  const skip = (entity: Entity, reason: string): boolean => {
    skipped.push({ key: entity.key, reason });
    return false;
  };
  const zoneOf = new Map<string, string>();
  const kept = entities.filter((entity) => {
    const zone = entity.kind === "zone" ? entity.id : String(entity.props["zone"]);
    if (!types.has(zone)) return skip(entity, `Its zone ${zone} is not among what is imported.`);
    if (!usable(zone))
      return skip(entity, `Zone ${zone} is of type ${types.get(zone)}, which a layout cannot describe.`);
    if (entity.kind === "vnet") zoneOf.set(entity.id, zone);
    return true;
  });
  const placed = kept.filter((entity) => {
    if (entity.kind !== "subnet") return true;
    const vnet = String(entity.props["vnet"]);
    const zone = zoneOf.get(vnet);
    if (zone === undefined) return skip(entity, `Its VNet ${vnet} is not among what is imported.`);
    // Proxmox lets a subnet move to a VNet of another zone, where its id still names the old one.
    return entity.id === subnetId(zone, cidrOf(entity)) || skip(entity, `Its id names another zone than ${zone}.`);
  });
  const layout: Layout = {
    ...metadata(keep, name),
    zones: placed.filter((one) => one.kind === "zone").map((one) => objectOf(one, zoneSchema.shape, { id: one.id })),
    vnets: placed
      .filter((one) => one.kind === "vnet")
      .map((one) => objectOf(one, vnetSchema.shape, { id: one.id, ...ownFields(keep, one.id) })),
    subnets: placed
      .filter((one) => one.kind === "subnet")
      .map((one) => {
        const type = types.get(String(one.props["zone"]));
        const served = type === "simple" || type === "evpn";
        return objectOf(one, subnetSchema.shape, { cidr: cidrOf(one) }, served ? new Set(["zone"]) : UNSERVED);
      }),
  } as unknown as Layout;
  return { layout: withServices(layout, keep), skipped };
}

/** `zone` is said by the VNet; what Proxmox ignores goes to `proxmox`. */
const UNSERVED: ReadonlySet<string> = new Set(["zone", ...IGNORED]);

/** The layout of a cluster as it is edited, or of some of its zones. Changes nothing anywhere. */
export function importLayout(input: {
  readonly config: LiveConfig;
  readonly name: string;
  /** Ids of the zones to take; all when left out. */
  readonly zones?: readonly string[];
}): Imported {
  const { config, name, zones } = input;
  const wanted = config.entities.filter((entity) => {
    const zone = entity.kind === "zone" ? entity.id : String(entity.props["zone"]);
    return zones === undefined || zones.includes(zone);
  });
  return toLayout(wanted, name);
}

const cidrOf = (subnet: Entity): string => subnet.key.split("/").slice(2).join("/");

interface FieldSchema {
  safeParse(value: unknown): { readonly success: boolean };
}

/** An entity as an object of the layout: modelled properties by name, the rest under `proxmox`. */
function objectOf(
  { props }: Entity,
  shape: Readonly<Record<string, FieldSchema>>,
  identity: Readonly<Record<string, unknown>>,
  aside: ReadonlySet<string> = new Set(),
): Record<string, unknown> {
  const modelled: Record<string, unknown> = { ...identity };
  const rest: Record<string, PropValue> = {};
  for (const [name, value] of Object.entries(props)) {
    const fits = shape[name]?.safeParse(value).success === true && name !== "proxmox" && !(name in identity);
    if (fits && !aside.has(name)) modelled[name] = value;
    else if (name !== "zone" || !aside.has("zone")) rest[name] = value;
  }
  return Object.keys(rest).length > 0 ? { ...modelled, proxmox: rest } : modelled;
}

function metadata(keep: Layout | null, name: string): Pick<Layout, "version" | "name"> {
  if (!keep) return { version: 1, name };
  const { zones: _z, vnets: _v, subnets: _s, hostServices: _h, ...rest } = keep;
  return { ...rest, name };
}

function ownFields(keep: Layout | null, id: string) {
  const { site, status, role } = keep?.vnets.find((vnet) => vnet.id === id) ?? {};
  return {
    ...(site === undefined ? {} : { site }),
    ...(status === undefined ? {} : { status }),
    ...(role === undefined ? {} : { role }),
  };
}

function withServices(layout: Layout, keep: Layout | null): Layout {
  const there = new Set(layout.subnets.map(({ vnet, cidr }) => `${vnet} ${cidr}`));
  const services = keep?.hostServices?.filter(({ vnet, cidr }) => there.has(`${vnet} ${cidr}`)) ?? [];
  return services.length > 0 ? { ...layout, hostServices: services } : layout;
}
