import type { Plan } from "@/lib/core/plan/plan";
import type { PlanState, Role } from "@/lib/server/views";

/** Changes under which guests lose their interface: the person types the cluster's name before these are applied. */
export function hurtsGuests(plan: Pick<Plan, "changes">): boolean {
  return plan.changes.some(
    (change) => (change.op === "delete" || change.op === "replace") && (change.nics?.total ?? 0) > 0,
  );
}

/** Why this plan cannot be applied by this person now, as a sentence; null when it can. */
export function applyRefusal(state: PlanState, plan: Pick<Plan, "problems" | "checks">, role: Role): string | null {
  if (role === "viewer") return "Viewers cannot apply plans. Ask an operator or the owner.";
  switch (state) {
    case "ready":
      return null;
    case "nothing-to-do":
      return "There is nothing to do.";
    case "used":
      return "This plan has been applied already.";
    case "stale":
      return "The cluster has changed since this plan was made. Plan again.";
    case "blocked": {
      const check = plan.checks.find((candidate) => candidate.status === "block");
      if (check) return `Blocked by the check “${check.title}”.`;
      const errors = plan.problems.filter((problem) => problem.severity === "error").length;
      return `Blocked by ${errors} ${errors === 1 ? "problem" : "problems"} in the layout.`;
    }
  }
}
