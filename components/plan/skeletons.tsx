import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** Stands where the title and facts of a plan or run will be. */
export function HeaderSkeleton({ facts }: { readonly facts: number }) {
  return (
    <div>
      <Skeleton className="mb-2 h-4 w-20" />
      <Skeleton className="h-7 w-64" />
      <div className="mt-5 flex flex-wrap gap-x-8 gap-y-2.5">
        {Array.from({ length: facts }, (_, index) => index).map((index) => (
          <div key={index}>
            <Skeleton className="h-3 w-14" />
            <Skeleton className="mt-1.5 h-4 w-20" />
          </div>
        ))}
      </div>
    </div>
  );
}

/** Stands where a list in a card will be. */
export function RowsSkeleton({ rows }: { readonly rows: number }) {
  return (
    <Card className="divide-y divide-hairline">
      {Array.from({ length: rows }, (_, index) => index).map((index) => (
        <div key={index} className="flex h-8 items-center gap-6 px-4">
          <Skeleton className="h-3 w-16" />
          <Skeleton className="h-3 w-32" />
          <Skeleton className="h-3 w-48" />
        </div>
      ))}
    </Card>
  );
}
