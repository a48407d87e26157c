import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { ClusterDetail } from "@/components/clusters/cluster-detail";
import { PolicyBadge } from "@/components/clusters/policy-badge";
import { RenameCluster } from "@/components/clusters/rename-cluster";
import { PageBody } from "@/components/shell/page-body";
import { roleReason } from "@/components/shell/role-reason";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { RelativeTime } from "@/components/ui/relative-time";
import { loadCluster } from "@/lib/server/clusters";
import { listLayouts } from "@/lib/server/layouts";
import { requireActor } from "@/lib/server/session";
import { addEndpoint, check, forceUnlock, probe, remove, update } from "../actions";
import { adopt, importZones, letGo, restoreSnapshot, takeSnapshot } from "./actions";
import * as agents from "./agent-actions";

interface ClusterPageProps {
  readonly params: Promise<{ readonly clusterId: string }>;
}

export const metadata: Metadata = { title: "Cluster" };

export default async function ClusterPage({ params }: ClusterPageProps) {
  const actor = await requireActor();
  const { clusterId } = await params;
  const [found, layouts] = await Promise.all([loadCluster(actor, clusterId), listLayouts(actor)]);
  if (!found.ok) {
    if (found.error.kind === "refused") notFound();
    return (
      <PageBody>
        <FailureMessage failure={found.error} />
      </PageBody>
    );
  }
  const cluster = found.value;
  return (
    <PageBody>
      <PageHeader
        back={
          <Link href="/clusters" className="hover:text-text hover:underline">
            Clusters
          </Link>
        }
        title={cluster.name}
        facts={<PolicyBadge policy={cluster.policy} />}
        description={
          <>
            Connected <RelativeTime at={cluster.createdAt} />
          </>
        }
        actions={
          <RenameCluster
            cluster={cluster}
            reason={roleReason(actor.role, "owner", "manage clusters")}
            update={update}
          />
        }
      />
      <ClusterDetail
        cluster={cluster}
        role={actor.role}
        layouts={layouts.ok ? layouts.value.filter((layout) => layout.clusterId === cluster.id) : []}
        agentActions={{
          ...{ probe: agents.probe, add: agents.add, install: agents.install, check: agents.check },
          ...{ repair: agents.repair, bundle: agents.bundle, renewKey: agents.renewKey, repin: agents.repin },
          ...{ changeInterval: agents.changeInterval, remove: agents.remove, forget: agents.forget },
          ...{ removeLeftovers: agents.removeLeftovers, enterReport: agents.enterReport },
        }}
        actions={{
          ...{ update, addEndpoint, remove, check, probe, forceUnlock },
          ...{ importZones, adopt, letGo, takeSnapshot, restoreSnapshot },
        }}
      />
    </PageBody>
  );
}
