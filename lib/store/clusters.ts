import type { Cluster } from "@/prisma/generated/client";
import type { Db } from "./store";
import { unlessTaken } from "./unique";

export type ClusterRow = Cluster;

/** Connected clusters by name. */
export function listClusters(db: Db): Promise<ClusterRow[]> {
  return db.cluster.findMany({ where: { activeName: { not: null } }, orderBy: { name: "asc" } });
}

/** A connected cluster, or null when it is unknown or was removed. */
export function findCluster(db: Db, id: string): Promise<ClusterRow | null> {
  return db.cluster.findFirst({ where: { id, activeName: { not: null } } });
}

export function findClusterByName(db: Db, name: string): Promise<ClusterRow | null> {
  return db.cluster.findUnique({ where: { activeName: name } });
}

export interface ClusterInput {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly fingerprint: string | null;
  readonly tokenId: string;
  readonly sealedSecret: string;
  readonly policy: string;
}

/** Gives the new cluster's id, or null when a connected cluster has that name. The id is the caller's, for the seal. */
export async function insertCluster(db: Db, id: string, input: ClusterInput): Promise<string | null> {
  const row = await unlessTaken(
    db.cluster.create({ data: { id, ...input, endpoints: [...input.endpoints], activeName: input.name } }),
  );
  return row?.id ?? null;
}

/** Changes what is given; false when another connected cluster has the new name. */
export async function updateCluster(db: Db, id: string, change: Partial<ClusterInput>): Promise<boolean> {
  const { endpoints, name, ...rest } = change;
  const row = await unlessTaken(
    db.cluster.update({
      where: { id },
      data: {
        ...rest,
        ...(endpoints ? { endpoints: [...endpoints] } : {}),
        ...(name === undefined ? {} : { name, activeName: name }),
      },
    }),
  );
  return row !== null;
}

/**
 * Forgets a cluster: its secret, its agents' keys and what layouts own in it. The row stays for the history. False when a run is queued
 * or going on.
 */
export async function removeCluster(db: Db, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Cluster" WHERE "id" = ${id} FOR UPDATE`;
    const busy = await tx.run.count({ where: { clusterId: id, state: { in: ["queued", "running"] } } });
    if (busy > 0) return false;
    await tx.ownership.deleteMany({ where: { clusterId: id } });
    await tx.hostAgent.deleteMany({ where: { clusterId: id } });
    await tx.layout.updateMany({ where: { clusterId: id }, data: { clusterId: null, recordedVersion: null } });
    await tx.cluster.update({ where: { id }, data: { activeName: null, sealedSecret: null } });
    return true;
  });
}

/** Whether a run or a rehearsal is at work in a cluster. */
export async function isBusy(db: Db, id: string): Promise<boolean> {
  const runs = await db.run.count({ where: { runningOn: id } });
  return runs > 0 || (await db.plan.count({ where: { clusterId: id, rehearsalBeat: { not: null } } })) > 0;
}
