import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageBody>
      <HeaderSkeleton what="templates" />
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        {["1", "2", "3", "4", "5", "6"].map((key) => (
          <div key={key} className="h-80 rounded-lg border border-hairline bg-surface">
            <div className="h-44 border-hairline border-b bg-bg" />
            <div className="flex flex-col gap-2 p-4">
              <Skeleton className="h-5 w-48" />
              <Skeleton className="h-4 w-full" />
              <Skeleton className="h-4 w-2/3" />
            </div>
          </div>
        ))}
      </div>
    </PageBody>
  );
}
