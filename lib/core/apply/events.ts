import type { Failure } from "../failure";
import type { PendingChange, SnapshotData } from "../ports";

/** The fixed phases of one run, in order. `undo` only appears when a run fails before the commit. */
export type Phase =
  | "check"
  | "lock"
  | "withdraw" // host services that go; only in plans that have some
  | "stage"
  | "dry-run"
  | "commit"
  | "reload"
  | "verify"
  | "hosts" // host services that come or change; only in plans that have some
  | "undo"
  | "unlock";

/** What an agent is sent: its state without what goes, the planned one, or what it had before. */
export type HostStep = "withdraw" | "provide" | "restore";

const END_STATES = [
  "applied",
  "failed", // nothing committed, staging undone, proven equal to before
  "blocked", // nothing sent: problems, pre-flight, or the world changed
  "partially-applied", // committed; some nodes are not proven
  "needs-attention", // could not be proven either way
  "interrupted", // we were stopped in the middle: something is staged under our lock, continue or roll back
] as const;
export type EndState = (typeof END_STATES)[number];

/** Where a run can be, in the order in which they are offered. */
export const RUN_STATES = ["queued", "running", ...END_STATES] as const;

export type NodeState = "waiting" | "reloading" | "reloaded" | "proven" | "failed" | "unreachable" | "unproven";

/** The cluster's whole SDN configuration under the lock, right before anything is staged. */
export interface SnapshotEvent extends SnapshotData {
  readonly type: "snapshot";
  readonly fingerprint: string;
}

/**
 * One line of a run's journal. The journal is written before the next thing is done, and history, progress view and
 * metrics are all readers of it. Steps are named by their index in the plan.
 */
export type RunEvent =
  | {
      readonly type: "phase";
      readonly phase: Phase;
      readonly state: "started" | "done" | "failed" | "skipped";
      readonly reason?: string;
    }
  | { readonly type: "note"; readonly level: "info" | "warning"; readonly text: string }
  /** Written with the token before the lock is used for anything; null where there is no lock. */
  | { readonly type: "locked"; readonly token: string | null }
  | SnapshotEvent
  /** Pending changes of others, and who decided why that they are committed along or dropped for everybody. */
  | {
      readonly type: "pending";
      readonly choice: "include" | "discard";
      readonly changes: readonly PendingChange[];
      readonly by: string;
      readonly reason: string;
    }
  /** A node's own waiting network edits, which the commit activates too. */
  | { readonly type: "local-changes"; readonly node: string; readonly diff: string }
  /** A stale IPAM address of the plan, by its index in `releases`; takes effect at once. */
  | {
      readonly type: "release";
      readonly index: number;
      readonly state: "started" | "done" | "failed";
      readonly failure?: Failure;
    }
  /** The run goes on after its journal had stopped: watched to its end, continued, rolled back, or nodes tried again. */
  | {
      readonly type: "resumed";
      readonly how: "watch" | "continue" | "roll-back" | "retry";
      readonly by: string | null;
      readonly nodes?: readonly string[];
    }
  | { readonly type: "step"; readonly index: number; readonly state: "started" | "done"; readonly note?: string }
  | { readonly type: "step"; readonly index: number; readonly state: "failed"; readonly failure: Failure }
  | { readonly type: "dry-run"; readonly node: string; readonly interfaces: string | null; readonly frr: string | null }
  | { readonly type: "dry-run-missing"; readonly node: string; readonly reason: string }
  /** Written before the commit is sent: from here on only reading tells what happened. */
  | { readonly type: "committing" }
  | { readonly type: "committed"; readonly task: string | null }
  | {
      readonly type: "node";
      readonly node: string;
      readonly state: NodeState;
      readonly task?: string;
      readonly detail?: string;
    }
  /** A state is about to be put on a node, and what came of it. `waiting`: taken, and something is not there yet. */
  | {
      readonly type: "host";
      readonly node: string;
      readonly step: HostStep;
      readonly state: "started" | "done" | "waiting" | "failed";
      readonly revision: number;
      readonly detail?: string;
    }
  | { readonly type: "log"; readonly node: string | null; readonly lines: readonly string[] }
  | { readonly type: "unlocked" }
  | {
      readonly type: "ended";
      readonly state: EndState;
      readonly message: string;
      readonly failure?: Failure;
      /** Nodes proven and nodes that had to be; both 0 when nothing was committed. */
      readonly proven: number;
      readonly nodes: number;
    };

/** An event as stored: `seq` counts from 1 within the run, `at` is ISO 8601 in UTC. */
export type StoredEvent = RunEvent & { readonly seq: number; readonly at: string };
