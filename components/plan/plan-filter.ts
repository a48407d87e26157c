import type { EntityKind } from "@/lib/core/plan/entity";
import type { Change, ChangeOp, Risk } from "@/lib/core/plan/step";
import { objectName } from "./change-words";
import { fieldText } from "./value-text";

/** What the object list is narrowed to. Lives in the address, so that a filtered plan can be linked. */
export interface PlanFilter {
  readonly op: ChangeOp | null;
  readonly kind: EntityKind | null;
  readonly zone: string | null;
  readonly risk: Risk | null;
  readonly text: string;
}

export const OPS = ["create", "update", "delete", "replace"] as const satisfies readonly ChangeOp[];
export const KINDS = ["zone", "vnet", "subnet"] as const satisfies readonly EntityKind[];
export const RISKS = ["high", "medium", "low"] as const satisfies readonly Risk[];

/** Reads a filter from query parameters; a value nobody knows counts as not set. */
export function readFilter(query: { get(name: string): string | null }): PlanFilter {
  const one = <T extends string>(name: string, allowed: readonly T[]): T | null =>
    allowed.find((value) => value === query.get(name)) ?? null;
  return {
    op: one("action", OPS),
    kind: one("kind", KINDS),
    zone: query.get("zone") || null,
    risk: one("risk", RISKS),
    text: query.get("q") ?? "",
  };
}

/** Writes a filter into a copy of the given query parameters, leaving foreign ones alone. */
export function writeFilter(query: URLSearchParams, filter: PlanFilter): URLSearchParams {
  const next = new URLSearchParams(query);
  const values = { action: filter.op, kind: filter.kind, zone: filter.zone, risk: filter.risk, q: filter.text };
  for (const [name, value] of Object.entries(values)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export const isFiltered = (filter: PlanFilter): boolean =>
  Boolean(filter.op ?? filter.kind ?? filter.zone ?? filter.risk) || filter.text.trim() !== "";

/** Text is looked for in names, ids, and changed values ("who becomes tag 20"). `extra` adds text per object. */
export function filterChanges(
  changes: readonly Change[],
  filter: PlanFilter,
  extra: (change: Change) => string = () => "",
): readonly Change[] {
  if (!isFiltered(filter)) return changes;
  const text = filter.text.trim().toLowerCase();
  return changes.filter((change) => {
    if (filter.op && change.op !== filter.op) return false;
    if (filter.kind && change.kind !== filter.kind) return false;
    if (filter.zone && change.zone !== filter.zone) return false;
    if (filter.risk && change.risk !== filter.risk) return false;
    if (!text) return true;
    const where = [change.id, change.key, objectName(change), ...change.fields.map(fieldText), extra(change)];
    return where.join("\n").toLowerCase().includes(text);
  });
}
