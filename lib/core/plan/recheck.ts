import type { Failure } from "../failure";
import type { ClusterFacts } from "../ports";
import { nicName } from "./checks/guests";
import type { Plan } from "./plan";

/** Whether the guests have to be read again before this plan runs; they cost one call each. */
export const needsGuests = ({ taken = [] }: Plan): boolean => taken.length > 0;

/**
 * What changed around the cluster since the plan was made, as the reason not to run it; null when it may run. Looked at
 * right before the first write: quorum, the nodes' own waiting edits, and guests on VNets that go, leave their node or
 * move, all of which a person has seen and ticked as they were.
 */
export function recheckPlan({ taken = [], localChanges }: Plan, facts: ClusterFacts): Failure | null {
  if (facts.quorate === false)
    return stale("The cluster has lost its quorum, so its configuration is read-only.", "Restore the quorum first.");
  const edits = facts.nodes.find(
    ({ name, pendingInterfaces }) =>
      pendingInterfaces !== null && !localChanges.some(({ node, diff }) => node === name && diff === pendingInterfaces),
  );
  if (edits)
    return stale(
      `Node ${edits.name} has network edits waiting that the plan did not show; the apply would activate them too.`,
      "Plan again to see them.",
    );
  for (const { vnet, nodes, why, guests } of taken) {
    // Guests that nobody could read were said to be unproven, and that was accepted.
    if (guests === null || !facts.guests) continue;
    const late = facts.guests.filter(
      (nic) => nic.bridge === vnet && (nodes === null || nodes.includes(nic.node)) && !guests.includes(nicName(nic)),
    );
    if (late.length === 0) continue;
    const named = late.slice(0, 3).map(nicName).join(", ");
    return stale(
      `VNet ${vnet} (${why}): since the plan was made more guests hang on it: ${named}.`,
      "Plan again to see them.",
    );
  }
  return null;
}

const stale = (message: string, next: string): Failure => ({ kind: "stale", retry: false, message, next });
