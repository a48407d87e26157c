import type { AgentView } from "@/lib/server/agent-views";
import type { AgentActions } from "./agent-actions";

/** What every dialog about one agent gets. */
export interface AboutAgent {
  readonly clusterId: string;
  readonly agent: AgentView;
  readonly actions: AgentActions;
  /** Something was changed. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}
