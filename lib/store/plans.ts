import type { RunEvent } from "@/lib/core/apply/events";
import type { Layout } from "@/lib/core/layout/model";
import type { Plan } from "@/lib/core/plan/plan";
import type { Purpose } from "@/lib/core/plan/purpose";
import { type Plan as PlanRow, Prisma } from "@/prisma/generated/client";
import { toJson } from "./json";
import { layoutOf } from "./layouts";
import type { Db } from "./store";

export interface StoredPlan {
  readonly row: Omit<PlanRow, "plan" | "rehearsing" | "purpose">;
  readonly plan: Plan;
  readonly purpose: Purpose;
  readonly layout: Layout;
  readonly runId: string | null;
  /** After this plan's live configuration was read a run committed something there, or its layout adopted something. */
  readonly overtaken: boolean;
}

export async function insertPlan(
  db: Db,
  input: Pick<
    PlanRow,
    "layoutId" | "layoutName" | "layoutVersion" | "clusterId" | "clusterName" | "applicable" | "readAt" | "createdBy"
  > & { readonly plan: Plan; readonly purpose?: Purpose },
): Promise<string> {
  const { plan, purpose, ...names } = input;
  const kept = purpose === undefined || purpose.kind === "apply" ? {} : { purpose: toJson(purpose) };
  const row = await db.plan.create({ data: { ...names, ...kept, plan: toJson(plan), steps: plan.steps.length } });
  return row.id;
}

/** A purpose as it was stored; most plans have none but to apply their layout. */
export const purposeOf = (stored: unknown): Purpose => (stored as Purpose | null) ?? { kind: "apply" };

export async function findPlan(db: Db, id: string): Promise<StoredPlan | null> {
  const found = await db.plan.findUnique({
    where: { id },
    include: {
      frozen: { select: { layout: true } },
      run: { select: { id: true } },
      of: { select: { recordedAt: true } },
    },
  });
  if (!found) return null;
  const { plan, purpose, frozen, run, of, rehearsing: _, ...row } = found;
  const commits = await db.run.count({
    where: { clusterId: row.clusterId, committed: true, planId: { not: id }, endedAt: { gt: row.readAt } },
  });
  return {
    row,
    plan: planOf(plan),
    purpose: purposeOf(purpose),
    layout: layoutOf(frozen.layout),
    runId: run?.id ?? null,
    overtaken: commits > 0 || (of.recordedAt !== null && of.recordedAt > row.readAt),
  };
}

/** A plan as it was stored by insertPlan. Those of the first release lack what came later. */
function planOf(stored: unknown): Plan {
  return { ...LATER, ...(stored as Plan) };
}

const LATER = { pending: { choice: "stop", changes: [] }, releases: [], localChanges: [], placement: [] } as const;

/** Marks a rehearsal as going on; false when a run or another rehearsal is going on in that cluster. */
export async function startRehearsal(
  db: Db,
  plan: { readonly id: string; readonly clusterId: string },
  at: Date,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT "id" FROM "Cluster" WHERE "id" = ${plan.clusterId} FOR UPDATE`;
    const runs = await tx.run.count({ where: { runningOn: plan.clusterId } });
    const rehearsals = await tx.plan.count({ where: { clusterId: plan.clusterId, rehearsalBeat: { not: null } } });
    if (runs + rehearsals > 0) return false;
    await tx.plan.update({ where: { id: plan.id }, data: { rehearsing: [], rehearsalBeat: at } });
    return true;
  });
}

export async function saveRehearsing(db: Db, id: string, journal: readonly RunEvent[], at: Date): Promise<void> {
  await db.plan.update({ where: { id }, data: { rehearsing: toJson(journal), rehearsalBeat: at } });
}

/** Ends a rehearsal; what it found replaces an earlier result, null keeps that. */
export async function endRehearsal(db: Db, id: string, found: unknown): Promise<void> {
  await db.plan.update({
    where: { id },
    data: { rehearsing: Prisma.DbNull, rehearsalBeat: null, ...(found === null ? {} : { rehearsal: toJson(found) }) },
  });
}

/** Rehearsals not heard of since `silentSince`, now the caller's to undo. */
export async function claimCutOffRehearsals(
  db: Db,
  silentSince: Date,
  at: Date,
): Promise<{ readonly id: string; readonly clusterId: string; readonly plan: Plan; readonly journal: RunEvent[] }[]> {
  const rows = await db.plan.updateManyAndReturn({
    where: { rehearsalBeat: { lt: silentSince } },
    data: { rehearsalBeat: at },
    select: { id: true, clusterId: true, plan: true, rehearsing: true },
  });
  return rows.map(({ id, clusterId, plan, rehearsing }) => ({
    id,
    clusterId,
    plan: planOf(plan),
    journal: (rehearsing ?? []) as unknown as RunEvent[],
  }));
}
