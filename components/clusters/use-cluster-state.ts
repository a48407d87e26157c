"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import type { ClusterState } from "@/lib/server/views";

/** Watches one cluster. Each place that shows a cluster reads it alone, so that a slow one holds up nothing else. */
export function useClusterState(clusterId: string | null) {
  return useQuery({
    queryKey: ["cluster-state", clusterId],
    queryFn: ({ signal }) =>
      getJson<ClusterState>(`/api/v1/clusters/${encodeURIComponent(clusterId ?? "")}/state`, signal),
    enabled: clusterId !== null,
    staleTime: 15_000,
    refetchInterval: 30_000,
  });
}
