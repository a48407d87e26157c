"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import type { LeasesView } from "@/lib/server/agent-views";

/** The leases that the agents of a cluster have given; nothing is asked without a cluster. */
export function useLeases(clusterId: string | null) {
  return useQuery({
    queryKey: ["leases", clusterId],
    queryFn: ({ signal }) =>
      getJson<LeasesView>(`/api/v1/clusters/${encodeURIComponent(clusterId ?? "")}/leases`, signal),
    enabled: clusterId !== null,
    staleTime: 15_000,
    refetchInterval: 60_000,
  });
}
