import { subnetSchema, vnetSchema, zoneSchema } from "../layout/model";
import type { Owned } from "../ports";
import type { Problem } from "../problem";
import { type Entity, type EntityKey, type EntityKind, type Props, vnetKey, zoneKey } from "./entity";
import { changedFields, type FieldChange } from "./step";

/** What has to happen to one object. A replace is a delete and a create of the same key. */
export type Difference =
  | { readonly op: "create"; readonly after: Entity; readonly reasons: readonly string[] }
  | { readonly op: "delete"; readonly before: Entity; readonly reasons: readonly string[] }
  | {
      readonly op: "update" | "replace";
      readonly before: Entity;
      readonly after: Entity;
      readonly fields: readonly FieldChange[];
      readonly reasons: readonly string[];
    };

export interface Diff {
  readonly differences: readonly Difference[];
  readonly unchanged: number;
  /** Objects of the cluster that this layout does not own. They are never touched. */
  readonly foreign: readonly Entity[];
  /** What stands in the way: an object that exists but is not ours, a foreign child of something that has to go. */
  readonly problems: readonly Problem[];
  /** The whole configuration the differences lead to, foreign objects included. */
  readonly goal: readonly Entity[];
}

/** Property names the layout speaks of. Anything else that Proxmox returned is left as it is. */
const MODELLED: Record<EntityKind, ReadonlySet<string>> = {
  zone: new Set(Object.keys(zoneSchema.shape)),
  vnet: new Set(Object.keys(vnetSchema.shape)),
  subnet: new Set([...Object.keys(subnetSchema.shape), "zone"]),
};

/** Properties Proxmox fills in by itself when the layout does not say. */
const FILLED_IN: Record<EntityKind, ReadonlySet<string>> = {
  zone: new Set(["mac"]),
  vnet: new Set(),
  subnet: new Set(),
};

export function differenceKey(difference: Difference): EntityKey {
  return difference.op === "delete" ? difference.before.key : difference.after.key;
}

/** The object an entity lives in, or null for a zone. */
export function parentKey(entity: Entity): EntityKey | null {
  switch (entity.kind) {
    case "zone":
      return null;
    case "vnet":
      return zoneKey(String(entity.props["zone"] ?? ""));
    case "subnet":
      return vnetKey(String(entity.props["vnet"] ?? ""));
  }
}

/**
 * The desired properties, plus those of the live object that the layout does not speak of. A zone of another type keeps
 * none: what belonged to the old type is refused by the new one (PVE::Network::SDN::Zones::Plugin).
 */
