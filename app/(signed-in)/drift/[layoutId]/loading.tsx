import { HeaderSkeleton } from "@/components/plan/skeletons";
import { PageBody } from "@/components/shell/page-body";
import { TableSkeleton } from "@/components/shell/table-skeleton";
import { LoadingNote } from "@/components/ui/skeleton";

export default function LayoutDriftLoading() {
  return (
    <PageBody>
      <LoadingNote what="the drift" />
      <div className="flex flex-col gap-4">
        <HeaderSkeleton facts={4} />
        <TableSkeleton rows={4} />
      </div>
    </PageBody>
  );
}
