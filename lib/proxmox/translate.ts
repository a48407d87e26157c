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

/** What a row of the merged view does not tell by itself. */
interface Beside {
  /** The vnet a subnet was listed under. */
  readonly parent?: string | null;
  /** Properties known to be set to the very text "deleted", which cannot be told from "unset" here (`aliasInDoubt`). */
  readonly literal?: readonly string[];
  /** The running `type` or `vnet`, which the row has in their edited form only (`readRunningTypes`). */
  readonly ran?: Readonly<Record<string, unknown>>;
}

/**
 * Separates a row of a collection read with `pending=1` into its two views. A new object has its values in `pending`
 * alone, a deleted one on top alone, a changed one both.
 */
export function toViews(
  kind: EntityKind,
  row: PendingRow,
  { parent = null, literal = [], ran = {} }: Beside = {},
): Views {
  const top: Record<string, unknown> = { ...row };
  const changed = row.pending ?? {};
  const state = row.state ?? null;
  const merged: Record<string, unknown> = { ...top };
  for (const [name, value] of Object.entries(changed))
    merged[name] = value === UNSET && !literal.includes(name) ? undefined : value;
  const edited = state === "deleted" ? null : toEntity(kind, merged, parent);
  const running = state === "new" ? null : toEntity(kind, { ...top, ...ran }, parent);
  const id = (edited ?? running)?.id ?? "";
  const fields = [...Object.keys(changed), ...differing(top, ran)].sort();
  const change = state === null ? null : { kind, id, state, fields };
  return { edited, running, change };
}

/** A vnet whose alias is either unset or really the word "deleted": only the plain view knows. */
export const aliasInDoubt = (row: PendingRow): boolean => row.pending?.["alias"] === UNSET;

const differing = (top: Readonly<Record<string, unknown>>, ran: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(ran).filter((name) => ran[name] !== top[name]);

/** A row of controllers or fabrics in both views, and what is pending about it, if anything. */
export function toOther(
  kind: OtherObject["kind"],
  idFields: readonly string[],
  row: PendingRow,
  ran: Readonly<Record<string, unknown>> = {},
): readonly [OtherObject, PendingChange | null] {
  const { state, pending, digest: _, ...top } = row;
  const changed = pending ?? {};
  const id = idFields.map((name) => textOf(row[name] ?? changed[name])).join("/");
  const edited = Object.fromEntries(Object.entries({ ...top, ...changed }).filter(([, value]) => value !== UNSET));
  const object: OtherObject = {
    kind,
    id,
    edited: state === "deleted" ? null : edited,
    running: state === "new" ? null : { ...top, ...ran },
  };
  if (!state) return [object, null];
  const fields = [...Object.keys(changed).filter((name) => !idFields.includes(name)), ...differing(top, ran)];
  return [object, { kind, id, state, fields: fields.sort() }];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** One object in normal form; null when the row lacks what names it. */
function toEntity(kind: EntityKind, row: Readonly<Record<string, unknown>>, parent: string | null): Entity | null {
  const source = kind === "subnet" && textOf(row["vnet"]) === "" ? { ...row, vnet: parent } : row;
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
