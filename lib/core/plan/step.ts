import type { Entity, EntityKey, Props, PropValue } from "./entity";

export interface FieldChange {
  readonly field: string;
  readonly before: PropValue | null;
  readonly after: PropValue | null;
}

/**
 * One write to Proxmox. An update sends only `changes` (a null `after` unsets the field), so that properties nobody
 * here models stay as they are.
 */
export type Step =
  | { readonly op: "create"; readonly after: Entity }
  | {
      readonly op: "update";
      readonly before: Entity;
      readonly after: Entity;
      readonly changes: readonly FieldChange[];
    }
  | { readonly op: "delete"; readonly before: Entity };

export function stepEntity(step: Step): Entity {
  return step.op === "delete" ? step.before : step.after;
}

/** One sentence without a full stop, the same in plan, run and history: "Create vnet vnetmgmt". */
export function describeStep(step: Step): string {
  const { kind, id } = stepEntity(step);
  switch (step.op) {
    case "create":
      return `Create ${kind} ${id}`;
    case "update":
      return `Change ${kind} ${id}`;
    case "delete":
      return `Remove ${kind} ${id}`;
  }
}

/** Fields that differ between two property maps, sorted by name. Both must be in normal form. */
export function changedFields(before: Props, after: Props): FieldChange[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.flatMap((field) => {
    const was = before[field] ?? null;
    const will = after[field] ?? null;
    return JSON.stringify(was) === JSON.stringify(will) ? [] : [{ field, before: was, after: will }];
  });
}

export type ChangeOp = "create" | "update" | "delete" | "replace";

/** What happens to one object, for people: a replace is a delete and a create of the same key. */
export interface Change {
  readonly op: ChangeOp;
  readonly key: EntityKey;
  readonly kind: Entity["kind"];
  readonly id: string;
  readonly zone: string;
  readonly fields: readonly FieldChange[];
  readonly risk: Risk;
  /** Why it is this risky, why it is replaced; full sentences. */
  readonly reasons: readonly string[];
  /** Guest interfaces on it, counted from the live cluster; null when guests could not be read. */
  readonly nics: { readonly total: number; readonly running: number } | null;
}
export type Risk = "low" | "medium" | "high";
