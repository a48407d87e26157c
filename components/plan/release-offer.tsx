"use client";

import { useRouter } from "next/navigation";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { FailureMessage } from "@/components/ui/failure-message";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { Plan } from "@/lib/core/plan/plan";
import type { Role } from "@/lib/server/views";

interface ReleaseOfferProps {
  readonly plan: Plan;
  readonly planId: string;
  readonly role: Role;
  /** Takes `{planId, pending, release}`. */
  readonly planAgain: ServerAction<{ planId: string }>;
}

/** Offers to release addresses whose guest is gone, where they keep a subnet from being removed. */
export function ReleaseOffer({ plan, planId, role, planAgain }: ReleaseOfferProps) {
  const router = useRouter();
  const { start, busy, failure } = useAction(planAgain);
  const check = plan.checks.find(({ id }) => id === "ipam");
  if (check?.status !== "block" || !check.detail.includes("can be released")) return null;
  return (
    <div className="flex flex-col gap-3">
      <Callout
        kind="info"
        title="Addresses without a guest can be released first"
        actions={
          <Button
            size="sm"
            busy={busy}
            disabledReason={roleReason(role, "operator", "make plans")}
            onClick={() =>
              start({ planId, pending: plan.pending.choice, release: true }, (made) =>
                router.push(`/plans/${made.planId}`),
              )
            }
          >
            Plan with releasing them
          </Button>
        }
      >
        Releasing takes effect at once, before the commit; a run that fails puts them back.
      </Callout>
      {failure ? <FailureMessage failure={failure} /> : null}
    </div>
  );
}
