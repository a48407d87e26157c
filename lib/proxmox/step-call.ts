import { type Entity, type EntityKind, normalValue, type PropValue } from "@/lib/core/plan/entity";
import { type Step, stepEntity } from "@/lib/core/plan/step";
import type { LockToken } from "@/lib/core/ports";
import { toWire } from "./fields";
import type { Params } from "./form";
import type { Call } from "./http";

const COLLECTION = "/cluster/sdn";

/** Properties that a path or the creation says already; repeating them in a change is refused or has side effects. */
const FIXED: Readonly<Record<EntityKind, ReadonlySet<string>>> = {
  zone: new Set(["type"]),
  vnet: new Set(["type"]),
  subnet: new Set(["type", "vnet", "zone"]),
};

/**
 * The one request a step means. Paths come from the object's own vnet, because a change through another vnet's path
 * would move the subnet there (PVE::API2::Network::SDN::Subnets). An option that counts as unset is never sent empty:
 * `bridge=` makes the zones file unreadable for Proxmox itself.
 */
export function stepCall(step: Step, token: LockToken | null): Call {
  const entity = stepEntity(step);
  const lock: Params = token === null ? {} : { "lock-token": token };
  const name = entity.kind === "subnet" ? cidrOf(entity) : entity.id;
  switch (step.op) {
    case "create":
      return {
        method: "POST",
        path: collectionPath(entity),
        params: { ...identity(entity), ...setParams(Object.entries(entity.props), entity.kind, "create"), ...lock },
        what: `create ${entity.kind} ${name}`,
      };
    case "update": {
      const unset = step.changes.filter(({ field, after }) => !FIXED[entity.kind].has(field) && isUnset(field, after));
      const set = step.changes.map(({ field, after }) => [field, after] as const);
      return {
        method: "PUT",
        path: objectPath(entity),
        params: {
          ...setParams(set, entity.kind, "update"),
          ...(unset.length > 0 ? { delete: unset.map(({ field }) => field).join(",") } : {}),
          ...lock,
        },
        what: `change ${entity.kind} ${name}`,
      };
    }
    case "delete":
      return { method: "DELETE", path: objectPath(entity), params: lock, what: `remove ${entity.kind} ${name}` };
  }
}

const isUnset = (field: string, value: PropValue | null): boolean => normalValue(field, value) === undefined;

function setParams(
  values: Iterable<readonly [string, PropValue | null]>,
  kind: EntityKind,
  op: "create" | "update",
): Params {
  const params: Record<string, string | number | boolean | readonly string[]> = {};
  for (const [field, value] of values) {
    const typed = op === "create" && kind === "zone" && field === "type";
    if ((FIXED[kind].has(field) && !typed) || value === null || isUnset(field, value)) continue;
    params[field] = toWire(value);
  }
  return params;
}

function identity(entity: Entity): Params {
  switch (entity.kind) {
    case "zone":
      return { zone: entity.id };
    case "vnet":
      return { vnet: entity.id };
    case "subnet":
      return { type: "subnet", subnet: cidrOf(entity) };
  }
}

function collectionPath(entity: Entity): string {
  switch (entity.kind) {
    case "zone":
      return `${COLLECTION}/zones`;
    case "vnet":
      return `${COLLECTION}/vnets`;
    case "subnet":
      return `${COLLECTION}/vnets/${encodeURIComponent(String(entity.props["vnet"]))}/subnets`;
  }
}

export const objectPath = (entity: Entity): string => `${collectionPath(entity)}/${encodeURIComponent(entity.id)}`;

/** A subnet's key is `subnet/<vnet>/<cidr>`; its id has no slash any more and cannot be turned back. */
const cidrOf = (entity: Entity): string => entity.key.split("/").slice(2).join("/");
