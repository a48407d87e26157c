import type { Prisma, Run } from "@/prisma/generated/client";
import { toJson } from "./json";
import { lockLayout } from "./layouts";
import type { Db } from "./store";
import { unlessTaken } from "./unique";

export type RunRow = Run;

/** Any number nobody else locks with; it serialises the numbering of runs. */
const RUN_NUMBERS = 7_226_001;

/**
 * Queues a run of a plan under the next number. `used`: the plan has had its run. `overtaken`: what the layout owns or has
 * brought to the cluster has changed since `readAt`, so the plan speaks of another world. The number is counted, not drawn
 * from a sequence: that would leave gaps after a crash, and a history people audit must have none.
 */
export async function insertRun(
  db: Db,
  input: Omit<Prisma.RunUncheckedCreateInput, "number">,
  readAt: Date,
): Promise<RunRow | "used" | "overtaken"> {
  const created = db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${RUN_NUMBERS})::text`;
    // An adoption waits for this lock too, so that it either comes first and is seen or finds the run queued.
    const layout = await lockLayout(tx, input.layoutId);
    if (layout?.recordedAt && layout.recordedAt > readAt) return "overtaken";
    const { _max: last } = await tx.run.aggregate({ _max: { number: true } });
    return tx.run.create({ data: { ...input, number: (last.number ?? 0) + 1 } });
  });
  return (await unlessTaken(created)) ?? "used";
}

export function findRun(db: Db, id: string): Promise<RunRow | null> {
  return db.run.findUnique({ where: { id } });
}

/**
 * Takes the oldest queued run of a cluster that has none going on, for `runner`; null when there is none. The unique
 * `runningOn` decides between two who try at the same moment.
 */
export async function claimQueued(db: Db, runner: string, at: Date): Promise<RunRow | null> {
  const claimed = db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string; clusterId: string; fresh: boolean }[]>`
      SELECT "id", "clusterId", "startedAt" IS NULL AS "fresh" FROM "Run" AS queued
      WHERE "state" = 'queued'
        AND NOT EXISTS (SELECT 1 FROM "Run" AS busy WHERE busy."runningOn" = queued."clusterId")
        AND NOT EXISTS (
          -- Skipping a locked row must not let a later run of the same cluster overtake it.
          SELECT 1 FROM "Run" AS earlier
          WHERE earlier."clusterId" = queued."clusterId" AND earlier."state" = 'queued' AND earlier."number" < queued."number")
        AND NOT EXISTS (
          SELECT 1 FROM "Plan" AS other WHERE other."clusterId" = queued."clusterId" AND other."rehearsalBeat" IS NOT NULL)
      ORDER BY "number" LIMIT 1 FOR UPDATE SKIP LOCKED`;
    const next = rows[0];
    if (!next) return null;
    return tx.run.update({
      where: { id: next.id },
      data: {
        state: "running",
        message: "Starting.",
        runningOn: next.clusterId,
        runner,
        ...(next.fresh ? { startedAt: at } : {}),
        heartbeatAt: at,
      },
    });
  });
  return unlessTaken(claimed);
}

/** Takes over a run whose runner has not been heard of since `silentSince`; null when there is none. */
export async function claimAbandoned(db: Db, runner: string, silentSince: Date, at: Date): Promise<RunRow | null> {
  return db.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id" FROM "Run" WHERE "state" = 'running' AND "runner" <> ${runner} AND "heartbeatAt" < ${silentSince}
      ORDER BY "number" LIMIT 1 FOR UPDATE SKIP LOCKED`;
    const found = rows[0];
    return found ? tx.run.update({ where: { id: found.id }, data: { runner, heartbeatAt: at } }) : null;
  });
}

/** Says that the runner is alive, and hears whether somebody wants to stop; null when the run is no longer its. */
export async function beat(
  db: Db,
  runId: string,
  runner: string,
  at: Date,
): Promise<{ readonly cancelRequested: boolean } | null> {
  const [row] = await db.run.updateManyAndReturn({
    where: { id: runId, runner, state: "running" },
    data: { heartbeatAt: at },
    select: { cancelRequestedAt: true },
  });
  return row ? { cancelRequested: row.cancelRequestedAt !== null } : null;
}

