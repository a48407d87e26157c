"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { getJson } from "@/components/ui/get-json";
import type { DriftView } from "@/lib/server/memory-views";
import type { RecordedView } from "@/lib/server/views";
import type { Designer } from "./designer-context";

const LOOK_MS = 60_000;

/** What was last applied, for the marks of what an apply would change; and what the cluster has otherwise by now. */
export function useRecorded({ board }: Designer, layoutId: string, clusterId: string | null): void {
  const recorded = useQuery({
    queryKey: ["recorded", layoutId],
    queryFn: ({ signal }) => getJson<RecordedView | null>(`/api/v1/layouts/${layoutId}/recorded`, signal),
    refetchInterval: LOOK_MS,
  });
  const layout = recorded.data?.layout ?? null;
  useEffect(() => board.setRecorded(layout), [board, layout]);

  const drift = useQuery({
    queryKey: ["layout-drift", layoutId, recorded.data?.version ?? null],
    queryFn: ({ signal }) => getJson<DriftView>(`/api/v1/layouts/${layoutId}/drift`, signal),
    enabled: layout !== null && clusterId !== null,
    refetchInterval: LOOK_MS,
  });
  const items = drift.data?.items;
  useEffect(() => {
    // What somebody said may stay is no reason to look.
    board.setDrifted(new Set((items ?? []).filter(({ ignored }) => ignored === null).map(({ key }) => key)));
  }, [board, items]);
}
