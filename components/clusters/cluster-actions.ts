import type { ServerAction } from "@/components/ui/use-action";
import type { PrivilegeCheck } from "@/lib/server/views";
import type { SeenCertificate } from "./address-step";

/** What an owner can do to a connected cluster. Every action takes `id` of the cluster unless it says otherwise. */
export interface ClusterActions {
  /** Any of `{name, policy, tokenId, secret, fingerprint, endpoints}`. */
  readonly update: ServerAction<null>;
  readonly remove: ServerAction<null>;
  /** `{clusterId}` */
  readonly check: ServerAction<readonly PrivilegeCheck[]>;
  /** `{url}` */
  readonly probe: ServerAction<SeenCertificate>;
}
