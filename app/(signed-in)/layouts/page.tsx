import type { Metadata } from "next";
import { LayoutList } from "@/components/layouts/layout-list";
import { PageBody } from "@/components/shell/page-body";
import { FailureMessage } from "@/components/ui/failure-message";
import { listClusters } from "@/lib/server/clusters";
import { listLayouts } from "@/lib/server/layouts";
import { requireActor } from "@/lib/server/session";
import { create, duplicate, remove, rename, saveAsTemplate } from "./actions";

export const metadata: Metadata = { title: "Layouts" };

export default async function LayoutsPage() {
  const actor = await requireActor();
  const [layouts, clusters] = await Promise.all([listLayouts(actor), listClusters(actor)]);
  if (!layouts.ok)
    return (
      <PageBody>
        <FailureMessage failure={layouts.error} />
      </PageBody>
    );
  if (!clusters.ok)
    return (
      <PageBody>
        <FailureMessage failure={clusters.error} />
      </PageBody>
    );
  return (
    <PageBody>
      <LayoutList
        layouts={layouts.value}
        clusters={clusters.value}
        role={actor.role}
        actions={{ create, duplicate, rename, remove, saveAsTemplate }}
      />
    </PageBody>
  );
}
