import type { ParameterValue } from "@/lib/simulator/schema/parameters";
import type { Section } from "@/lib/simulator/sdn/section";

/** One entry of a `pending=1` answer. */
export interface PendingEntry {
  /** Running values, and the edited `type` and `vnet`, which are never shown as pending. */
  readonly values: Section;
  readonly pending?: Section;
  readonly state?: "new" | "changed" | "deleted";
}

const identity: ReadonlySet<string> = new Set(["type", "vnet"]);

function same(a: ParameterValue | undefined, b: ParameterValue | undefined): boolean {
  return a !== undefined && b !== undefined && String(a) === String(b);
}

/** Merges a committed and an edited object as the API shows them; at least one of the two must be there. */
export function pendingEntry(running: Section | undefined, edited: Section | undefined): PendingEntry {
  if (edited === undefined) return { values: running ?? {}, pending: {}, state: "deleted" };
  const values: Record<string, ParameterValue> = { ...running };
  const pending: Record<string, ParameterValue> = {};
  let changed = false;
  for (const name of Object.keys(running ?? {}))
    if (edited[name] === undefined) {
      pending[name] = "deleted";
      changed = true;
    }
  for (const [name, value] of Object.entries(edited)) {
    const differs = !same(running?.[name], value);
    if (identity.has(name)) values[name] = value;
    else if (differs) pending[name] = value;
    changed ||= differs;
  }
  if (running === undefined) return { values, pending, state: "new" };
  return changed ? { values, pending, state: "changed" } : { values };
}
