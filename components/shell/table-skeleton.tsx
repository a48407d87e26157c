import { Skeleton } from "@/components/ui/skeleton";

/** Rows that are still being loaded. */
export function TableSkeleton({ rows }: { readonly rows: number }) {
  return (
    <div className="rounded-lg border border-hairline bg-surface">
      <div className="h-8 border-hairline border-b" />
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <div key={key} className="flex h-11 items-center gap-6 border-hairline border-b px-3 last:border-b-0">
          <Skeleton className="h-4 w-44" />
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-4 flex-1" />
        </div>
      ))}
    </div>
  );
}
