import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";

export default function Loading() {
  return (
    <PageBody width="narrow">
      <HeaderSkeleton what="your account" />
      <div className="flex flex-col gap-4">
        <div className="h-30 rounded-lg border border-hairline bg-surface" />
        <div className="h-72 rounded-lg border border-hairline bg-surface" />
      </div>
    </PageBody>
  );
}
