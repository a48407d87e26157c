import type { Metadata } from "next";
import { DriftOverview } from "@/components/drift/drift-overview";
import { PageBody } from "@/components/shell/page-body";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { listLayouts } from "@/lib/server/layouts";
import { requireActor } from "@/lib/server/session";
import { DRIFT_DESCRIPTION } from "./words";

export const metadata: Metadata = { title: "Drift" };

export default async function DriftRoute() {
  const layouts = await listLayouts(await requireActor());
  return (
    <PageBody>
      <PageHeader title="Drift" description={DRIFT_DESCRIPTION} />
      {layouts.ok ? (
        <DriftOverview
          layouts={layouts.value.filter(
            ({ clusterId, recordedVersion }) => clusterId !== null && recordedVersion !== null,
          )}
        />
      ) : (
        <FailureMessage failure={layouts.error} />
      )}
    </PageBody>
  );
}
