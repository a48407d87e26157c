import { HeaderSkeleton } from "@/components/shell/header-skeleton";
import { PageBody } from "@/components/shell/page-body";
import { TableSkeleton } from "@/components/shell/table-skeleton";

export default function Loading() {
  return (
    <PageBody>
      <HeaderSkeleton what="people" />
      <TableSkeleton rows={4} />
    </PageBody>
  );
}
