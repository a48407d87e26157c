"use client";

import { AgentVerdict } from "@/components/agents/agent-verdict";
import { verdictOf } from "@/components/agents/agent-words";
import { useAgent, useAgents } from "@/components/agents/use-agents";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";

/** One line per agent of a cluster that is not as it should be; nothing while all are. */
export function HostVerdicts({ clusterId }: { readonly clusterId: string }) {
  const { data } = useAgents(clusterId);
  return data?.agents
    .filter(({ mode }) => mode === "ssh")
    .map((agent) => <NodeVerdict key={agent.node} stored={agent} view={data} clusterId={clusterId} />);
}

interface NodeVerdictProps {
  readonly clusterId: string;
  readonly stored: AgentView;
  readonly view: HostAgentsView;
}

function NodeVerdict({ clusterId, stored, view }: NodeVerdictProps) {
  const live = useAgent(clusterId, stored.node);
  const verdict = verdictOf(live.data ?? stored, view);
  if (verdict.tone === "good" || verdict.tone === "quiet") return null;
  return (
    <span className="block text-text-2">
      <AgentVerdict verdict={{ ...verdict, words: `${stored.node}: ${verdict.words}` }} />
    </span>
  );
}
