import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PlanPage } from "@/components/plan/plan-page";
import { BeforeAfter } from "@/components/runs/before-after";
import { PageBody } from "@/components/shell/page-body";
import { FailureMessage } from "@/components/ui/failure-message";
import { beforePlan } from "@/lib/core/plan/before-plan";
import { loadPlan } from "@/lib/server/plans";
import { needsConfirmation } from "@/lib/server/runs";
import { requireActor } from "@/lib/server/session";
import { apply, planAgain, rehearse } from "./actions";

interface PlanRouteProps {
  readonly params: Promise<{ readonly planId: string }>;
}

export const metadata: Metadata = { title: "Plan" };

export default async function PlanRoute({ params }: PlanRouteProps) {
  const actor = await requireActor();
  const found = await loadPlan(actor, (await params).planId);
  if (!found.ok) {
    if (found.error.kind === "refused") notFound();
    return (
      <PageBody>
        <FailureMessage failure={found.error} />
      </PageBody>
    );
  }
  // The page shows what changes, not the layout itself, which may be large; its picture is drawn here.
  const { layout, ...view } = found.value;
  const { steps, nodes } = view.plan;
  return (
    <PageBody>
      <PlanPage
        key={view.id}
        view={view}
        role={actor.role}
        picture={<BeforeAfter before={beforePlan(layout, steps)} after={layout} nodes={nodes} />}
        typed={needsConfirmation(view.plan)}
        apply={apply}
        planAgain={planAgain}
        rehearse={rehearse}
      />
    </PageBody>
  );
}
