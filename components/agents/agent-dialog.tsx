"use client";

import type { ClusterView, Role } from "@/lib/server/views";
import { AddAgentDialog } from "./add-agent-dialog";
import type { AgentActions } from "./agent-actions";
import type { AgentTask } from "./agent-item";
import { BundleDialog } from "./bundle-dialog";
import { InstallDialog } from "./install-dialog";
import { IntervalDialog } from "./interval-dialog";
import { LeftoversDialog } from "./leftovers-dialog";
import { RemoveAgentDialog } from "./remove-agent-dialog";
import { RepinDialog } from "./repin-dialog";
import { ReportDialog } from "./report-dialog";

interface AgentDialogProps {
  readonly task: AgentTask;
  readonly cluster: ClusterView;
  readonly role: Role;
  readonly actions: AgentActions;
  /** The nodes of the cluster; none when it cannot be read. */
  readonly nodes: readonly string[];
  readonly addressOf: (node: string) => string | null;
  /** Nodes that have an agent. */
  readonly taken: readonly string[];
  /** Goes on with another dialog. */
  readonly onTask: (task: AgentTask) => void;
  /** Something was changed. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Whatever is asked about the agent of a node. */
export function AgentDialog(props: AgentDialogProps) {
  const { task, cluster, role, actions, onDone, onClose } = props;
  const { what, node, agent } = task;
  if (what === "add") return <AddAgentDialog {...props} node={node} />;
  if (!agent) return null;
  const about = { clusterId: cluster.id, agent, actions, onDone, onClose };
  switch (what) {
    case "install":
      return <InstallDialog {...about} />;
    case "bundle":
      return <BundleDialog {...about} />;
    case "report":
      return <ReportDialog {...about} />;
    case "repin":
      return <RepinDialog {...about} />;
    case "interval":
      return <IntervalDialog {...about} />;
    case "leftovers":
      return <LeftoversDialog {...about} role={role} />;
    case "remove":
    case "forget":
      return <RemoveAgentDialog {...about} how={what} />;
  }
}
