"use client";

import { RefreshCw } from "lucide-react";
import type { AgentActions } from "@/components/agents/agent-actions";
import { AgentsCard } from "@/components/agents/agents-card";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { SectionCard } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { Skeleton } from "@/components/ui/skeleton";
import { useAction } from "@/components/ui/use-action";
import type { ClusterView, LayoutSummary, Role } from "@/lib/server/views";
import type { ClusterActions, ObjectActions } from "./cluster-actions";
import { ClusterFactList } from "./cluster-fact-list";
import { ConnectionCard } from "./connection-card";
import { ForceUnlock } from "./force-unlock";
import { NodeTable } from "./node-table";
import { ObjectsCard } from "./objects-card";
import { PolicyCard } from "./policy-card";
import { PrivilegeTable } from "./privilege-table";
import { RemoveCluster } from "./remove-cluster";
import { SnapshotsCard } from "./snapshots-card";
import { useClusterState } from "./use-cluster-state";

interface ClusterDetailProps {
  readonly cluster: ClusterView;
  readonly role: Role;
  /** Layouts of this cluster. */
  readonly layouts: readonly LayoutSummary[];
  readonly actions: ClusterActions & ObjectActions;
  readonly agentActions: AgentActions;
}

/** Everything about one cluster: what it is now, how it is reached, and what may be done with it. */
export function ClusterDetail({ cluster, role, layouts, actions, agentActions }: ClusterDetailProps) {
  const reason = roleReason(role, "owner", "manage clusters");
  return (
    <div className="flex flex-col gap-4">
      <LiveState cluster={cluster} />
      <AgentsCard cluster={cluster} role={role} actions={agentActions} />
      <ObjectsCard cluster={cluster} role={role} layouts={layouts} actions={actions} />
      <SnapshotsCard cluster={cluster} role={role} layouts={layouts} actions={actions} />
      <PolicyCard cluster={cluster} reason={reason} update={actions.update} />
      <ConnectionCard cluster={cluster} reason={reason} actions={actions} />
      <Privileges clusterId={cluster.id} reason={reason} check={actions.check} />
      <ForceUnlock cluster={cluster} reason={reason} forceUnlock={actions.forceUnlock} />
      <RemoveCluster cluster={cluster} reason={reason} remove={actions.remove} />
    </div>
  );
}

function LiveState({ cluster }: { readonly cluster: ClusterView }) {
  const { data, error, refetch, isFetching } = useClusterState(cluster.id);
  const again = (
    <Button size="sm" icon={<RefreshCw aria-hidden size={14} />} busy={isFetching} onClick={() => void refetch()}>
      Read again
    </Button>
  );
  if (data?.reachable) {
    return (
      <>
        <SectionCard title="Now" actions={again}>
          <ClusterFactList state={data} />
        </SectionCard>
        <NodeTable nodes={data.facts.nodes} />
        {data.facts.unread.length > 0 && (
          <Callout kind="warning" title="Not checked, because the token may not see it">
            <ul className="list-disc pl-4">
              {data.facts.unread.map(({ what, reason }) => (
                <li key={`${what} ${reason}`}>
                  {what}: {reason}
                </li>
              ))}
            </ul>
          </Callout>
        )}
      </>
    );
  }
  if (!data && !error) {
    return (
      <SectionCard title="Now" actions={again}>
        <Skeleton className="h-[42px]" />
      </SectionCard>
    );
  }
  const next = data?.next ?? null;
  return (
    <Callout kind="error" title={`${cluster.name} cannot be read now`} actions={again}>
      <p>{data ? data.message : error?.message}</p>
      {next && <p>{next}</p>}
    </Callout>
  );
}

interface PrivilegesProps {
  readonly clusterId: string;
  readonly reason: string | null;
  readonly check: ClusterActions["check"];
}

function Privileges({ clusterId, reason, check }: PrivilegesProps) {
  const { start, busy, failure, value } = useAction(check);
  return (
    <SectionCard
      title="Privileges"
      description="What the token may do, asked from Proxmox itself."
      actions={
        <Button size="sm" busy={busy} disabledReason={reason} onClick={() => start({ clusterId })}>
          {value ? "Check again" : "Check privileges"}
        </Button>
      }
    >
      {failure && <FailureMessage failure={failure} />}
      {value && <PrivilegeTable checks={value} />}
      {!failure && !value && <p className="text-sm text-text-3">Not checked since this page was opened.</p>}
    </SectionCard>
  );
}
