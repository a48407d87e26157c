import { type Entity, type EntityKind, normalProps, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import type { OtherObject, PendingChange } from "@/lib/core/ports";
import { fromWire } from "./fields";
import type { PendingRow } from "./wire";

/** One object as edited and as last applied; null where it does not exist in that view. */
export interface Views {
  readonly edited: Entity | null;
  readonly running: Entity | null;
  readonly change: PendingChange | null;
}

/** What a row carries beside the object's own properties. */
const NOISE: Readonly<Record<EntityKind, readonly string[]>> = {
  zone: ["zone", "digest", "state", "pending"],
  vnet: ["vnet", "type", "digest", "state", "pending"],
  subnet: ["subnet", "id", "cidr", "network", "mask", "type", "digest", "state", "pending"],
};

/** Inside `pending`, this text stands for "unset" (PVE::Network::SDN::pending_config). */
const UNSET = "deleted";

/**
 * Separates a row of a collection read with `pending=1` into its two views. A new object has its values in `pending`
 * alone, a deleted one on top alone, a changed one both. `parent` is the vnet a subnet was listed under; `literal` names
 * properties known to be set to the very text "deleted", which cannot be told from "unset" here (`aliasInDoubt`).
 */
export function toViews(
  kind: EntityKind,
  row: PendingRow,
  { parent = null, literal = [] }: { parent?: string | null; literal?: readonly string[] } = {},
): Views {
  const top: Record<string, unknown> = { ...row };
  const changed = row.pending ?? {};
  const state = row.state ?? null;
  const merged: Record<string, unknown> = { ...top };
  for (const [name, value] of Object.entries(changed))
    merged[name] = value === UNSET && !literal.includes(name) ? undefined : value;
  const edited = state === "deleted" ? null : toEntity(kind, merged, parent);
  const running = state === "new" ? null : toEntity(kind, top, parent);
  const id = (edited ?? running)?.id ?? "";
  const change = state === null ? null : { kind, id, state, fields: Object.keys(changed).sort() };
  return { edited, running, change };
}

/** A vnet whose alias is either unset or really the word "deleted": only the plain view knows. */
export const aliasInDoubt = (row: PendingRow): boolean => row.pending?.["alias"] === UNSET;

/** A row of controllers or fabrics in both views, and what is pending about it, if anything. */
export function toOther(
  kind: OtherObject["kind"],
  idFields: readonly string[],
  row: PendingRow,
): readonly [OtherObject, PendingChange | null] {
  const { state, pending, digest: _, ...top } = row;
  const changed = pending ?? {};
  const id = idFields.map((name) => String(row[name] ?? changed[name] ?? "")).join("/");
  const edited = Object.fromEntries(Object.entries({ ...top, ...changed }).filter(([, value]) => value !== UNSET));
  const object: OtherObject = {
    kind,
    id,
    edited: state === "deleted" ? null : edited,
    running: state === "new" ? null : top,
  };
  if (!state) return [object, null];
  const fields = Object.keys(changed).filter((name) => !idFields.includes(name));
  return [object, { kind, id, state, fields: fields.sort() }];
}

/** One object in normal form; null when the row lacks what names it. */
function toEntity(kind: EntityKind, row: Readonly<Record<string, unknown>>, parent: string | null): Entity | null {
  const source = kind === "subnet" && row["vnet"] === undefined ? { ...row, vnet: parent } : row;
  const values = Object.entries(source).map(([name, value]) => [name, fromWire(kind, name, value)]);
  const props = normalProps(Object.fromEntries(values), NOISE[kind]);
  const id = row[kind];
  if (typeof id !== "string") return null;
  switch (kind) {
    case "zone":
      return { key: zoneKey(id), kind, id, props };
    case "vnet":
      return { key: vnetKey(id), kind, id, props };
    case "subnet": {
      const { cidr } = row;
      if (typeof cidr !== "string") return null;
      return { key: subnetKey(String(props["vnet"]), cidr), kind, id, props };
    }
  }
}
