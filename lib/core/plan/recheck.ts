import type { Failure } from "../failure";
import type { ClusterFacts, LiveConfig } from "../ports";
import type { Plan } from "./plan";

/** VNets the plan takes away from under whatever hangs on them. */
const removedVnets = (plan: Plan): readonly string[] =>
  plan.changes.flatMap(({ op, kind, id }) => (kind === "vnet" && (op === "delete" || op === "replace") ? [id] : []));

/** Whether the guests have to be read again before this plan runs; they cost one call each. */
export const needsGuests = (plan: Plan): boolean => removedVnets(plan).length > 0;

/**
 * What changed around the cluster since the plan was made, as the reason not to run it; null when it may run. Looked at
 * right before the first write: quorum, guests on VNets that go, and the nodes' own waiting edits, which a person has
 * seen and ticked as they were.
 */
export function recheckPlan(plan: Plan, _config: LiveConfig, facts: ClusterFacts): Failure | null {
  if (facts.quorate === false)
    return stale("The cluster has lost its quorum, so its configuration is read-only.", "Restore the quorum first.");
  const edits = facts.nodes.find(
    ({ name, pendingInterfaces }) =>
      pendingInterfaces !== null &&
      !plan.localChanges.some(({ node, diff }) => node === name && diff === pendingInterfaces),
  );
  if (edits)
    return stale(
      `Node ${edits.name} has network edits waiting that the plan did not show; the apply would activate them too.`,
      "Plan again to see them.",
    );
  if (!facts.guests) return null;
  const removed = new Set(removedVnets(plan));
  const counted = new Map(plan.changes.map(({ kind, id, nics }) => [`${kind} ${id}`, nics?.total ?? null]));
  for (const vnet of removed) {
    const now = facts.guests.filter((nic) => nic.bridge === vnet);
    const before = counted.get(`vnet ${vnet}`) ?? null;
    if (before === null || now.length <= before) continue;
    const named = now.slice(0, 3).map((nic) => `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.nic}`);
    return stale(
      `VNet ${vnet} goes, but since the plan was made more guests hang on it: ${named.join(", ")}.`,
      "Move them, then plan again.",
    );
  }
  return null;
}

const stale = (message: string, next: string): Failure => ({ kind: "stale", retry: false, message, next });
