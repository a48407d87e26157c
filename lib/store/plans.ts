import type { Layout } from "@/lib/core/layout/model";
import type { Plan } from "@/lib/core/plan/plan";
import type { Plan as PlanRow } from "@/prisma/generated/client";
import { toJson } from "./json";
import { layoutOf } from "./layouts";
import type { Db } from "./store";

export interface StoredPlan {
  readonly row: Omit<PlanRow, "plan">;
  readonly plan: Plan;
  readonly layout: Layout;
  readonly runId: string | null;
  /** A run committed something to the cluster after this plan's live configuration was read. */
  readonly overtaken: boolean;
}

export async function insertPlan(
  db: Db,
  input: Pick<
    PlanRow,
    "layoutId" | "layoutName" | "layoutVersion" | "clusterId" | "clusterName" | "applicable" | "readAt" | "createdBy"
  > & { readonly plan: Plan },
): Promise<string> {
  const row = await db.plan.create({ data: { ...input, plan: toJson(input.plan), steps: input.plan.steps.length } });
  return row.id;
}

export async function findPlan(db: Db, id: string): Promise<StoredPlan | null> {
  const found = await db.plan.findUnique({
    where: { id },
    include: { frozen: { select: { layout: true } }, run: { select: { id: true } } },
  });
  if (!found) return null;
  const { plan, frozen, run, ...row } = found;
  const commits = await db.run.count({
    where: { clusterId: row.clusterId, committed: true, planId: { not: id }, endedAt: { gt: row.readAt } },
  });
  return {
    row,
    // Written by insertPlan from a value of this type.
    plan: plan as unknown as Plan,
    layout: layoutOf(frozen.layout),
    runId: run?.id ?? null,
    overtaken: commits > 0,
  };
}

export async function saveRehearsal(db: Db, planId: string, rehearsal: unknown): Promise<void> {
  await db.plan.update({ where: { id: planId }, data: { rehearsal: toJson(rehearsal) } });
}
