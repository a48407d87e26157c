"use client";

import Link from "next/link";
import { AgentVerdict } from "@/components/agents/agent-verdict";
import { verdictOf } from "@/components/agents/agent-words";
import { useAgents } from "@/components/agents/use-agents";
import type { HostService } from "@/lib/core/layout/model";
import { hostServiceKey } from "@/lib/core/plan/entity";
import { useDesigner } from "../designer-context";

/** How the agent of the gateway node was when it was last heard of, and the way to it. Nothing without a cluster. */
export function AgentLine({ service }: { readonly service: HostService }) {
  const clusterId = useDesigner((state) => state.clusterId);
  const key = hostServiceKey(service.vnet, service.cidr);
  const faulty = useDesigner((state) =>
    state.problems.some((problem) => problem.severity === "error" && problem.at.includes(key)),
  );
  const node = service.gatewayNode;
  if (clusterId === null || node === undefined) return null;
  return <Line clusterId={clusterId} node={node} faulty={faulty} />;
}

/** A good agent is no good news of a service that it will not be told of. */
const KEPT_BACK = { tone: "fails", words: "Not sent to the agent before its errors are mended" } as const;

function Line({
  clusterId,
  node,
  faulty,
}: {
  readonly clusterId: string;
  readonly node: string;
  readonly faulty: boolean;
}) {
  const { data } = useAgents(clusterId);
  if (!data) return null;
  const agent = data.agents.find((one) => one.node === node);
  const known = agent
    ? verdictOf(agent, data)
    : ({ tone: "quiet", words: "No agent there yet: declared, not provided" } as const);
  const verdict = faulty && known.tone === "good" ? KEPT_BACK : known;
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-text-2 text-xs">
      <AgentVerdict verdict={verdict} />
      <Link href={`/clusters/${clusterId}#agents`} className="underline underline-offset-2 hover:text-text">
        Agent of {node}
      </Link>
    </p>
  );
}
