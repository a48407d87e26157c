import type { Metadata } from "next";
import { HistoryPage } from "@/components/runs/history-page";
import { readRunFilter } from "@/components/runs/run-filter";
import { PageBody } from "@/components/shell/page-body";
import { ButtonLink } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { listClusters } from "@/lib/server/clusters";
import { listPeople } from "@/lib/server/people";
import { listRuns } from "@/lib/server/runs";
import { requireActor } from "@/lib/server/session";

interface HistoryRouteProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export const metadata: Metadata = { title: "History" };

export default async function HistoryRoute({ searchParams }: HistoryRouteProps) {
  const actor = await requireActor();
  const given = await searchParams;
  const filter = readRunFilter({
    get: (name) => {
      const value = given[name];
      return typeof value === "string" ? value : null;
    },
  });
  const [runs, clusters, people] = await Promise.all([listRuns(actor, filter), listClusters(actor), listPeople(actor)]);
  if (!runs.ok) {
    return (
      <PageBody width="wide">
        <PageHeader title="History" />
        <FailureMessage failure={runs.error} actions={<ButtonLink href="/runs">Try again</ButtonLink>} />
      </PageBody>
    );
  }
  return (
    <PageBody width="wide">
      <HistoryPage
        filter={filter}
        first={runs.value}
        clusters={clusters.ok ? clusters.value.map(({ id, name }) => ({ value: id, label: name })) : []}
        people={people.ok ? people.value.map(({ name }) => ({ value: name, label: name })) : []}
      />
    </PageBody>
  );
}
