import * as drift from "@/lib/core/drift/put-back";
import type { Failure } from "@/lib/core/failure";
import type { EntityKey } from "@/lib/core/plan/entity";
import { isEmptyPlan } from "@/lib/core/plan/make-plan";
import { ok, type Result } from "@/lib/core/result";
import * as back from "@/lib/core/revert/restore-snapshot";
import { revertRun as takeBack } from "@/lib/core/revert/revert-run";
import { readEvents } from "@/lib/store/journal";
import { findVersion, freezeVersion, keepVersion, layoutOf } from "@/lib/store/layouts";
import { ownersIn } from "@/lib/store/ownership";
import * as store from "@/lib/store/plans";
import { findRun } from "@/lib/store/runs";
import { findSnapshot } from "@/lib/store/snapshots";
import { context } from "./context";
import { keepPlan, type PlanChoices, readPlanGround } from "./ground";
import { forbidden, missing, refused, rejected } from "./refusals";
import { isRevertable } from "./run-view";
import type { Actor, PlanState, PlanView, RehearsalView } from "./views";

type Planned = Promise<Result<{ readonly planId: string }, Failure>>;

const PLAN = "make plans";

/**
 * Reads the layout's cluster and plans the way from there to the layout. The draft is frozen as a numbered version
 * first, unless the newest version is the same. A plan that cannot be applied is made too: it says what stands in the way.
 */
export async function createPlan(actor: Actor, input: { readonly layoutId: string } & PlanChoices): Planned {
  const no = forbidden(actor, "operator", PLAN);
  if (no) return no;
  const ctx = await context();
  const ground = await readPlanGround(ctx, input.layoutId);
  if (!ground.ok) return ground;
  const { row, readAt } = ground.value;
  const frozen = await freezeVersion(ctx.db, { id: row.id, by: actor.name, at: readAt, note: null });
  if (!frozen) return missing("layout");
  return keepPlan(ctx, actor, ground.value, { frozen, purpose: { kind: "apply" }, choices: input });
}

/**
 * Plans to take back what one run did and nothing else. What somebody changed since stands in the way as the problem
 * `changed-since`. The draft is not touched; it follows when the plan has been applied.
 */
export async function revertRun(actor: Actor, input: { readonly runId: string } & PlanChoices): Planned {
  const no = forbidden(actor, "operator", PLAN);
  if (no) return no;
  const ctx = await context();
  const run = await findRun(ctx.db, input.runId);
  const stored = run && (await store.findPlan(ctx.db, run.planId));
  if (!run || !stored) return missing("run");
  const { number } = run;
  if (!isRevertable(run, await readEvents(ctx.db, run.id, 0))) {
    return refused(
      `Could not revert run ${number}: it has not changed anything in the cluster that could be reverted.`,
    );
  }
  const ground = await readPlanGround(ctx, run.layoutId);
  if (!ground.ok) return ground;
  const { row, clusterId, readAt, config, owned, recorded } = ground.value;
  if (clusterId !== run.clusterId || !recorded) {
    return refused(`Could not revert run ${number}: its layout is not in that cluster any more.`);
  }
  const before = run.beforeVersion === null ? null : await findVersion(ctx.db, row.id, run.beforeVersion);
  const did = { number, plan: stored.plan, layout: stored.layout };
  const way = takeBack({ run: did, recorded: recorded.layout, before, config, owned });
  const note = `Revert of run ${number}`;
  const frozen = await keepVersion(ctx.db, { id: row.id, layout: way.layout, by: actor.name, at: readAt, note });
  if (!frozen) return missing("layout");
  const purpose = { kind: "revert", runId: run.id, run: number } as const;
  return keepPlan(ctx, actor, ground.value, { ...way, frozen, purpose, choices: input });
}

/**
 * Plans to bring the objects of a layout back to what they were in a snapshot. Objects of others that differ are named
 * in the plan and never touched. The draft is not touched; it follows when the plan has been applied.
 */
