"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import type { Taken } from "@/lib/core/layout/taken";

/** What the chosen cluster has already; null while it is being read or cannot be, which the panel says elsewhere. */
export function useTaken(clusterId: string | null): Taken | null {
  const { data } = useQuery({
    queryKey: ["cluster-taken", clusterId],
    queryFn: ({ signal }) => getJson<Taken>(`/api/v1/clusters/${encodeURIComponent(clusterId ?? "")}/taken`, signal),
    enabled: clusterId !== null,
    staleTime: 15_000,
    refetchInterval: 60_000,
  });
  return data ?? null;
}
