import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  return (
    <PageBody>
      <HeaderSkeleton what="the template" />
      <div className="grid items-start gap-6 lg:grid-cols-[20rem_1fr]">
        <div className="flex flex-col gap-5">
          {["cluster", "name", "first", "second", "third"].map((key) => (
            <div key={key} className="flex flex-col gap-1.5">
              <Skeleton className="h-4 w-24" />
              <Skeleton className="h-8 w-full" />
            </div>
          ))}
        </div>
        <div className="h-96 rounded-lg border border-hairline bg-surface" />
      </div>
    </PageBody>
  );
}
