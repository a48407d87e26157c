"use client";

import { History } from "lucide-react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { ReadError } from "@/components/ui/get-json";
import { PageHeader } from "@/components/ui/page-header";
import type { SelectOption } from "@/components/ui/select";
import type { RunFilter, RunPage } from "@/lib/server/views";
import { HistoryExport } from "./history-export";
import { HistoryFilters } from "./history-filters";
import { HistoryTable } from "./history-table";
import { isRunFiltered, runFilterQuery } from "./run-filter";
import { useRuns } from "./use-runs";

interface HistoryPageProps {
  readonly filter: RunFilter;
  readonly first: RunPage;
  readonly clusters: readonly SelectOption[];
  readonly people: readonly SelectOption[];
}

/** Every apply there ever was: what, who, why, and how it ended. */
export function HistoryPage({ filter, first, clusters, people }: HistoryPageProps) {
  const query = useRuns(filter, first);
  const runs = query.data.pages.flatMap((page) => page.runs);
  const untouched = runs.length === 0 && !isRunFiltered(filter);
  return (
    <div>
      <PageHeader
        title="History"
        description="Every run, newest first. Nothing here is ever changed or removed."
        actions={runs.length > 0 ? <HistoryExport filter={filter} /> : null}
      />
      {untouched ? (
        <EmptyState
          icon={<History aria-hidden size={24} />}
          title="No applies yet"
          actions={
            <>
              <ButtonLink href="/templates" variant="primary">
                Start from a template
              </ButtonLink>
              <ButtonLink href="/layouts">Open a layout</ButtonLink>
            </>
          }
        >
          Your first one appears here, with its steps, its result on every node, and pictures of before and after.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-4">
          <HistoryFilters key={runFilterQuery(filter).toString()} filter={filter} clusters={clusters} people={people} />
          {query.error ? (
            <Callout
              kind="error"
              title="Could not read the history"
              actions={
                <Button size="sm" onClick={() => void query.refetch()}>
                  Try again
                </Button>
              }
            >
              {query.error.message} {query.error instanceof ReadError ? query.error.failure.next : null}
            </Callout>
          ) : null}
          {runs.length > 0 ? (
            <HistoryTable runs={runs} />
          ) : (
            <EmptyState
              title="No run matches these filters"
              actions={<ButtonLink href="/runs">Show all runs</ButtonLink>}
            >
              Objects are looked for by id, VLAN tag and CIDR in what each run changed.
            </EmptyState>
          )}
          {query.hasNextPage ? (
            <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show older runs
            </Button>
          ) : runs.length > 20 ? (
            <p className="text-center text-text-3 text-xs">These are all.</p>
          ) : null}
        </div>
      )}
    </div>
  );
}
