import type { Failure } from "@/lib/core/failure";
import type { HostReport } from "@/lib/core/hosts/host-report";

/** What pages see of the agents on nodes: never a private key. */

/** How a node gets its state: a run puts it over SSH, or a person carries a script there. */
export type AgentMode = "ssh" | "bundle";

export interface AgentView {
  readonly node: string;
  readonly mode: AgentMode;
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** `SHA256:…`; null: by script, nothing is pinned. */
  readonly hostKey: string | null;
  /** How often it looks by itself whether everything is as it should be, and repairs. */
  readonly repairSeconds: number;
  readonly addedAt: string;
  readonly addedBy: string;
  /** What the node was last told to keep true; null: nothing yet. By script: what the last script holds. */
  readonly put: { readonly revision: number; readonly vnets: number; readonly at: string } | null;
  /** When it last answered, whatever was asked. */
  readonly contactAt: string | null;
  /** Its last answer about its services, and when that came. Without leases. */
  readonly report: (Omit<HostReport, "leases"> & { readonly at: string }) | null;
  /** Why it did not answer the last time; null when it did. */
  readonly failure: (Failure & { readonly at: string }) | null;
}

export interface HostAgentsView {
  readonly agents: readonly AgentView[];
  /** VNets that the applied layouts want served, by node, and which of those nodes have no agent. */
  readonly wanted: readonly { readonly node: string; readonly vnets: readonly string[]; readonly agent: boolean }[];
  /** The agent that comes with this version of Trunkline. */
  readonly version: string;
  /** This installation's mark on the nodes; null until there is need of one. */
  readonly owner: string | null;
}

export interface HostKeyView {
  /** `ssh-ed25519` */
  readonly type: string;
  readonly fingerprint: string;
}

export interface ScriptView {
  readonly name: string;
  readonly text: string;
  readonly sha256: string;
}

/** A script with agent and state. */
export interface BundleView extends ScriptView {
  readonly revision: number;
  readonly vnets: readonly string[];
  /** What the layouts declare on this node and no agent can serve, with the reason. */
  readonly unserved: readonly string[];
}

export interface LeaseView {
  readonly node: string;
  readonly vnet: string;
  readonly mac: string;
  readonly ip: string;
  readonly hostname: string | null;
  /** ISO 8601; null never ends. */
  readonly expires: string | null;
}

/** The leases of all agents of a cluster. */
export interface LeasesView {
  readonly leases: readonly LeaseView[];
  /** Each agent, when its leases were read or, by script, reported, and why they are not of now; `reason` null: they are. */
  readonly sources: readonly {
    readonly node: string;
    readonly mode: AgentMode;
    readonly at: string | null;
    readonly reason: string | null;
  }[];
}
