import type { Props, PropValue } from "@/lib/core/plan/entity";
import type { FieldChange } from "@/lib/core/plan/step";

/** One property value in a few characters: `on` for a flag, lists with commas, `unset` for nothing. */
export function valueText(value: PropValue | null): string {
  if (value === null) return "unset";
  if (value === true) return "on";
  if (value === false) return "off";
  if (typeof value === "string" || typeof value === "number") return String(value);
  return value
    .map((item) => (typeof item === "string" ? item : `${item["start-address"]}–${item["end-address"]}`))
    .join(", ");
}

/** `tag 10 → 11`, `alias unset → Office`, or only `tag 10` when there was nothing before and `was` is not asked for. */
export function fieldText(change: FieldChange): string {
  return `${change.field} ${valueText(change.before)} → ${valueText(change.after)}`;
}

/** Properties that say nothing new beside the row's own name and group. */
const SAID_ELSEWHERE = new Set(["id", "zone", "vnet", "subnet", "cidr"]);

/** The properties of a new or removed object worth a glance, in the order of the map. */
export function propFacts(props: Props): { readonly field: string; readonly value: string }[] {
  return Object.entries(props).flatMap(([field, value]) =>
    SAID_ELSEWHERE.has(field) ? [] : [{ field, value: valueText(value) }],
  );
}
