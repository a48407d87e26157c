import { PageBody } from "@/components/shell/page-body";
import { LoadingNote, Skeleton } from "@/components/ui/skeleton";

export default function HelpLoading() {
  return (
    <PageBody width="narrow">
      <LoadingNote what="the help" />
      <Skeleton className="mb-6 h-7 w-64" />
      <Skeleton className="mb-2 h-4" />
      <Skeleton className="mb-2 h-4" />
      <Skeleton className="h-4 w-2/3" />
    </PageBody>
  );
}
