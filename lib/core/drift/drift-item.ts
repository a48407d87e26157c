import type { EntityKey, EntityKind, PropValue } from "../plan/entity";

/** One property as last applied and as it is now; null where it is not set. */
export interface DriftField {
  readonly field: string;
  readonly recorded: PropValue | null;
  readonly live: PropValue | null;
}

/**
 * One owned object that is not as it was last applied. `applied`: what runs differs. `pending`: somebody has edited it
 * and not applied that yet; then `recorded` is what runs.
 */
export interface DriftItem {
  readonly key: EntityKey;
  readonly kind: EntityKind;
  readonly id: string;
  readonly zone: string;
  readonly where: "applied" | "pending";
  /** `missing`: it is gone. `unexpected`: it is there although the last apply removed it. */
  readonly op: "changed" | "missing" | "unexpected";
  readonly fields: readonly DriftField[];
  /** Names exactly this difference: an item is ignored until it differs in another way. */
  readonly fingerprint: string;
}
