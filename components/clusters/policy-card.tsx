"use client";

import { SectionCard } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { RadioCards } from "@/components/ui/radio-cards";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { ClusterView } from "@/lib/server/views";
import { POLICY_CARDS } from "./policy-badge";

interface PolicyCardProps {
  readonly cluster: ClusterView;
  readonly reason: string | null;
  readonly update: ServerAction<null>;
}

/** The deploy policy, saved as soon as it is chosen. */
export function PolicyCard({ cluster, reason, update }: PolicyCardProps) {
  const { start, busy, failure } = useAction(update);
  return (
    <SectionCard title="Deploy policy" {...(reason ? { description: `${reason}.` } : {})}>
      <div className="flex flex-col gap-3">
        <RadioCards
          label="When somebody deploys a template"
          value={cluster.policy}
          options={POLICY_CARDS}
          disabled={busy || reason !== null}
          onChange={(policy) => start({ id: cluster.id, policy }, () => toast.success("Deploy policy saved"))}
        />
        {failure && <FailureMessage failure={failure} />}
      </div>
    </SectionCard>
  );
}
