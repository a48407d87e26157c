"use client";

import { type InfiniteData, useInfiniteQuery } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import type { RunFilter, RunPage } from "@/lib/server/views";
import { runFilterQuery } from "./run-filter";

/** While something is under way the list is read again this often. */
const ACTIVE_MS = 4_000;

/** Address of one page of runs. Throws nothing; the filter's own names are the API's. */
export function runsUrl(filter: RunFilter, before: number | null, limit?: number): string {
  const query = new URLSearchParams();
  if (filter.clusterId) query.set("clusterId", filter.clusterId);
  if (filter.state) query.set("state", filter.state);
  if (filter.actor) query.set("actor", filter.actor);
  if (filter.object) query.set("object", filter.object);
  if (before !== null) query.set("before", String(before));
  if (limit !== undefined) query.set("limit", String(limit));
  return query.size > 0 ? `/api/v1/runs?${query}` : "/api/v1/runs";
}

/** The history under a filter, newest first, page by page. `first` is what the server rendered for that filter. */
export function useRuns(filter: RunFilter, first: RunPage) {
  return useInfiniteQuery({
    queryKey: ["runs", runFilterQuery(filter).toString()],
    queryFn: ({ pageParam, signal }) => getJson<RunPage>(runsUrl(filter, pageParam), signal),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    initialData: { pages: [first], pageParams: [null] },
    staleTime: 10_000,
    refetchInterval: ({ state }) => (hasActive(state.data) ? ACTIVE_MS : false),
  });
}

function hasActive(data: InfiniteData<RunPage> | undefined): boolean {
  const runs = data?.pages.flatMap((page) => page.runs) ?? [];
  return runs.some((run) => run.state === "queued" || run.state === "running");
}
