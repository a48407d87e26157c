import type { ServerAction } from "@/components/ui/use-action";
import type { AgentView } from "@/lib/server/agent-views";

/** What can be done about drift. */
export interface DriftActions {
  /** `{layoutId, keys}` */
  readonly adopt: ServerAction<{ readonly rev: number }>;
  /** `{layoutId, keys}`; makes the plan. */
  readonly putBack: ServerAction<{ readonly planId: string }>;
  /** `{layoutId, key, where, fingerprint, reason}` */
  readonly ignore: ServerAction<null>;
  /** `{layoutId, key, where}` */
  readonly unignore: ServerAction<null>;
  /** `{clusterId, node}`; has the node's agent put right what differs. */
  readonly repair: ServerAction<AgentView>;
}
