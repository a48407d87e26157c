import type { EntityKey } from "./entity";

/** What a plan is for. Only words and history depend on it; its steps alone decide what a run does. */
export type Purpose =
  | { readonly kind: "apply" }
  | { readonly kind: "revert"; readonly runId: string; readonly run: number }
  | { readonly kind: "restore"; readonly snapshotId: string; readonly takenAt: string }
  | { readonly kind: "put-back"; readonly keys: readonly EntityKey[] };
