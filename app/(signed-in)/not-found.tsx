import { PageBody } from "@/components/shell/page-body";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function NotFound() {
  return (
    <PageBody>
      <PageHeader title="Not found" />
      <EmptyState title="There is nothing at this address" actions={<ButtonLink href="/">Go to the start</ButtonLink>}>
        It may have been removed, or the link is incomplete.
      </EmptyState>
    </PageBody>
  );
}