/** Takes every run and rehearsal at work for abandoned: for a database that only ever has one server. */
export async function declareAbandoned(db: Db): Promise<void> {
  const longAgo = new Date(0);
  await db.run.updateMany({ where: { state: "running" }, data: { heartbeatAt: longAgo } });
  await db.plan.updateMany({ where: { rehearsalBeat: { not: null } }, data: { rehearsalBeat: longAgo } });
}

/** What a runner does with a run that had ended. */
export type RunTask =
  | { readonly how: "continue" | "roll-back"; readonly by: string }
  | { readonly how: "retry"; readonly by: string; readonly nodes: readonly string[] };

/**
 * Queues a run that had ended in `state` once more; its journal goes on. False when it has not ended so any more, or when
 * something else is queued or at work in the cluster.
 */
export async function reopenRun(
  db: Db,
  run: Pick<RunRow, "id" | "clusterId">,
  state: "interrupted" | "partially-applied",
  task: RunTask,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Cluster" WHERE "id" = ${run.clusterId} FOR UPDATE`;
    const busy = await tx.run.count({ where: { clusterId: run.clusterId, state: { in: ["queued", "running"] } } });
    if (busy > 0) return false;
    const { count } = await tx.run.updateMany({
      where: { id: run.id, state },
      data: {
        state: "queued",
        message: "Waiting to go on.",
        task: toJson(task),
        endedAt: null,
        cancelRequestedAt: null,
      },
    });
    return count === 1;
  });
}

/** Runs that were made to revert one of these, newest first. */
export function revertsOf(
  db: Db,
  ids: readonly string[],
): Promise<{ readonly id: string; readonly number: number; readonly state: string; readonly reverted: string }[]> {
  return db.$queryRaw`
    SELECT "id", "number", "state", "purpose"->>'runId' AS "reverted" FROM "Run"
    WHERE "purpose"->>'runId' = ANY(${[...ids]}) ORDER BY "number" DESC`;
}

/** The newest run of a cluster that ended with something staged under its lock; null when there is none. */
export function findInterrupted(db: Db, clusterId: string): Promise<RunRow | null> {
  return db.run.findFirst({ where: { clusterId, state: "interrupted" }, orderBy: { number: "desc" } });
}

/** Tokens of locks that ended runs of a cluster took and did not give back, as far as their journals know. */
export async function leftLocks(db: Db, clusterId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ token: string }[]>`
    SELECT taken."event"->>'token' AS "token" FROM "RunEvent" AS taken JOIN "Run" AS run ON run."id" = taken."runId"
    WHERE run."clusterId" = ${clusterId} AND run."endedAt" IS NOT NULL AND run."state" <> 'interrupted'
      AND taken."event"->>'type' = 'locked' AND taken."event"->>'token' IS NOT NULL
      AND NOT EXISTS (
        SELECT 1 FROM "RunEvent" AS given WHERE given."runId" = taken."runId" AND given."event"->>'type' = 'unlocked')
    ORDER BY run."number" DESC LIMIT 5`;
  return rows.map(({ token }) => token);
}

/** Notes the wish to stop; false when the run has ended. */
export async function requestCancel(db: Db, runId: string, at: Date): Promise<boolean> {
  const { count } = await db.run.updateMany({
    where: { id: runId, state: { in: ["queued", "running"] } },
    data: { cancelRequestedAt: at },
  });
  return count === 1;
}

export interface RunQuery {
  readonly layoutId?: string;
  readonly clusterId?: string;
  readonly state?: string;
  readonly actor?: string;
  readonly object?: string;
  readonly before?: number;
  readonly limit: number;
}

/** Runs, newest first. `object` and `actor` are searched as text, without regard to case. */
export function listRuns(db: Db, query: RunQuery): Promise<RunRow[]> {
  return db.run.findMany({
    where: {
      ...(query.clusterId === undefined ? {} : { clusterId: query.clusterId }),
      ...(query.layoutId === undefined ? {} : { layoutId: query.layoutId }),
      ...(query.state === undefined ? {} : { state: query.state }),
      ...(query.actor === undefined ? {} : { actor: { contains: query.actor, mode: "insensitive" } }),
      ...(query.object === undefined ? {} : { objects: { contains: query.object.toLowerCase() } }),
      ...(query.before === undefined ? {} : { number: { lt: query.before } }),
    },
    orderBy: { number: "desc" },
    take: query.limit,
  });
}
