import type { Failure } from "../failure";
import type { NodeState, Phase, RunEvent, SnapshotEvent, StoredEvent } from "./events";

/** `stopped`: it was under way when the run ended, so nobody knows how far it came. `not-reached`: it never began. */
export type PhaseState = "waiting" | "running" | "done" | "failed" | "skipped" | "stopped" | "not-reached";

export interface PhaseStatus {
  readonly phase: Phase;
  readonly state: PhaseState;
  readonly reason?: string;
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** `unclear`: sent, but its answer never came. `undone`: staged, then rolled back. `not-sent`: the run ended before it. */
export type StepState = "waiting" | "running" | "done" | "failed" | "undone" | "unclear" | "not-sent";

export interface StepStatus {
  readonly state: StepState;
  readonly startedAt?: string;
  readonly endedAt?: string;
  readonly note?: string;
  readonly failure?: Failure;
}

/** `untouched`: the run ended before the commit, so this node was never told to reload. */
export type LaneState = NodeState | "untouched";

export interface DryRunStatus {
  readonly interfaces: string | null;
  readonly frr: string | null;
  /** Why there is no diff of this node; null when there is one. */
  readonly missing: string | null;
}

export interface NodeStatus {
  readonly node: string;
  readonly state: LaneState;
  /** When it came into this state, and when its reload began and ended as far as the journal knows. */
  readonly since?: string;
  readonly reloadStartedAt?: string;
  readonly reloadEndedAt?: string;
  readonly task?: string;
  readonly detail?: string;
  /** False for a node that reloads with the others but carries no zone of the plan: nothing is proven about it. */
  readonly mustProve: boolean;
  readonly log: readonly string[];
  readonly dryRun?: DryRunStatus;
}

/** `waiting`: nothing sent yet. `serving`, `withdrawn`, `restored`: true on the node. `pending`: taken, and it waits. */
export type HostState =
  | "waiting"
  | "sending"
  | "withdrawn"
  | "serving"
  | "pending"
  | "restored"
  | "failed"
  | "untouched";

export interface HostStatus {
  readonly node: string;
  readonly state: HostState;
  readonly since?: string;
  readonly detail?: string;
}

type EndEvent = Extract<RunEvent, { type: "ended" }>;

export interface RunStatus {
  /** Sequence number of the newest event seen; 0 before the first. */
  readonly lastSeq: number;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly phases: readonly PhaseStatus[];
  /** The phase under way, or null before the first and after the end. */
  readonly current: Phase | null;
  readonly steps: readonly StepStatus[];
  /** Addresses released from the IPAM, in the plan's order. */
  readonly releases: readonly StepStatus[];
  /** Network edits of the nodes' own that the commit activates too. */
  readonly localChanges: readonly { readonly node: string; readonly diff: string }[];
  /** What a person chose for the pending changes of others; null where there were none. */
  readonly pending: Extract<RunEvent, { type: "pending" }> | null;
  /** How often the run went on after its journal had stopped, oldest first. */
  readonly resumed: readonly Extract<StoredEvent, { type: "resumed" }>[];
  /** Steps that Proxmox took, also when they were taken back later. */
  readonly stepsDone: number;
  readonly nodes: readonly NodeStatus[];
  /** The services of nodes that get something, in the plan's order. */
  readonly hosts: readonly HostStatus[];
  /** `sent`: the commit was announced and its answer has not come; only reading tells what happened. */
  readonly commit: "none" | "sent" | "done";
  readonly commitTask: string | null;
  readonly snapshot: SnapshotEvent | null;
  readonly notes: readonly { readonly level: "info" | "warning"; readonly text: string; readonly at: string }[];
  /** Lines of the cluster's own task, which belong to no single node. */
  readonly log: readonly string[];
  readonly end: EndEvent | null;
}

/** Before the first event. */
export const NOTHING_YET: RunStatus = {
  lastSeq: 0,
  startedAt: null,
  endedAt: null,
  phases: [],
  current: null,
  steps: [],
  releases: [],
  localChanges: [],
  pending: null,
  resumed: [],
  stepsDone: 0,
  nodes: [],
  hosts: [],
  commit: "none",
  commitTask: null,
  snapshot: null,
  notes: [],
  log: [],
  end: null,
};
