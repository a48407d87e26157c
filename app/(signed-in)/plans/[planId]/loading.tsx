import { HeaderSkeleton, RowsSkeleton } from "@/components/plan/skeletons";
import { PageBody } from "@/components/shell/page-body";
import { LoadingNote } from "@/components/ui/skeleton";

export default function PlanLoading() {
  return (
    <PageBody>
      <LoadingNote what="the plan" />
      <HeaderSkeleton facts={6} />
      <div className="mt-4 flex flex-col gap-4">
        <RowsSkeleton rows={3} />
        <RowsSkeleton rows={12} />
      </div>
    </PageBody>
  );
}
