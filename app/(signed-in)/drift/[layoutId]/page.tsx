import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DriftPage } from "@/components/drift/drift-page";
import { PageBody } from "@/components/shell/page-body";
import { FailureMessage } from "@/components/ui/failure-message";
import { loadDraft } from "@/lib/server/layouts";
import { requireActor } from "@/lib/server/session";
import { adopt, ignore, putBack, repair, unignore } from "./actions";

interface DriftRouteProps {
  readonly params: Promise<{ readonly layoutId: string }>;
}

export const metadata: Metadata = { title: "Drift" };

export default async function LayoutDriftRoute({ params }: DriftRouteProps) {
  const actor = await requireActor();
  const found = await loadDraft(actor, (await params).layoutId);
  if (!found.ok && found.error.kind === "refused") notFound();
  return (
    <PageBody>
      {found.ok ? (
        <DriftPage
          layout={{ id: found.value.id, name: found.value.name, clusterId: found.value.clusterId }}
          role={actor.role}
          actions={{ adopt, putBack, ignore, unignore, repair }}
        />
      ) : (
        <FailureMessage failure={found.error} />
      )}
    </PageBody>
  );
}
