"use client";

import { useQuery } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import type { DriftView } from "@/lib/server/memory-views";

/** How a layout's objects differ in its cluster now; read again when the window comes back after a minute. */
export function useDrift(layoutId: string) {
  return useQuery({
    queryKey: ["drift", layoutId],
    queryFn: ({ signal }) => getJson<DriftView>(`/api/v1/layouts/${layoutId}/drift`, signal),
    staleTime: 60_000,
  });
}
