"use client";

import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { FailureMessage } from "@/components/ui/failure-message";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { PlanView, Role } from "@/lib/server/views";

interface PlanBannerProps {
  readonly view: Omit<PlanView, "layout">;
  readonly role: Role;
  readonly planAgain: ServerAction<{ planId: string }>;
}

/** The one thing to know first, when the plan is not simply ready. */
export function PlanBanner({ view, role, planAgain }: PlanBannerProps) {
  const words = bannerWords(view);
  const router = useRouter();
  const { start, busy, failure } = useAction(planAgain);
  if (!words) return null;
  return (
    <div className="flex flex-col gap-3">
      <Callout
        kind={words.kind}
        title={words.title}
        actions={
          <>
            {view.state === "used" && view.runId ? (
              <ButtonLink href={`/runs/${view.runId}`} variant="primary" size="sm">
                Open the run
              </ButtonLink>
            ) : null}
            <Button
              size="sm"
              variant={view.state === "stale" ? "primary" : "secondary"}
              busy={busy}
              disabledReason={roleReason(role, "operator", "make plans")}
              onClick={() => start({ planId: view.id }, ({ planId }) => router.push(`/plans/${planId}`))}
            >
              {busy ? "Reading the cluster" : "Plan again"}
            </Button>
          </>
        }
      >
        {words.text}
      </Callout>
      {failure ? <FailureMessage failure={failure} /> : null}
    </div>
  );
}

interface BannerWords {
  readonly kind: "info" | "success" | "warning" | "error";
  readonly title: string;
  readonly text: ReactNode;
}

function bannerWords(view: PlanBannerProps["view"]): BannerWords | null {
  const { state, plan, layoutName, layoutVersion, clusterName } = view;
  switch (state) {
    case "ready":
      return null;
    case "stale":
      return {
        kind: "warning",
        title: "The cluster is no longer as it was when this plan was made",
        text: "This plan cannot be applied. A new one shows what is different now.",
      };
    case "blocked":
      return {
        kind: "error",
        title: "This plan cannot be applied as it is",
        text: "Mend what is named below, in the layout or in the cluster, then plan again.",
      };
    case "used":
      return {
        kind: "info",
        title: "This plan has been applied",
        text: "It stays here as it was. A further change needs a new plan.",
      };
    case "nothing-to-do":
      if (view.purpose.kind !== "apply") {
        return {
          kind: "success",
          title: "Nothing to do",
          text: `What this plan would bring back is in ${clusterName} already.`,
        };
      }
      return {
        kind: "success",
        title: `Nothing to do. Live matches ${layoutName} v${layoutVersion}`,
        text: `${plan.unchanged === 1 ? "The one object" : `All ${plan.unchanged} objects`} of this layout ${plan.unchanged === 1 ? "is" : "are"} in ${clusterName} already, exactly as designed.`,
      };
  }
}
