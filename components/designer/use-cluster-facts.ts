"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { getJson } from "@/components/ui/get-json";
import type { ClusterState } from "@/lib/server/views";
import type { Designer } from "./designer-context";

export type ClusterReading =
  | { readonly kind: "none" | "reading" | "read" }
  | { readonly kind: "unreachable"; readonly message: string };

/** Reads the cluster's nodes, bridges and guests now and every half minute, and hands them to the Board. */
export function useClusterFacts({ board, store }: Designer, clusterId: string | null): ClusterReading {
  const query = useQuery({
    queryKey: ["cluster-state", clusterId],
    queryFn: ({ signal }) => getJson<ClusterState>(`/api/v1/clusters/${clusterId}/state`, signal),
    enabled: clusterId !== null,
    refetchInterval: 30_000,
    structuralSharing: true,
  });
  const { data } = query;
  // What was read last stays on the Board when the cluster stops answering.
  const facts = clusterId !== null && data?.reachable ? data.facts : null;
  const lost = data !== undefined && !data.reachable;
  useEffect(() => {
    if (!lost) board.setFacts(facts);
  }, [board, facts, lost]);
  useEffect(() => store.getState().actions.setCluster(clusterId), [store, clusterId]);
  if (clusterId === null) return { kind: "none" };
  if (data && !data.reachable) return { kind: "unreachable", message: data.message };
  if (query.error) return { kind: "unreachable", message: query.error.message };
  return { kind: data ? "read" : "reading" };
}
