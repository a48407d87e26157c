import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageBody>
      <HeaderSkeleton what="clusters" />
      <div className="grid gap-4 md:grid-cols-2">
        {["1", "2"].map((key) => (
          <div key={key} className="flex h-44 flex-col gap-3 rounded-lg border border-hairline bg-surface p-4">
            <Skeleton className="h-5 w-32" />
            <Skeleton className="h-4 w-56" />
            <Skeleton className="h-12 w-full" />
          </div>
        ))}
      </div>
    </PageBody>
  );
}
