import type { ServerAction } from "@/components/ui/use-action";
import type { PrivilegeCheck } from "@/lib/server/views";
import type { SeenCertificate } from "./address-step";

/** What an owner can do to a connected cluster. Every action takes `id` of the cluster unless it says otherwise. */
export interface ClusterActions {
  /** Any of `{name, policy, tokenId, secret, fingerprint, endpoints}`. */
  readonly update: ServerAction<null>;
  /** `{id, url, fingerprint}` */
  readonly addEndpoint: ServerAction<null>;
  readonly remove: ServerAction<null>;
  /** `{clusterId}` */
  readonly check: ServerAction<readonly PrivilegeCheck[]>;
  /** `{clusterId, confirm, reason}` */
  readonly forceUnlock: ServerAction<null>;
  /** `{url}` */
  readonly probe: ServerAction<SeenCertificate>;
}

/** What operators can do with the objects of a cluster. None of them writes to the cluster. */
export interface ObjectActions {
  /** `{clusterId, name, zones}` */
  readonly importZones: ServerAction<{ readonly layoutId: string }>;
  /** `{layoutId, keys}` */
  readonly adopt: ServerAction<{ readonly rev: number }>;
  /** `{layoutId, keys}` */
  readonly letGo: ServerAction<{ readonly rev: number }>;
  /** `{clusterId}` */
  readonly takeSnapshot: ServerAction<{ readonly snapshotId: string }>;
  /** `{snapshotId, layoutId}`; makes the plan. */
  readonly restoreSnapshot: ServerAction<{ readonly planId: string }>;
}
