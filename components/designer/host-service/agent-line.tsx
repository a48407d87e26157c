"use client";

import Link from "next/link";
import { AgentVerdict } from "@/components/agents/agent-verdict";
import { verdictOf } from "@/components/agents/agent-words";
import { useAgents } from "@/components/agents/use-agents";
import { useDesigner } from "../designer-context";

/** How the agent of the gateway node was when it was last heard of, and the way to it. Nothing without a cluster. */
export function AgentLine({ node }: { readonly node: string | undefined }) {
  const clusterId = useDesigner((state) => state.clusterId);
  return clusterId === null || node === undefined ? null : <Line clusterId={clusterId} node={node} />;
}

function Line({ clusterId, node }: { readonly clusterId: string; readonly node: string }) {
  const { data } = useAgents(clusterId);
  if (!data) return null;
  const agent = data.agents.find((one) => one.node === node);
  const verdict = agent
    ? verdictOf(agent, data)
    : ({ tone: "quiet", words: "No agent there yet: declared, not provided" } as const);
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-text-2 text-xs">
      <AgentVerdict verdict={verdict} />
      <Link href={`/clusters/${clusterId}#agents`} className="underline underline-offset-2 hover:text-text">
        Agent of {node}
      </Link>
    </p>
  );
}
