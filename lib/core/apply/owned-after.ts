import type { EntityKey } from "../plan/entity";
import type { Plan } from "../plan/plan";
import type { Owned } from "../ports";
import type { RunEvent } from "./events";

/**
 * What a layout owns after a run with these events. Nothing changes unless the commit happened; when that is not known,
 * everything that may exist because of us stays owned, so that a later plan can still change or remove it.
 */
export function ownedAfter(plan: Plan, owned: Owned, events: readonly RunEvent[]): EntityKey[] {
  const end = events.findLast((event) => event.type === "ended");
  if (events.some((event) => event.type === "committed") || (end?.state === "applied" && plan.steps.length === 0)) {
    return [...plan.owns].sort();
  }
  const maybe = events.some((event) => event.type === "committing") && end?.state !== "failed";
  return [...new Set([...owned, ...(maybe ? plan.owns : [])])].sort();
}
