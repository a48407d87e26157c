"use client";

import { Plus } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useClusterState } from "@/components/clusters/use-cluster-state";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { ReadState } from "@/components/ui/read-state";
import type { HostAgentsView } from "@/lib/server/agent-views";
import type { ClusterView, Role } from "@/lib/server/views";
import type { AgentActions } from "./agent-actions";
import { AgentItem, type AgentTask } from "./agent-item";
import { useAgents, useAgentsAgain } from "./use-agents";

// What is asked in dialogs is fetched when one opens.
const AgentDialog = lazy(() => import("./agent-dialog").then(({ AgentDialog: Dialog }) => ({ default: Dialog })));

interface AgentsCardProps {
  readonly cluster: ClusterView;
  readonly role: Role;
  readonly actions: AgentActions;
}

/** What the nodes do beside Proxmox: who has an agent, whether its services are as they were told, and what to do if not. */
export function AgentsCard({ cluster, role, actions }: AgentsCardProps) {
  const agents = useAgents(cluster.id);
  const state = useClusterState(cluster.id);
  const again = useAgentsAgain(cluster.id);
  const [task, setTask] = useState<AgentTask | null>(null);
  const nodes = state.data?.reachable ? state.data.facts.nodes : [];
  const addressOf = (node: string) => nodes.find(({ name }) => name === node)?.address ?? null;
  const refusal = roleReason(role, "owner", "manage host agents");
  return (
    <SectionCard
      id="agents"
      title="Host agents"
      description="A small program on a node that keeps gateways, SNAT and DHCP of VLAN, QinQ and VXLAN zones as the applied layouts say. Each is installed on purpose."
      actions={
        <Button
          size="sm"
          icon={<Plus aria-hidden size={14} />}
          disabledReason={refusal}
          onClick={() => setTask({ what: "add", node: null, agent: null })}
        >
          Add agent
        </Button>
      }
    >
      <ReadState query={agents} what="the host agents">
        {(view) => {
          const rows = rowsOf(view, nodes);
          return rows.length === 0 ? (
            <EmptyState title="No node is known yet">
              The nodes are listed as soon as the cluster can be read. An agent can be added by the node's name.
            </EmptyState>
          ) : (
            <ul className="flex flex-col divide-y divide-hairline rounded-lg border border-hairline">
              {rows.map((row) => (
                <AgentItem
                  key={row.node}
                  {...row}
                  clusterId={cluster.id}
                  view={view}
                  {...{ role, actions }}
                  onTask={setTask}
                />
              ))}
            </ul>
          );
        }}
      </ReadState>
      {task ? (
        <Suspense fallback={null}>
          <AgentDialog
            {...{ task, cluster, role, actions }}
            nodes={nodes.map(({ name }) => name)}
            addressOf={addressOf}
            taken={agents.data?.agents.map(({ node }) => node) ?? []}
            onTask={setTask}
            onDone={again}
            onClose={() => setTask(null)}
          />
        </Suspense>
      ) : null}
    </SectionCard>
  );
}

/** Every node that the cluster has, that has an agent, or that a layout wants one on. */
function rowsOf(view: HostAgentsView, nodes: readonly { readonly name: string }[]) {
  const names = new Set([
    ...nodes.map(({ name }) => name),
    ...view.agents.map(({ node }) => node),
    ...view.wanted.map(({ node }) => node),
  ]);
  return [...names].sort().map((node) => ({
    node,
    agent: view.agents.find((agent) => agent.node === node) ?? null,
    wanted: view.wanted.find((one) => one.node === node)?.vnets ?? [],
  }));
}
