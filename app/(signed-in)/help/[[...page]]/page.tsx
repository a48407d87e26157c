import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { HelpText } from "@/components/help/help-text";
import { PageBody } from "@/components/shell/page-body";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { loadHelp } from "@/lib/server/help";
import { requireActor } from "@/lib/server/session";

interface HelpRouteProps {
  readonly params: Promise<{ readonly page?: readonly string[] }>;
}

export const metadata: Metadata = { title: "Help" };

export default async function HelpRoute({ params }: HelpRouteProps) {
  const parts = (await params).page ?? [];
  const found = await loadHelp(await requireActor(), { parts });
  if (!found.ok && found.error.kind === "refused") notFound();
  return (
    <PageBody width="narrow">
      {found.ok ? (
        <>
          <PageHeader
            title={found.value.title}
            back={parts.length > 0 ? <Link href="/help">← Help</Link> : undefined}
          />
          <HelpText html={found.value.html} />
        </>
      ) : (
        <FailureMessage failure={found.error} />
      )}
    </PageBody>
  );
}
