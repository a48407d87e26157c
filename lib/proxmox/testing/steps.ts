import type { Entity, EntityKind, Props } from "@/lib/core/plan/entity";
import { subnetId, subnetKey, vnetKey, zoneKey } from "@/lib/core/plan/entity";
import { changedFields, type Step } from "@/lib/core/plan/step";
import type { Result } from "@/lib/core/result";

/** The value of a success; a failure fails the test with its message. */
export function must<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** The error of a failure; a success fails the test. */
export function mustFail<E>(result: Result<unknown, E>): E {
  if (result.ok) throw new Error(`Unexpected success: ${JSON.stringify(result.value)}`);
  return result.error;
}

const entity = (kind: EntityKind, key: string, id: string, props: Props): Entity => ({ key, kind, id, props });
export const zone = (id: string, props: Props): Entity => entity("zone", zoneKey(id), id, props);
export const vnet = (id: string, props: Props): Entity => entity("vnet", vnetKey(id), id, props);
export const subnet = (on: string, inZone: string, cidr: string, props: Props = {}): Entity =>
  entity("subnet", subnetKey(on, cidr), subnetId(inZone, cidr), { vnet: on, zone: inZone, ...props });

export const create = (after: Entity): Step => ({ op: "create", after });
export const remove = (before: Entity): Step => ({ op: "delete", before });
export const update = (before: Entity, props: Props): Step => ({
  op: "update",
  before,
  after: { ...before, props },
  changes: changedFields(before.props, props),
});
