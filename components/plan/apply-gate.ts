import { roleReason } from "@/components/shell/role-reason";
import type { Plan } from "@/lib/core/plan/plan";
import type { PlanState, Role } from "@/lib/server/views";

/** Why this plan cannot be applied by this person now, as a sentence; null when it can. */
export function applyRefusal(state: PlanState, plan: Pick<Plan, "problems" | "checks">, role: Role): string | null {
  const mayNot = roleReason(role, "operator", "apply plans");
  if (mayNot) return `${mayNot}. Ask an operator or an owner.`;
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
