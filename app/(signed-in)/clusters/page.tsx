import { Plus, Server } from "lucide-react";
import type { Metadata } from "next";
import { ClusterCard } from "@/components/clusters/cluster-card";
import { PageBody } from "@/components/shell/page-body";
import { roleReason } from "@/components/shell/role-reason";
import { Button, ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { listClusters } from "@/lib/server/clusters";
import { requireActor } from "@/lib/server/session";

export const metadata: Metadata = { title: "Clusters" };

export default async function ClustersPage() {
  const actor = await requireActor();
  const clusters = await listClusters(actor);
  const reason = roleReason(actor.role, "owner", "connect clusters");
  const connect = reason ? (
    <Button disabledReason={reason}>Connect cluster</Button>
  ) : (
    <ButtonLink href="/clusters/new" variant="primary" icon={<Plus aria-hidden size={16} />}>
      Connect cluster
    </ButtonLink>
  );
  return (
    <PageBody>
      <PageHeader
        title="Clusters"
        description="Proxmox clusters this server can reach. Connecting one only reads; changes come from plans."
        actions={connect}
      />
      {!clusters.ok ? (
        <FailureMessage failure={clusters.error} />
      ) : clusters.value.length === 0 ? (
        <EmptyState title="No cluster yet" icon={<Server aria-hidden size={24} />} actions={connect}>
          Give the address of any node, compare its certificate, and paste a token with the rights shown there.
        </EmptyState>
      ) : (
        <ul className="grid gap-4 md:grid-cols-2">
          {clusters.value.map((cluster) => (
            <ClusterCard key={cluster.id} cluster={cluster} />
          ))}
        </ul>
      )}
    </PageBody>
  );
}
