"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getJson } from "@/components/ui/get-json";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";

const base = (clusterId: string): string => `/api/v1/clusters/${encodeURIComponent(clusterId)}/agents`;

/** The agents of a cluster as they were last heard of; nothing is asked on the nodes. */
export function useAgents(clusterId: string) {
  return useQuery({
    queryKey: ["agents", clusterId],
    queryFn: ({ signal }) => getJson<HostAgentsView>(base(clusterId), signal),
  });
}

/**
 * One agent as it is now: asked at once and each minute, each alone, so that one that is silent holds up nothing else. As it
 * was `stored` until it answers, and always where it is not reached from here or nobody is to `ask`.
 */
export function useAgent(clusterId: string, stored: AgentView, ask = true) {
  const { node, mode, addedAt } = stored;
  const { data, isFetching } = useQuery({
    queryKey: ["agent", clusterId, node],
    queryFn: ({ signal }) => getJson<AgentView>(`${base(clusterId)}/${encodeURIComponent(node)}`, signal),
    enabled: ask && mode === "ssh",
    staleTime: 10_000,
    refetchInterval: 60_000,
  });
  // What an agent answered that was forgotten since is not the answer of the one that was added after it.
  return { agent: data?.addedAt === addedAt ? data : stored, isFetching };
}

/** Has everything about a cluster's agents read again: after one was added, changed or forgotten. */
export function useAgentsAgain(clusterId: string): () => void {
  const client = useQueryClient();
  return () => {
    void client.invalidateQueries({ queryKey: ["agents", clusterId] });
    void client.invalidateQueries({ queryKey: ["agent", clusterId] });
  };
}

/** An action that asks an agent: whatever came of it, what is known of the agents is another thing afterwards. */
export function useAgentAction<T>(clusterId: string, action: ServerAction<T>) {
  const again = useAgentsAgain(clusterId);
  return useAction<T>(async (input) => {
    const outcome = await action(input);
    again();
    return outcome;
  });
}
