import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readAddress } from "@/components/designer/address";
import { Designer } from "@/components/designer/designer";
import { PageBody } from "@/components/shell/page-body";
import { roleReason } from "@/components/shell/role-reason";
import { FailureMessage } from "@/components/ui/failure-message";
import { listClusters } from "@/lib/server/clusters";
import { loadDraft } from "@/lib/server/layouts";
import { requireActor } from "@/lib/server/session";
import { saveAsTemplate } from "../actions";
import { assign, plan } from "./actions";

interface DesignerRouteProps {
  readonly params: Promise<{ readonly layoutId: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export const metadata: Metadata = { title: "Designer" };

export default async function DesignerRoute({ params, searchParams }: DesignerRouteProps) {
  const actor = await requireActor();
  const { layoutId } = await params;
  const [draft, clusters, search] = await Promise.all([loadDraft(actor, layoutId), listClusters(actor), searchParams]);
  if (!draft.ok) {
    if (draft.error.kind === "refused") notFound();
    return (
      <PageBody>
        <FailureMessage failure={draft.error} />
      </PageBody>
    );
  }
  return (
    <Designer
      key={draft.value.id}
      draft={draft.value}
      locked={roleReason(actor.role, "operator", "change layouts")}
      address={readAddress(
        new URLSearchParams(
          Object.entries(search).map(([name, value]) => [name, typeof value === "string" ? value : ""]),
        ),
      )}
      clusters={clusters.ok ? clusters.value.map(({ id, name }) => ({ id, name })) : []}
      plan={plan}
      assign={assign}
      saveTemplate={saveAsTemplate}
    />
  );
}