function mergedProps(live: Entity, desired: Entity): Props {
  if (live.props["type"] !== desired.props["type"]) return desired.props;
  const kept = Object.entries(live.props).filter(
    ([name]) => !(name in desired.props) && (!MODELLED[live.kind].has(name) || FILLED_IN[live.kind].has(name)),
  );
  return Object.fromEntries([...Object.entries(desired.props), ...kept].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Why an update of these fields is not possible in place, or null when it is. */
function replaceReason(before: Entity, after: Entity, fields: readonly FieldChange[], types: ZoneTypes): string | null {
  const changed = new Set(fields.map((change) => change.field));
  if (before.kind === "zone" && changed.has("type")) return "Proxmox cannot change the type of a zone.";
  // A subnet's id is made of its zone and network, so in another zone it is another object.
  if (before.kind === "subnet" && changed.has("zone"))
    return "A subnet's id names its zone, so it moves with a new id.";
  if (before.kind === "vnet" && changed.has("zone")) {
    const from = types.live.get(String(before.props["zone"]));
    const to = types.desired.get(String(after.props["zone"]));
    if (from !== to) return "Its new zone is of another type.";
  }
  return null;
}

interface ZoneTypes {
  readonly live: ReadonlyMap<string, string>;
  readonly desired: ReadonlyMap<string, string>;
}

function zoneTypes(entities: readonly Entity[]): Map<string, string> {
  return new Map(entities.filter((e) => e.kind === "zone").map((e) => [e.id, String(e.props["type"])]));
}

/**
 * Compares the live configuration with the desired one, key by key, without knowing what the properties mean. Only
 * objects in `owned` are changed or deleted; an object that exists unowned becomes the problem `already-exists`.
 */
export function diffEntities(live: readonly Entity[], desired: readonly Entity[], owned: Owned): Diff {
  const liveByKey = new Map(live.map((entity) => [entity.key, entity]));
  const desiredKeys = new Set(desired.map((entity) => entity.key));
  const types: ZoneTypes = { live: zoneTypes(live), desired: new Map([...zoneTypes(live), ...zoneTypes(desired)]) };
  const differences = new Map<EntityKey, Difference>();
  const goal = new Map<EntityKey, Entity>(liveByKey);
  const problems: Problem[] = [];
  let unchanged = 0;

  for (const wanted of desired) {
    const before = liveByKey.get(wanted.key);
    if (before && !owned.has(wanted.key)) {
      problems.push(alreadyExists(wanted));
      continue;
    }
    const difference = before ? changeOf(before, wanted, types) : { op: "create" as const, after: wanted, reasons: [] };
    if (difference) {
      differences.set(wanted.key, difference);
      goal.set(wanted.key, difference.after);
    } else unchanged += 1;
  }
  for (const before of live) {
    if (desiredKeys.has(before.key) || !owned.has(before.key)) continue;
    differences.set(before.key, { op: "delete", before, reasons: [] });
    goal.delete(before.key);
  }

  const carried = carryToChildren(live, owned, differences, goal);
  problems.push(...carried.problems);
  return {
    differences: [...differences.values()],
    unchanged: unchanged - carried.becameReplace,
    foreign: live.filter((entity) => !owned.has(entity.key) && !desiredKeys.has(entity.key)),
    problems,
    goal: [...goal.values()],
  };
}

const alreadyExists = (wanted: Entity): Problem => ({
  code: "already-exists",
  severity: "error",
  at: [wanted.key],
  message: `${label(wanted)} already exists in the cluster and no layout of ours made it. Adopt it, or choose another id.`,
});

/** What has to be done to an object of ours; null when nothing. */
function changeOf(before: Entity, wanted: Entity, types: ZoneTypes): Replaceable | null {
  const after: Entity = { ...wanted, props: mergedProps(before, wanted) };
  const fields = changedFields(before.props, after.props);
  if (fields.length === 0 && before.id === after.id) return null;
  const reason = replaceReason(before, after, fields, types);
  return { op: reason ? "replace" : "update", before, after, fields, reasons: reason ? [reason] : [] };
}

/** `parent` has to be free of children while it changes; says why, or null when children may stay. */
function childrenMustGo(parent: Difference): string | null {
  switch (parent.op) {
    case "create":
      return null;
    case "delete":
      return `${label(parent.before)} is removed.`;
    case "replace":
      return `${label(parent.before)} is replaced.`;
    case "update": {
      const changed = new Set(parent.fields.map((change) => change.field));
      // Proxmox refuses both while subnets exist (PVE::Network::SDN::Zones, ::Vnets).
      if (parent.before.kind === "vnet" && changed.has("zone")) return `${label(parent.before)} moves to another zone.`;
      if (parent.before.kind === "vnet" && changed.has("vlanaware"))
        return `${label(parent.before)} changes vlanaware.`;
      return null;
    }
  }
}

/** An object cannot stay while what it lives in goes away: its children are replaced too, or stand in the way. */
function carryToChildren(
  live: readonly Entity[],
  owned: Owned,
  differences: Map<EntityKey, Difference>,
  goal: ReadonlyMap<EntityKey, Entity>,
): { problems: Problem[]; becameReplace: number } {
  const problems: Problem[] = [];
  let becameReplace = 0;
  for (const { before, after, fields } of closingMoves(live, differences)) {
    const reason = "Its old and its new zone are both replaced, and each waits for the VNets of the other.";
    differences.set(before.key, { op: "replace", before, after, fields, reasons: [reason] });
  }
  // VNets before subnets, so that one pass in this order carries all the way down.
  const children = (["vnet", "subnet"] as const).flatMap((kind) => live.filter((child) => child.kind === kind));
  for (const child of children) {
    const reason = reasonFromAbove(child, differences);
    const own = differences.get(child.key);
    if (!reason || own?.op === "delete" || own?.op === "replace") continue;
    if (!owned.has(child.key)) {
      problems.push(foreignChild(child, reason));
      continue;
    }
    const after = goal.get(child.key);
    if (!after) continue;
    if (!own) becameReplace += 1;
    const fields = own?.op === "update" ? own.fields : [];
    differences.set(child.key, { op: "replace", before: child, after, fields, reasons: [reason] });
  }
  return { problems, becameReplace };
}

const foreignChild = (child: Entity, reason: string): Problem => ({
  code: "foreign-child",
  severity: "error",
  at: [child.key],
  message: `${label(child)} is not ours and stands in the way: ${reason} Move or remove it in Proxmox first, or adopt it.`,
});

type Replaceable = Extract<Difference, { op: "update" | "replace" }>;

/**
 * VNets that cannot just move. A zone that is replaced goes when its VNets have left, and they arrive in another one that
 * is replaced after that one came; where this leads back to the first zone, the move that closes the circle is none.
 */
function closingMoves(live: readonly Entity[], differences: ReadonlyMap<EntityKey, Difference>): Replaceable[] {
  const isReplaced = (zone: EntityKey | null) => zone !== null && differences.get(zone)?.op === "replace";
  const waitsFor = new Map<EntityKey, Set<EntityKey>>();
  const leads = (from: EntityKey, to: EntityKey, seen = new Set<EntityKey>()): boolean => {
    if (from === to) return true;
    if (seen.has(from)) return false;
    seen.add(from);
    return [...(waitsFor.get(from) ?? [])].some((next) => leads(next, to, seen));
  };
  return live.flatMap((vnet) => {
    const own = vnet.kind === "vnet" ? differences.get(vnet.key) : undefined;
    if (own?.op !== "update") return [];
    const [from, to] = [parentKey(own.before), parentKey(own.after)];
    if (from === null || to === null || from === to || !isReplaced(from) || !isReplaced(to)) return [];
    if (leads(to, from)) return [own];
    waitsFor.set(from, (waitsFor.get(from) ?? new Set()).add(to));
    return [];
  });
}

function reasonFromAbove(child: Entity, differences: ReadonlyMap<EntityKey, Difference>): string | null {
  const parent = differences.get(parentKey(child) ?? "");
  const direct = parent ? childrenMustGo(parent) : null;
  if (direct) {
    // A vnet that itself leaves a removed zone by a plain move need not be replaced: it moves out first.
    const own = differences.get(child.key);
    if (child.kind === "vnet" && own?.op === "update" && parentKey(own.after) !== parentKey(child)) return null;
    return direct;
  }
  if (child.kind !== "subnet") return null;
  const zone = differences.get(zoneKey(String(child.props["zone"] ?? "")));
  // The addresses of a subnet are registered in the zone's IPAM, so Proxmox refuses to change it under them.
  const ipam = zone?.op === "update" && zone.fields.some((change) => change.field === "ipam");
  return ipam ? `Zone ${zone.before.id} changes its IPAM.` : null;
}

function label(entity: Entity): string {
  return `${entity.kind === "vnet" ? "VNet" : entity.kind === "zone" ? "Zone" : "Subnet"} ${entity.id}`;
}
