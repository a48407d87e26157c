import { RowsSkeleton } from "@/components/plan/skeletons";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/ui/page-header";
import { LoadingNote, Skeleton } from "@/components/ui/skeleton";

export default function HistoryLoading() {
  return (
    <PageBody width="wide">
      <LoadingNote what="the history" />
      <PageHeader title="History" description="Every run, newest first. Nothing here is ever changed or removed." />
      <Skeleton className="mb-4 h-8 w-full" />
      <RowsSkeleton rows={20} />
    </PageBody>
  );
}
