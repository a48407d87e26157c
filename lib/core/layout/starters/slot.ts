import type { Layout } from "@/lib/core/layout/model";
import type { Problem } from "@/lib/core/problem";
import type { Result } from "@/lib/core/result";
import type { Parameter, ParameterValue } from "./parameter";

/**
 * One thing of a saved layout that may be chosen anew. Which objects it concerns is found once, in the layout as it was
 * saved, so that two slots may swap their values.
 */
export interface Slot {
  readonly parameter: Parameter;
  /** Puts a value in; one that `parseParameter` gave. With the default the layout stays as it is. */
  readonly put: (layout: Layout, value: ParameterValue) => Result<Layout, Problem>;
}

/** Groups by a key that is a text or missing, in the order of first sight. */
export function groupedBy<T>(list: readonly T[], keyOf: (item: T) => string | undefined): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    if (key === undefined || key === "") continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** "bridge", "bridge2", "bridge3": what a value is called where the template is deployed. */
export const slotId = (base: string, index: number): string => (index === 0 ? base : `${base}${index + 1}`);

/** "corp", "corp, dmz", "corp, dmz and 3 more". */
export function someOf(names: readonly string[]): string {
  const [first = "", second, ...more] = names;
  if (second === undefined) return first;
  return more.length === 0 ? `${first}, ${second}` : `${first}, ${second} and ${more.length} more`;
}
