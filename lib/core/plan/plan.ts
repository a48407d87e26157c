import type { Problem } from "../problem";
import type { EntityKey } from "./entity";
import type { Change, Step } from "./step";

export type CheckStatus = "pass" | "warn" | "block" | "unknown";

/** One pre-flight check. `unknown` means it could not be made: never shown as passed. */
export interface Check {
  readonly id: string;
  readonly status: CheckStatus;
  readonly title: string;
  readonly detail: string;
  /** Objects concerned, if any. */
  readonly at?: readonly EntityKey[];
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
  /** Keys the layout owns once the plan is applied. */
  readonly owns: readonly EntityKey[];
  /** Zone id → nodes on which it must be proven. Only zones touched by this plan. */
  readonly prove: Readonly<Record<string, readonly string[]>>;
  /** Nodes that reload: every node of the cluster. */
  readonly nodes: readonly string[];
  /** Sentences on host services the layout declares and nothing provides. */
  readonly notProvided: readonly string[];
}
