import type { DriftItem } from "@/lib/core/drift/drift";
import type { Entity, EntityKey, EntityKind, PropValue } from "@/lib/core/plan/entity";
import type { PendingChange, SnapshotData } from "@/lib/core/ports";

/*
 * What import, drift and snapshots give to pages and route handlers, under the rules of `views.ts`.
 */

export interface ImportZone {
  readonly id: string;
  readonly type: string;
  readonly vnets: number;
  readonly subnets: number;
  /** Name of the layout that owns it already; then it is not offered. */
  readonly ownedBy: string | null;
  /** Why it cannot be imported, or null. */
  readonly refused: string | null;
}

export interface ImportPreview {
  readonly clusterId: string;
  readonly zones: readonly ImportZone[];
  readonly pending: readonly PendingChange[];
}

/** An object of a cluster: as it is there, or as a layout brought it there. */
export interface ClusterObject {
  readonly key: EntityKey;
  readonly kind: EntityKind;
  readonly id: string;
  readonly zone: string;
  readonly entity: Entity;
}

export interface DriftView {
  readonly layoutId: string;
  readonly layoutName: string;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly checkedAt: string;
  /** Version of the layout that was last applied, imported or adopted; null: none yet, so there can be no drift. */
  readonly recordedVersion: number | null;
  readonly items: readonly DriftEntry[];
  /** Pending changes of objects that this layout does not own. */
  readonly foreignPending: readonly PendingChange[];
}

export interface DriftEntry extends DriftItem {
  readonly zone: string;
  /** Names exactly this difference: an item is ignored until it differs in another way. */
  readonly fingerprint: string;
  /** The draft's value of each differing field, in the order of `fields`; null where it is not set. */
  readonly draft: readonly (PropValue | null)[];
  readonly ignored: { readonly by: string; readonly at: string; readonly reason: string } | null;
}

export interface SnapshotSummary {
  readonly id: string;
  readonly clusterId: string;
  readonly takenAt: string;
  readonly takenBy: string;
  /** The run it was taken before; null when a person took it. */
  readonly run: { readonly id: string; readonly number: number } | null;
  readonly zones: number;
  readonly vnets: number;
  readonly subnets: number;
  readonly pending: number;
  /** Addresses in the IPAM; null when they could not be read. */
  readonly addresses: number | null;
}

export interface SnapshotView extends SnapshotSummary {
  readonly data: SnapshotData;
}
