import type { Entity } from "@/lib/core/plan/entity";
import type { SnapshotData } from "@/lib/core/ports";
import type { Snapshot } from "@/prisma/generated/client";
import { toJson } from "./json";
import type { Db, Tx } from "./store";

export type SnapshotRow = Omit<Snapshot, "entities" | "around"> & {
  readonly run: { readonly id: string; readonly number: number } | null;
};

const OF_RUN = { run: { select: { id: true, number: true } } } as const;

/** Keeps the whole configuration of a cluster; `runId` is null when a person took it. Gives its id. */
export async function insertSnapshot(
  db: Db | Tx,
  input: {
    readonly clusterId: string;
    readonly runId: string | null;
    readonly takenBy: string;
    readonly at: Date;
    readonly fingerprint: string;
    readonly data: SnapshotData;
  },
): Promise<string> {
  const { data, at, ...rest } = input;
  const { entities, running, pending, others, ipam } = data;
  const count = (kind: Entity["kind"]): number => entities.filter((entity) => entity.kind === kind).length;
  const row = await db.snapshot.create({
    data: {
      ...rest,
      entities: toJson(entities),
      around: toJson({ running, pending, others, ipam }),
      zones: count("zone"),
      vnets: count("vnet"),
      subnets: count("subnet"),
      pending: pending.length,
      addresses: ipam?.length ?? null,
      createdAt: at,
    },
    select: { id: true },
  });
  return row.id;
}

/** The snapshots of a cluster without what is in them, newest first. */
export function listSnapshots(db: Db, clusterId: string, limit: number): Promise<SnapshotRow[]> {
  return db.snapshot.findMany({
    where: { clusterId },
    omit: { entities: true, around: true },
    include: OF_RUN,
    orderBy: { createdAt: "desc" },
    take: limit,
  });
}

export async function findSnapshot(
  db: Db,
  id: string,
): Promise<{ readonly row: SnapshotRow; readonly data: SnapshotData } | null> {
  const found = await db.snapshot.findUnique({ where: { id }, include: OF_RUN });
  if (!found) return null;
  const { entities, around, ...row } = found;
  return { row, data: dataOf({ entities, around }) };
}

/** What a run saw before it changed anything; null when its journal does not know. */
export async function snapshotOfRun(db: Db, runId: string): Promise<SnapshotData | null> {
  const found = await db.snapshot.findUnique({ where: { runId }, select: { entities: true, around: true } });
  return found && dataOf(found);
}

/** Written by insertSnapshot from values of these types. The first release kept the edited configuration alone. */
const dataOf = ({ entities, around }: Pick<Snapshot, "entities" | "around">): SnapshotData => ({
  entities: entities as unknown as readonly Entity[],
  ...((around ?? NOTHING_AROUND) as unknown as Omit<SnapshotData, "entities">),
});

const NOTHING_AROUND = { running: [], pending: [], others: [], ipam: null };
