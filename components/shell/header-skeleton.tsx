import { LoadingNote, Skeleton } from "@/components/ui/skeleton";

/** The head of a page that is still being loaded, in the size of the real one. */
export function HeaderSkeleton({ what }: { readonly what: string }) {
  return (
    <div className="flex items-end justify-between gap-6 pb-5">
      <LoadingNote what={what} />
      <div className="flex flex-col gap-2">
        <Skeleton className="h-6 w-40" />
        <Skeleton className="h-4 w-80 max-w-full" />
      </div>
      <Skeleton className="h-8 w-28" />
    </div>
  );
}
