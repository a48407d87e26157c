import type { RUN_STATES, StoredEvent } from "@/lib/core/apply/events";
import type { Layout } from "@/lib/core/layout/model";
import type { HostCounts } from "@/lib/core/plan/host-words";
import type { Plan } from "@/lib/core/plan/plan";
import type { Purpose } from "@/lib/core/plan/purpose";
import type { ClusterFacts } from "@/lib/core/ports";

/**
 * What the use cases give to pages and route handlers: plain JSON values (dates as ISO 8601 text), never a database row
 * and never a secret. Components import these types and nothing else from this room.
 */
export type Role = "owner" | "operator" | "viewer";

export interface Actor {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
}

/** `direct`: one click applies a template. `review`: one click opens the plan. */
export type DeployPolicy = "direct" | "review";

export interface ClusterView {
  readonly id: string;
  readonly name: string;
  readonly endpoints: readonly string[];
  /** Pinned SHA-256 certificate fingerprint, or null for plain HTTP or a certificate the system trusts. */
  readonly fingerprint: string | null;
  /** `user@realm!tokenname`; the secret never leaves the server. */
  readonly tokenId: string;
  readonly policy: DeployPolicy;
  readonly createdAt: string;
}

/** The state of a cluster as read just now, or why it could not be read. */
export type ClusterState =
  | {
      readonly reachable: true;
      readonly facts: ClusterFacts;
      readonly zones: number;
      readonly vnets: number;
      readonly pending: number;
    }
  | { readonly reachable: false; readonly message: string; readonly next: string | null };

export interface PrivilegeCheck {
  readonly path: string;
  readonly privilege: string;
  readonly purpose: string;
  readonly granted: boolean;
  /** Command to paste on a node when it is missing. */
  readonly grant: string;
}

/** A frozen version of a layout: what its cluster was last brought to. */
export interface RecordedView {
  readonly version: number;
  readonly layout: Layout;
}

export interface LayoutSummary {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string | null;
  readonly clusterName: string | null;
  readonly rev: number;
  readonly version: number;
  /** The version last applied, imported or adopted; null: none yet. */
  readonly recordedVersion: number | null;
  readonly zones: number;
  readonly vnets: number;
  readonly subnets: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
  readonly lastRun: {
    readonly id: string;
    readonly number: number;
    readonly state: RunState;
    readonly endedAt: string | null;
  } | null;
}

/** A layout being edited. `rev` grows by one with each save; `version` is the newest numbered version (0: none yet). */
export interface DraftView {
  readonly id: string;
  readonly name: string;
  readonly clusterId: string | null;
  readonly clusterName: string | null;
  readonly layout: Layout;
  readonly rev: number;
  readonly version: number;
  readonly updatedAt: string;
  readonly updatedBy: string;
}

/** The answer to a save. `conflict` carries what is stored now, so that nothing is overwritten blindly. */
export type SaveOutcome =
  | { readonly saved: true; readonly rev: number }
  | { readonly saved: false; readonly conflict: DraftView };

export type PlanState = "ready" | "nothing-to-do" | "blocked" | "stale" | "used";

export interface PlanView {
  readonly id: string;
  readonly layoutId: string;
  readonly layoutName: string;
  readonly layoutVersion: number;
  readonly layout: Layout;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly state: PlanState;
  readonly purpose: Purpose;
  readonly plan: Plan;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly runId: string | null;
  /** Proxmox's own per-node diff, from a rehearsal (stage, dry-run, undo); null when none was made. */
  readonly rehearsal: RehearsalView | null;
}

export interface RehearsalView {
  readonly at: string;
  readonly by: string;
  readonly message: string;
  readonly nodes: readonly {
    readonly node: string;
    readonly interfaces: string | null;
    readonly frr: string | null;
    readonly missing: string | null;
  }[];
}

export type RunState = (typeof RUN_STATES)[number];

export interface RunCounts {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly replace: number;
}

export interface RunSummary {
  readonly id: string;
  readonly number: number;
  readonly state: RunState;
  /** The sentence of the end event, or what it is doing now. */
  readonly message: string;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly layoutId: string | null;
  readonly layoutName: string;
  readonly layoutVersion: number;
  readonly planId: string;
  readonly actor: string;
  readonly source: "app" | "template" | "api";
  readonly reason: string | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly counts: RunCounts;
  /** What it changes beside objects of the cluster. */
  readonly hosts: HostCounts;
  readonly proven: number;
  readonly nodes: number;
  readonly purpose: Purpose;
  /** Runs that were made to revert this one, newest first. */
  readonly revertedBy: readonly { readonly id: string; readonly number: number; readonly state: RunState }[];
}

export interface RunView extends RunSummary {
  readonly plan: Plan;
  /** The layout before (last applied version; null when there was none) and after. */
  readonly before: Layout | null;
  readonly after: Layout;
  readonly events: readonly StoredEvent[];
  readonly cancelRequested: boolean;
  readonly offers: RunOffers;
}

/** Each is null when it is not offered; a text says why it is not possible, `true` that it is. */
export interface RunOffers {
  /** Nodes that can be tried again. */
  readonly retryNodes: readonly string[];
  readonly continue: true | string | null;
  readonly rollBack: true | null;
  /** A plan that takes back what this run did, and nothing else. */
  readonly revert: true | null;
}

export interface RunFilter {
  readonly clusterId?: string;
  readonly state?: RunState;
  readonly actor?: string;
  /** Text searched in object ids, VLAN tags and CIDRs of the plan. */
  readonly object?: string;
  /** Continue below this run number. */
  readonly before?: number;
  readonly limit?: number;
}

export interface RunPage {
  readonly runs: readonly RunSummary[];
  /** Pass as `before` for the next page; null at the end. */
  readonly next: number | null;
}

export interface TemplateSummary {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly builtIn: boolean;
}

/** A template that a person saved; the built-in ones are in lib/core/layout/starters.ts. */
export interface SavedTemplateView extends TemplateSummary {
  readonly layout: Layout;
  /** Which of its values are asked for; ids of `savedParameters`. */
  readonly asks: readonly string[];
  readonly createdBy: string;
  readonly createdAt: string;
}

export interface PersonView {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
  readonly disabled: boolean;
}

/** An API token; its secret is shown once, when it is created. */
export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdBy: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** What a one-time link is for. */
export type SetupPurpose = "owner" | "recovery";

/** Where a deployed template leads: to its run, or to the plan that is to be looked at. */
export type Deployed =
  | { readonly next: "run"; readonly runId: string }
  | { readonly next: "plan"; readonly planId: string };

/** A document that comes with the app. `html` is made from a file of the repository and nothing else. */
export interface HelpPage {
  readonly title: string;
  readonly html: string;
}

/** Who else has a layout open, and the revision that is stored now. */
export interface PresenceView {
  readonly rev: number;
  readonly others: readonly {
    readonly tab: string;
    readonly name: string;
    readonly cursor: string | null;
    /** The field of `cursor` that has the keyboard there. */
    readonly field: string | null;
  }[];
}
