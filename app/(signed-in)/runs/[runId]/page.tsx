import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { RunPage } from "@/components/runs/run-page";
import { PageBody } from "@/components/shell/page-body";
import { FailureMessage } from "@/components/ui/failure-message";
import { loadRun } from "@/lib/server/runs";
import { requireActor } from "@/lib/server/session";
import { cancel, goOn, planAgain, retry, revert, rollBack } from "./actions";

interface RunRouteProps {
  readonly params: Promise<{ readonly runId: string }>;
}

export const metadata: Metadata = { title: "Run" };

export default async function RunRoute({ params }: RunRouteProps) {
  const actor = await requireActor();
  const found = await loadRun(actor, (await params).runId);
  if (!found.ok && found.error.kind === "refused") notFound();
  return (
    <PageBody>
      {found.ok ? (
        <RunPage
          key={found.value.id}
          initial={found.value}
          role={actor.role}
          cancel={cancel}
          planAgain={planAgain}
          revert={revert}
          goOn={goOn}
          rollBack={rollBack}
          retry={retry}
        />
      ) : (
        <FailureMessage failure={found.error} />
      )}
    </PageBody>
  );
}
