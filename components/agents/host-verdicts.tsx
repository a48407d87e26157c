"use client";

import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";
import { AgentVerdict } from "./agent-verdict";
import { verdictOf } from "./agent-words";
import { useAgent, useAgents } from "./use-agents";

interface HostVerdictsProps {
  readonly clusterId: string;
  /** Asks the agents now; otherwise what they last said. */
  readonly live: boolean;
}

/** One line per agent of a cluster that is not as it should be; nothing while all are. */
export function HostVerdicts({ clusterId, live }: HostVerdictsProps) {
  const { data } = useAgents(clusterId);
  return data?.agents.map((agent) => (
    <NodeVerdict key={agent.node} stored={agent} view={data} {...{ clusterId, live }} />
  ));
}

interface NodeVerdictProps extends HostVerdictsProps {
  readonly stored: AgentView;
  readonly view: HostAgentsView;
}

function NodeVerdict({ clusterId, live, stored, view }: NodeVerdictProps) {
  const { agent } = useAgent(clusterId, stored, live);
  const verdict = verdictOf(agent, view);
  if (verdict.tone === "good" || verdict.tone === "quiet") return null;
  return (
    <span className="block text-text-2">
      <AgentVerdict verdict={{ ...verdict, words: `${stored.node}: ${verdict.words}` }} />
    </span>
  );
}
