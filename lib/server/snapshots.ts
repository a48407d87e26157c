import type { Failure } from "@/lib/core/failure";
import { fingerprintOf } from "@/lib/core/plan/fingerprint";
import { ok, type Result } from "@/lib/core/result";
import { findCluster } from "@/lib/store/clusters";
import { sha256 } from "@/lib/store/json";
import * as store from "@/lib/store/snapshots";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import { context } from "./context";
import type { SnapshotSummary, SnapshotView } from "./memory-views";
import { forbidden, missing } from "./refusals";
import type { Actor } from "./views";

/** As many as a page shows; older ones are reached through their runs. */
const LISTED = 200;

/** The snapshots of a cluster, newest first: one before each run that changed something, and those people took. */
export async function listSnapshots(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<readonly SnapshotSummary[], Failure>> {
  const no = forbidden(actor, "viewer", "see snapshots");
  if (no) return no;
  const { db } = await context();
  if (!(await findCluster(db, input.clusterId))) return missing("cluster");
  return ok((await store.listSnapshots(db, input.clusterId, LISTED)).map(summary));
}

function summary(row: store.SnapshotRow): SnapshotSummary {
  const { id, clusterId, createdAt, takenBy, run, zones, vnets, subnets, pending, addresses } = row;
  return { id, clusterId, takenAt: createdAt.toISOString(), takenBy, run, zones, vnets, subnets, pending, addresses };
}

/** One snapshot with everything in it; there is never a secret among that. */
export async function loadSnapshot(
  actor: Actor,
  input: { readonly snapshotId: string },
): Promise<Result<SnapshotView, Failure>> {
  const no = forbidden(actor, "viewer", "see snapshots");
  if (no) return no;
  const found = await store.findSnapshot((await context()).db, input.snapshotId);
  return found ? ok({ ...summary(found.row), data: found.data }) : missing("snapshot");
}

/** Keeps the whole SDN configuration of a cluster as it is now. */
export async function takeSnapshot(
  actor: Actor,
  input: { readonly clusterId: string },
): Promise<Result<{ readonly snapshotId: string }, Failure>> {
  const no = forbidden(actor, "operator", "take snapshots");
  if (no) return no;
  const ctx = await context();
  const { clusterId } = input;
  const opened = await openCluster(ctx, clusterId);
  if (!opened.ok) return opened;
  const data = await opened.value.cluster.readSnapshot();
  if (!data.ok) return data;
  const fingerprint = fingerprintOf(data.value.entities, sha256);
  const at = new Date(ctx.clock.now());
  const taken = { clusterId, runId: null, takenBy: actor.name, at, fingerprint, data: data.value };
  const snapshotId = await store.insertSnapshot(ctx.db, taken);
  await appendAudit(ctx, actor, "snapshot.take", `cluster/${clusterId}`, { snapshotId, fingerprint });
  return ok({ snapshotId });
}
