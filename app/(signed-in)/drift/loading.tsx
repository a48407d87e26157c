import { PageBody } from "@/components/shell/page-body";
import { TableSkeleton } from "@/components/shell/table-skeleton";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingNote } from "@/components/ui/skeleton";
import { DRIFT_DESCRIPTION } from "./words";

export default function DriftLoading() {
  return (
    <PageBody>
      <LoadingNote what="the layouts" />
      <PageHeader title="Drift" description={DRIFT_DESCRIPTION} />
      <TableSkeleton rows={6} />
    </PageBody>
  );
}