export async function restoreSnapshot(
  actor: Actor,
  input: { readonly snapshotId: string; readonly layoutId: string } & PlanChoices,
): Planned {
  const no = forbidden(actor, "operator", PLAN);
  if (no) return no;
  const ctx = await context();
  const snapshot = await findSnapshot(ctx.db, input.snapshotId);
  if (!snapshot) return missing("snapshot");
  const ground = await readPlanGround(ctx, input.layoutId);
  if (!ground.ok) return ground;
  const { row, clusterId, clusterName, readAt, config, owned, recorded } = ground.value;
  if (snapshot.row.clusterId !== clusterId) {
    return refused(
      `Could not restore the snapshot into ${row.name}: it is of another cluster.`,
      `Choose a layout of the cluster it was taken of, or a snapshot of ${clusterName}.`,
    );
  }
  const owners = await ownersIn(ctx.db, clusterId);
  const others = new Set([...owners].flatMap(([key, { layoutId }]) => (layoutId === row.id ? [] : [key])));
  const keep = recorded?.layout ?? layoutOf(row.draft);
  const way = back.restoreSnapshot({ snapshot: snapshot.data, keep, config, owned, others });
  const takenAt = snapshot.row.createdAt.toISOString();
  const note = `Restore of the snapshot of ${takenAt}`;
  const frozen = await keepVersion(ctx.db, { id: row.id, layout: way.layout, by: actor.name, at: readAt, note });
  if (!frozen) return missing("layout");
  const purpose = { kind: "restore", snapshotId: snapshot.row.id, takenAt } as const;
  return keepPlan(ctx, actor, ground.value, { ...way, frozen, purpose, choices: input });
}

/** Plans to make drifted objects again what was last applied, and nothing else. */
export async function putBack(
  actor: Actor,
  input: { readonly layoutId: string; readonly keys: readonly EntityKey[] } & PlanChoices,
): Planned {
  const no = forbidden(actor, "operator", PLAN);
  if (no) return no;
  if (input.keys.length === 0) return rejected("Choose what to put back.", { keys: "Choose at least one object." });
  const ctx = await context();
  const ground = await readPlanGround(ctx, input.layoutId);
  if (!ground.ok) return ground;
  const { row, config, owned, recorded } = ground.value;
  if (!recorded)
    return refused(`Could not put anything back: nothing of ${row.name} has been applied or imported yet.`);
  const strange = input.keys.find((key) => !owned.has(key));
  if (strange !== undefined) {
    return refused(`Could not put ${strange} back: ${row.name} does not own it.`, "Reload the page.");
  }
  const { only } = drift.putBack({ recorded: recorded.layout, config, owned, keys: input.keys });
  const purpose = { kind: "put-back", keys: input.keys } as const;
  return keepPlan(ctx, actor, ground.value, { frozen: recorded, only, purpose, choices: input });
}

/** Makes a plan of the same purpose once more, with the cluster as it is now and with other choices. */
export async function planAgain(actor: Actor, input: { readonly planId: string } & PlanChoices): Planned {
  const no = forbidden(actor, "operator", PLAN);
  if (no) return no;
  const stored = await store.findPlan((await context()).db, input.planId);
  if (!stored) return missing("plan");
  const { purpose, row } = stored;
  const { pending, release } = input;
  switch (purpose.kind) {
    case "apply":
      return createPlan(actor, { layoutId: row.layoutId, pending, release });
    case "revert":
      return revertRun(actor, { runId: purpose.runId, pending, release });
    case "restore":
      return restoreSnapshot(actor, { snapshotId: purpose.snapshotId, layoutId: row.layoutId, pending, release });
    case "put-back":
      return putBack(actor, { layoutId: row.layoutId, keys: purpose.keys, pending, release });
  }
}

/** What the plan is good for now. Decided from what is stored; the cluster itself is asked when it is applied. */
export function planState(stored: store.StoredPlan): PlanState {
  if (stored.runId !== null) return "used";
  if (!stored.row.applicable) return "blocked";
  if (stored.overtaken) return "stale";
  return isEmptyPlan(stored.plan) ? "nothing-to-do" : "ready";
}

export async function loadPlan(actor: Actor, id: string): Promise<Result<PlanView, Failure>> {
  const no = forbidden(actor, "viewer", "see plans");
  if (no) return no;
  const stored = await store.findPlan((await context()).db, id);
  return stored ? ok(planView(stored)) : missing("plan");
}

function planView(stored: store.StoredPlan): PlanView {
  const { row, plan, purpose, layout, runId } = stored;
  return {
    id: row.id,
    layoutId: row.layoutId,
    layoutName: row.layoutName,
    layoutVersion: row.layoutVersion,
    layout,
    clusterId: row.clusterId,
    clusterName: row.clusterName,
    state: planState(stored),
    purpose,
    plan,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    runId,
    // Written by saveRehearsal from a value of this type.
    rehearsal: row.rehearsal as unknown as RehearsalView | null,
  };
}
