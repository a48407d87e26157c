"use client";

import Link from "next/link";
import { AgentFindings } from "@/components/agents/agent-findings";
import { AgentVerdict } from "@/components/agents/agent-verdict";
import { verdictOf } from "@/components/agents/agent-words";
import { useAgent, useAgentAction, useAgents } from "@/components/agents/use-agents";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { Mono } from "@/components/ui/mono";
import { ReadState } from "@/components/ui/read-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { toast } from "@/components/ui/toast";
import type { ServerAction } from "@/components/ui/use-action";
import { plural } from "@/lib/core/plural";
import type { AgentView, HostAgentsView } from "@/lib/server/agent-views";
import type { Role } from "@/lib/server/views";

interface HostDriftProps {
  readonly clusterId: string;
  readonly role: Role;
  /** `{clusterId, node}` */
  readonly repair: ServerAction<AgentView>;
}

/** What the agents of a cluster find on their nodes, beside what Proxmox shows. Nothing where no node shall serve anything. */
export function HostDrift({ clusterId, role, repair }: HostDriftProps) {
  const agents = useAgents(clusterId);
  if (agents.data && agents.data.agents.length + agents.data.wanted.length === 0) return null;
  return (
    <SectionCard
      title="Host services"
      description="What each node's agent finds now, for all layouts of the cluster: an agent keeps its whole node. It repairs by itself; a difference that stays has a reason."
    >
      <ReadState query={agents} what="the host agents">
        {(view) => (
          <ul className="flex flex-col divide-y divide-hairline rounded-lg border border-hairline">
            {view.wanted
              .filter(({ agent }) => !agent)
              .map(({ node, vnets }) => (
                <li key={node} className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-3 text-sm">
                  <Mono className="min-w-16 font-medium">{node}</Mono>
                  <span className="text-text-2">
                    {plural(vnets.length, "VNet")} declared, not provided: no agent.{" "}
                    <Link
                      href={`/clusters/${clusterId}#agents`}
                      className="underline underline-offset-2 hover:text-text"
                    >
                      Add one
                    </Link>
                  </span>
                </li>
              ))}
            {view.agents.map((agent) => (
              <NodeDrift key={agent.node} stored={agent} {...{ clusterId, role, repair, view }} />
            ))}
          </ul>
        )}
      </ReadState>
    </SectionCard>
  );
}

interface NodeDriftProps extends HostDriftProps {
  readonly stored: AgentView;
  readonly view: HostAgentsView;
}

function NodeDrift({ clusterId, role, repair, stored, view }: NodeDriftProps) {
  const { node, mode } = stored;
  const { agent } = useAgent(clusterId, stored);
  const repairing = useAgentAction(clusterId, repair);
  const verdict = verdictOf(agent, view);
  const failure = repairing.failure ?? agent.failure;
  return (
    <li aria-label={node} className="flex flex-col gap-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
        <Mono className="min-w-16 font-medium">{node}</Mono>
        <div className="min-w-40 flex-1">
          <AgentVerdict verdict={verdict} />
        </div>
        {agent.contactAt ? (
          <span className="text-text-3">
            {mode === "ssh" ? "heard" : "reported"} <RelativeTime at={agent.contactAt} />
          </span>
        ) : null}
        {mode === "ssh" && verdict.tone === "differs" ? (
          <Button
            size="sm"
            busy={repairing.busy}
            disabledReason={roleReason(role, "operator", "repair host services")}
            onClick={() => repairing.start({ clusterId, node }, () => toast.success(`Repaired on ${node}`))}
          >
            Repair now
          </Button>
        ) : null}
      </div>
      {failure ? <FailureMessage failure={failure} /> : null}
      <AgentFindings agent={agent} />
    </li>
  );
}
