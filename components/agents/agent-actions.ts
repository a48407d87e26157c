import type { ServerAction } from "@/components/ui/use-action";
import type { SeedReport } from "@/lib/core/hosts/seed-report";
import type { AgentView, BundleView, HostKeyView } from "@/lib/server/agent-views";

/** What can be done to the agents of a cluster. Every action takes `{clusterId, node}` and what its comment says. */
export interface AgentActions {
  /** Only `{host, port}`. */
  readonly probe: ServerAction<HostKeyView>;
  /** `{mode: "ssh", host, port, hostKey}` or `{mode: "bundle"}` */
  readonly add: ServerAction<AgentView>;
  /** `{from?, user, signIn: {password} | {privateKey, passphrase?}}` */
  readonly install: ServerAction<{ readonly log: string }>;
  readonly check: ServerAction<AgentView>;
  readonly repair: ServerAction<AgentView>;
  readonly bundle: ServerAction<BundleView>;
  /** `{text}` */
  readonly enterReport: ServerAction<AgentView>;
  readonly renewKey: ServerAction<AgentView>;
  /** `{host, port, hostKey, confirm}` */
  readonly repin: ServerAction<AgentView>;
  /** `{seconds}` */
  readonly changeInterval: ServerAction<AgentView>;
  /** `{confirm}` */
  readonly remove: ServerAction<{ readonly changes: number }>;
  /** `{confirm}` */
  readonly forget: ServerAction<null>;
  /** `{ids, confirm}` */
  readonly removeLeftovers: ServerAction<SeedReport>;
}
