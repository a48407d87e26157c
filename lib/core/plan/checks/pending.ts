import { plural } from "../../plural";
import type { PendingChange } from "../../ports";
import type { Check } from "../plan";
import { type CheckInput, check, few } from "./check";

export function layoutCheck({ problems }: CheckInput): Check {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const title = "Layout";
  if (errors > 0)
    return check("layout", title, "block", `${plural(errors, "error")} to mend before anything can be applied.`);
  if (warnings > 0) return check("layout", title, "warn", `No errors, ${plural(warnings, "warning")}.`);
  return check("layout", title, "pass", "No problems found.");
}

/** A commit takes everybody's pending changes along, so a person has to say what happens to those of others. */
export function pendingCheck({ config, pending }: CheckInput): Check {
  const title = "Other pending changes";
  if (config.pending.length === 0) return check("foreign-pending", title, "pass", "Nobody has left anything pending.");
  const named = config.pending.slice(0, 5).map((change) => `${change.kind} ${change.id} (${change.state})`);
  const more = config.pending.length > named.length ? ` and ${config.pending.length - named.length} more` : "";
  const list = `${named.join(", ")}${more}`;
  switch (pending) {
    case "stop":
      return check(
        "foreign-pending",
        title,
        "block",
        `Not from this layout and committed along with it: ${list}. Include them, discard them for everybody, or leave the plan and have them applied or reverted in Proxmox.`,
      );
    case "include":
      return check("foreign-pending", title, "warn", `Will be committed along, as chosen: ${list}.`);
    case "discard":
      return check(
        "foreign-pending",
        title,
        "confirm",
        `Will be discarded for everybody before anything else is done: ${list}. Nothing brings them back.${hidden(config.pending)}`,
      );
  }
}

/** Proxmox does not list the subnets of a vnet whose deletion is pending (PVE::API2::Network::SDN::Subnets). */
function hidden(pending: readonly PendingChange[]): string {
  const going = pending.filter(({ kind, state }) => kind === "vnet" && state === "deleted").map(({ id }) => id);
  if (going.length === 0) return "";
  const who = `${going.length === 1 ? "VNet" : "VNets"} ${few(going, 5)}`;
  return ` Proxmox does not show the subnets of ${who} until then: if there are any, the run stops after discarding and asks for a new plan.`;
}
