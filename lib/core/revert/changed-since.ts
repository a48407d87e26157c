import { parentKey } from "../plan/diff";
import type { Entity, EntityKey, Props } from "../plan/entity";
import { keyName } from "../plan/key-name";
import { changedFields, type FieldChange } from "../plan/step";
import type { Owned } from "../ports";
import type { Problem } from "../problem";
import type { Touched } from "./touched";

/** The cluster now, and the number of the run that is to be taken back. */
interface Now {
  readonly live: readonly Entity[];
  readonly owned: Owned;
  readonly number: number;
}

/**
 * What stands in the way of taking a run back: properties that are now neither what the run made them nor what they were
 * before, objects that went or came since. Objects that are not ours any more are left to the plan.
 */
export function conflictsOf(touched: readonly Touched[], now: Now): Problem[] {
  const live = new Map(now.live.map((entity) => [entity.key, entity]));
  return [
    ...touched.flatMap((one) => {
      const is = live.get(one.key);
      return is && !now.owned.has(one.key) ? [] : conflictsOfOne(one, is ?? null, now.number);
    }),
    ...newcomers(touched, now),
  ];
}

function conflictsOfOne({ key, before, after }: Touched, now: Entity | null, number: number): Problem[] {
  if (now === null) {
    const removed = before !== null && after !== null;
    return removed ? [changedSince(key, `was removed after run ${number}, so it cannot be changed back.`)] : [];
  }
  if (before !== null && after !== null)
    return fieldsOf(before.props, after.props).flatMap((change) => {
      const is = now.props[change.field] ?? null;
      const known = sameValue(is, change.before) || sameValue(is, change.after);
      return known ? [] : [fieldChanged(key, number, change, is)];
    });
  // Created by the run, or removed by it and there again: it has to be exactly what the run knows.
  const known = before ?? after;
  return fieldsOf(known?.props ?? {}, now.props).map(({ field, before: was, after: is }) =>
    fieldChanged(key, number, { field, before: before ? was : null, after: before ? null : was }, is),
  );
}

/** What came after the run into something that the run created; it would be lost. */
function newcomers(touched: readonly Touched[], { live, number }: Now): Problem[] {
  const created = new Set(touched.flatMap(({ key, before }) => (before === null ? [key] : [])));
  const own = new Set(touched.map(({ key }) => key));
  return live.flatMap((entity) => {
    const up = parentKey(entity);
    if (up === null || !created.has(up) || own.has(entity.key)) return [];
    return [changedSince(entity.key, `came after run ${number} into what that run created. Move or remove it first.`)];
  });
}

/** Fields that differ, without those that Proxmox draws by itself (PVE::Network::SDN::Zones::EvpnPlugin). */
const fieldsOf = (before: Props, after: Props): FieldChange[] =>
  changedFields(before, after).filter(({ field }) => field !== "mac");

type Value = FieldChange["before"];

const sameValue = (a: Value, b: Value): boolean => JSON.stringify(a) === JSON.stringify(b);

function fieldChanged(key: EntityKey, number: number, change: FieldChange, now: Value): Problem {
  const values = { before: words(change.before), after: words(change.after), now: words(now) };
  const said = `has changed since run ${number}: ${change.field} was ${values.before} before it and ${values.after} after it, and is ${values.now} now. Decide in the layout what it shall be.`;
  return { ...changedSince(key, said), field: change.field, values };
}

/** The problem `changed-since` of an object; `said` goes on behind its name. */
export const changedSince = (key: EntityKey, said: string): Problem => ({
  code: "changed-since",
  severity: "error",
  at: [key],
  message: `${keyName(key)} ${said}`,
});

export const words = (value: unknown): string =>
  (value ?? null) === null ? "not set" : typeof value === "string" ? value : JSON.stringify(value);
