"use client";

import { useRouter } from "next/navigation";
import { useId } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { PendingChoice as Choice, Plan } from "@/lib/core/plan/plan";
import type { Role } from "@/lib/server/views";

interface PendingChoiceProps {
  readonly plan: Plan;
  readonly planId: string;
  readonly role: Role;
  /** Takes `{planId, pending}` and makes a new plan with that choice. */
  readonly planAgain: ServerAction<{ planId: string }>;
}

const CHOICES: readonly { readonly choice: Choice; readonly verb: string; readonly said: string }[] = [
  { choice: "stop", verb: "Stop", said: "This plan stops at them: nothing can be applied while they are pending." },
  { choice: "include", verb: "Include them", said: "This plan commits them along with its own changes." },
  { choice: "discard", verb: "Discard for everybody", said: "This plan discards them first, for everybody." },
];

/** What others have left pending, and what this plan does with it. Choosing otherwise makes a new plan. */
export function PendingChoice({ plan, planId, role, planAgain }: PendingChoiceProps) {
  const router = useRouter();
  const { start, busy, failure } = useAction(planAgain);
  const id = useId();
  const { choice, changes } = plan.pending;
  if (changes.length === 0) return null;
  return (
    <Card className="flex flex-col gap-3 p-4">
      <h2 id={id} className="font-medium text-base">
        Pending changes of others
      </h2>
      <p className="text-text-2">{CHOICES.find((one) => one.choice === choice)?.said}</p>
      <ul aria-labelledby={id} className="flex flex-col gap-1">
        {changes.map((change) => (
          <li key={`${change.kind} ${change.id}`}>
            {change.kind} <span className="mono">{change.id}</span>{" "}
            <span className="text-text-3">
              {change.state}
              {change.fields.length > 0 ? `: ${change.fields.join(", ")}` : ""}
            </span>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        {CHOICES.filter((one) => one.choice !== choice).map((one) => (
          <Button
            key={one.choice}
            size="sm"
            variant={one.choice === "discard" ? "danger" : "secondary"}
            busy={busy}
            disabledReason={roleReason(role, "operator", "make plans")}
            onClick={() => start({ planId, pending: one.choice }, (made) => router.push(`/plans/${made.planId}`))}
          >
            {one.verb}
          </Button>
        ))}
      </div>
      {failure ? <FailureMessage failure={failure} /> : null}
    </Card>
  );
}
