import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { TableSkeleton } from "@/components/shell/table-skeleton";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageBody>
      <HeaderSkeleton what="the cluster" />
      <div className="flex flex-col gap-4">
        <div className="h-40 rounded-lg border border-hairline bg-surface p-4">
          <Skeleton className="h-5 w-24" />
        </div>
        <TableSkeleton rows={3} />
      </div>
    </PageBody>
  );
}
