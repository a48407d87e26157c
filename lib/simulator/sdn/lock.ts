import { randomBytes } from "node:crypto";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { died, diedAt, prefixed } from "@/lib/simulator/http/refusal";
import { flag, optionalText, type Parameters } from "@/lib/simulator/schema/parameters";
import { hasPendingChanges } from "@/lib/simulator/sdn/views";

/** A UUID of version 7: time first, the rest random. */
function newToken(milliseconds: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function demandToken(cluster: Cluster, token: string | undefined): void {
  if (cluster.lockToken !== undefined && cluster.lockToken !== token)
    throw diedAt("invalid lock token provided!", "Network/SDN", 291);
}

/** Without quorum the cluster's file system is read-only. */
function demandQuorum(cluster: Cluster): void {
  if (cluster.flags.has("no-quorum")) throw died("cluster not ready - no quorum?");
}

/**
 * Runs a write under the rules of the cluster-wide lock: while somebody holds it, the token must fit.
 * A token is ignored while nobody holds it. Every refusal becomes a 500 that begins with `prefix`.
 */
export function guarded(cluster: Cluster, parameters: Parameters, prefix: string, work: () => void): null {
  prefixed(prefix, () => {
    demandQuorum(cluster);
    demandToken(cluster, optionalText(parameters, "lock-token"));
    work();
  });
  cluster.onChange(false);
  return null;
}

/** Takes the lock; refuses (500) when it is held or, without `allow-pending`, when anything is pending. Fabric changes do not count. */
export function takeLock(cluster: Cluster, parameters: Parameters): string {
  return prefixed("could not acquire lock for SDN config", () => {
    demandQuorum(cluster);
    demandToken(cluster, undefined);
    const pending = (["zones", "vnets", "subnets", "controllers"] as const).some((name) =>
      hasPendingChanges(cluster, name),
    );
    if (pending && !flag(parameters, "allow-pending"))
      throw diedAt("configuration has pending changes", "API2/Network/SDN", 150);
    cluster.lockToken = newToken(cluster.surroundings.now());
    cluster.onChange(true);
    return cluster.lockToken;
  });
}

/** Gives the lock back; `force` needs no token. */
export function giveLockBack(cluster: Cluster, parameters: Parameters): null {
  if (!flag(parameters, "force"))
    prefixed("could not release lock", () => demandToken(cluster, optionalText(parameters, "lock-token")));
  cluster.lockToken = undefined;
  cluster.onChange(true);
  return null;
}

/** The documented default of `release-lock` is not applied by the real service: only an explicit 1 releases. */
export function releaseAfterwards(cluster: Cluster, parameters: Parameters): void {
  if (optionalText(parameters, "lock-token") !== undefined && flag(parameters, "release-lock"))
    cluster.lockToken = undefined;
}
