import type { Metadata } from "next";
import Link from "next/link";
import { ConnectWizard } from "@/components/clusters/connect-wizard";
import { PageBody } from "@/components/shell/page-body";
import { roleReason } from "@/components/shell/role-reason";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/server/session";
import { check, connect, probe } from "../actions";

export const metadata: Metadata = { title: "Connect a cluster" };

export default async function ConnectPage() {
  const { role } = await requireActor();
  const reason = roleReason(role, "owner", "connect clusters");
  return (
    <PageBody width="narrow">
      <PageHeader
        back={
          <Link href="/clusters" className="hover:text-text hover:underline">
            Clusters
          </Link>
        }
        title="Connect a cluster"
        description="Four steps. Nothing is changed in Proxmox, and nothing is installed on its nodes."
      />
      {reason ? (
        <Callout kind="info" title={reason}>
          <p>Ask an owner.</p>
        </Callout>
      ) : (
        <ConnectWizard actions={{ probe, check, connect }} />
      )}
    </PageBody>
  );
}
