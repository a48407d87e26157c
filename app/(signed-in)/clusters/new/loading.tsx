import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";

export default function Loading() {
  return (
    <PageBody width="narrow">
      <HeaderSkeleton what="the form" />
      <div className="flex flex-col gap-3">
        <div className="h-52 rounded-lg border border-hairline bg-surface" />
        <div className="h-12 rounded-lg border border-hairline" />
        <div className="h-12 rounded-lg border border-hairline" />
        <div className="h-12 rounded-lg border border-hairline" />
      </div>
    </PageBody>
  );
}
