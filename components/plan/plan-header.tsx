import { Ban, Check, CircleDot, type LucideIcon, Play, RotateCw } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge, type Tone } from "@/components/ui/badge";
import { ChangeCounts } from "@/components/ui/change-symbol";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Risk } from "@/lib/core/plan/step";
import type { PlanState, PlanView } from "@/lib/server/views";
import { countOps } from "./change-words";
import { Fact, Facts } from "./facts";
import { PurposeFact } from "./purpose-fact";
import { purposeWords } from "./purpose-words";
import { RiskChip } from "./risk-chip";

const STATE: Readonly<Record<PlanState, { readonly word: string; readonly tone: Tone; readonly icon: LucideIcon }>> = {
  ready: { word: "Ready to apply", tone: "accent", icon: CircleDot },
  "nothing-to-do": { word: "Nothing to do", tone: "add", icon: Check },
  blocked: { word: "Blocked", tone: "destroy", icon: Ban },
  stale: { word: "Out of date", tone: "change", icon: RotateCw },
  used: { word: "Applied once", tone: "neutral", icon: Play },
};

const RISK_ORDER: readonly Risk[] = ["high", "medium", "low"];

/** What this plan is: for which cluster, from which layout, made when and by whom, how much it changes. */
export function PlanHeader({
  view,
  actions,
}: {
  readonly view: Omit<PlanView, "layout">;
  readonly actions?: ReactNode;
}) {
  const { plan } = view;
  const { word, tone, icon: Icon } = STATE[view.state];
  const risk = RISK_ORDER.find((level) => plan.changes.some((change) => change.risk === level));
  return (
    <div>
      <PageHeader
        back={<Link href={`/layouts/${view.layoutId}`}>← {view.layoutName}</Link>}
        title={
          <>
            {purposeWords(view.purpose) ?? "Plan"} for {view.layoutName}{" "}
            <span className="font-normal text-text-3">v{view.layoutVersion}</span>
          </>
        }
        facts={
          <Badge tone={tone} icon={<Icon aria-hidden size={12} strokeWidth={2.5} />}>
            {word}
          </Badge>
        }
        actions={actions}
      />
      <Facts>
        <Fact term="Cluster">
          <Link href={`/clusters/${view.clusterId}`} className="font-medium underline-offset-2 hover:underline">
            {view.clusterName}
          </Link>
        </Fact>
        <PurposeFact purpose={view.purpose} clusterId={view.clusterId} />
        <Fact term="Live state read">
          <RelativeTime at={view.createdAt} />
        </Fact>
        <Fact term="By">{view.createdBy}</Fact>
        {plan.changes.length > 0 ? (
          <Fact term="Changes">
            <ChangeCounts counts={countOps(plan.changes)} />
          </Fact>
        ) : null}
        {risk ? (
          <Fact term="Overall">
            <RiskChip risk={risk} />
          </Fact>
        ) : null}
        <Fact term="Unchanged">{plan.unchanged}</Fact>
        {plan.foreign > 0 ? <Fact term="Not ours, left alone">{plan.foreign}</Fact> : null}
      </Facts>
    </div>
  );
}
