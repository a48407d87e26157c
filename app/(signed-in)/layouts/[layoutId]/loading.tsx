import { LoadingNote, Skeleton } from "@/components/ui/skeleton";

export default function DesignerLoading() {
  return (
    <div className="flex h-dvh flex-col">
      <LoadingNote what="the layout" />
      <div className="flex items-center justify-between border-hairline border-b bg-surface px-4 py-2">
        <div className="flex flex-col gap-1.5 py-0.5">
          <Skeleton className="h-5 w-40" />
          <Skeleton className="h-3 w-24" />
        </div>
        <Skeleton className="h-8 w-64" />
      </div>
      <div className="flex flex-1">
        <div className="flex flex-1 flex-col gap-3 p-3 pt-16">
          <Skeleton className="h-64 max-w-3xl rounded-lg" />
          <Skeleton className="h-36 max-w-3xl rounded-lg" />
        </div>
        <div className="w-[22.5rem] border-hairline border-l bg-surface max-[1099px]:hidden" />
      </div>
    </div>
  );
}
