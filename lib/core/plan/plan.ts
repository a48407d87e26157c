import type { IpamAddress, PendingChange } from "../ports";
import type { Problem } from "../problem";
import type { EntityKey } from "./entity";
import type { HostTarget } from "./host-targets";
import type { Change, Step } from "./step";

/**
 * `unknown`: it could not be made, which is never shown as passed. `confirm`: allowed once a person has ticked it (the
 * run names the accepted checks). `block`: nothing is sent.
 */
export type CheckStatus = "pass" | "warn" | "confirm" | "block" | "unknown";

/** One pre-flight check. */
export interface Check {
  readonly id: string;
  readonly status: CheckStatus;
  readonly title: string;
  readonly detail: string;
  /** Objects concerned, if any. */
  readonly at?: readonly EntityKey[];
  /** What the person can do about it, e.g. a command to paste; one line each. */
  readonly next?: readonly string[];
}

/** What happens to pending changes of others: `stop` refuses to run, `include` commits them too, `discard` drops them. */
export type PendingChoice = "stop" | "include" | "discard";

/** The nodes a zone is on, before and after; null where the zone does not exist. */
export interface Placement {
  readonly zone: string;
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
}

/** A VNet that goes, leaves nodes or is moved, and the guest interfaces on it that the person has seen. */
export interface TakenVnet {
  readonly vnet: string;
  /** null: on every node. */
  readonly nodes: readonly string[] | null;
  /** `removed`, `moves to zone x`, …: said of the VNet. */
  readonly why: string;
  /** "VM 101 net0"; null when the guests could not be read. */
  readonly guests: readonly string[] | null;
}

/**
 * The exact way from the live configuration to a layout, pinned to both by fingerprints. Immutable; a plan with a
 * blocking check or an error problem cannot be applied. `steps` are in the order in which they are sent.
 */
export interface Plan {
  readonly version: 1;
  /** Fingerprint of the live configuration the plan was made from, and of the one it leads to. */
  readonly base: string;
  readonly goal: string;
  readonly steps: readonly Step[];
  readonly changes: readonly Change[];
  readonly unchanged: number;
  readonly foreign: number;
  readonly problems: readonly Problem[];
  readonly checks: readonly Check[];
  /** Changes of others that were pending when the plan was made, and what the person chose for them. */
  readonly pending: { readonly choice: PendingChoice; readonly changes: readonly PendingChange[] };
  /** Stale IPAM addresses that are released first, because they stand in the way of a deletion. */
  readonly releases: readonly IpamAddress[];
  /** Edits of the nodes' own network that the apply will also activate. */
  readonly localChanges: readonly { readonly node: string; readonly diff: string }[];
  /** What is taken from under guests; read again right before the first write. Absent in plans of older versions. */
  readonly taken?: readonly TakenVnet[];
  /** Every zone of the layout or of a step, node by node. */
  readonly placement: readonly Placement[];
  /** Keys the layout owns once the plan is applied. */
  readonly owns: readonly EntityKey[];
  /** Zone id → nodes on which it must be proven. Only zones touched by this plan. */
  readonly prove: Readonly<Record<string, readonly string[]>>;
  /** Nodes that reload: every node of the cluster. */
  readonly nodes: readonly string[];
  /** What the agents of the nodes get. Absent in plans of older versions. */
  readonly hosts?: readonly HostTarget[];
  /** Sentences on host services the layout declares and nothing provides. */
  readonly notProvided: readonly string[];
  /** The layout declares other host services than when it was last applied; a run writes that down if it does nothing else. */
  readonly records?: boolean;
}
