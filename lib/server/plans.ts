import type { Failure } from "@/lib/core/failure";
import { isApplicable, makePlan } from "@/lib/core/plan/make-plan";
import type { PendingChoice } from "@/lib/core/plan/plan";
import { ok, type Result } from "@/lib/core/result";
import { sha256 } from "@/lib/store/json";
import { findLayout, freezeVersion } from "@/lib/store/layouts";
import { ownedBy } from "@/lib/store/ownership";
import * as store from "@/lib/store/plans";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import { context } from "./context";
import { forbidden, missing, refused } from "./refusals";
import type { Actor, PlanState, PlanView, RehearsalView } from "./views";

/**
 * Reads the layout's cluster and plans the way from there to the layout. The draft is frozen as a numbered version
 * first, unless the newest version is the same. A plan that cannot be applied is made too: it says what stands in the way.
 */
export async function createPlan(
  actor: Actor,
  input: {
    readonly layoutId: string;
    /** What happens to pending changes of others; default `stop`. */
    readonly pending?: PendingChoice | undefined;
    /** Release stale IPAM addresses that stand in the way of a deletion. */
    readonly release?: boolean | undefined;
  },
): Promise<Result<{ readonly planId: string }, Failure>> {
  const no = forbidden(actor, "operator", "make plans");
  if (no) return no;
  const ctx = await context();
  const row = await findLayout(ctx.db, input.layoutId);
  if (!row) return missing("layout");
  if (row.clusterId === null) {
    return refused(`Could not plan ${row.name}: it has no cluster.`, "Choose the cluster it is for.");
  }
  const opened = await openCluster(ctx, row.clusterId);
  if (!opened.ok) return opened;

  const readAt = new Date(ctx.clock.now());
  const { cluster } = opened.value;
  const [facts, config] = await Promise.all([cluster.readFacts(), cluster.readConfig()]);
  if (!facts.ok) return facts;
  if (!config.ok) return config;

  const frozen = await freezeVersion(ctx.db, { id: row.id, by: actor.name, at: readAt, note: null });
  if (!frozen) return missing("layout");
  const owned = await ownedBy(ctx.db, row.clusterId, row.id);
  const known = { facts: facts.value, config: config.value, owned, fingerprint: sha256 };
  const plan = makePlan({
    layout: frozen.layout,
    ...known,
    pending: input.pending ?? "stop",
    release: input.release ?? false,
  });
  const planId = await store.insertPlan(ctx.db, {
    layoutId: row.id,
    layoutName: row.name,
    layoutVersion: frozen.version,
    clusterId: row.clusterId,
    clusterName: opened.value.row.name,
    plan,
    // What a person can tick does not stand in the way of the plan, only of an unticked run.
    applicable: isApplicable(
      plan,
      plan.checks.map(({ id }) => id),
    ),
    readAt,
    createdBy: actor.name,
  });
  const { steps, base, goal } = plan;
  await appendAudit(ctx, actor, "plan.create", `plan/${planId}`, {
    layoutId: row.id,
    version: frozen.version,
    steps: steps.length,
    base,
    goal,
  });
  return ok({ planId });
}

/** What the plan is good for now. Decided from what is stored; the cluster itself is asked when it is applied. */
export function planState(stored: store.StoredPlan): PlanState {
  if (stored.runId !== null) return "used";
  if (!stored.row.applicable) return "blocked";
  if (stored.overtaken) return "stale";
  const { steps, pending } = stored.plan;
  const discards = pending.choice === "discard" && pending.changes.length > 0;
  return steps.length === 0 && !discards ? "nothing-to-do" : "ready";
}

export async function loadPlan(actor: Actor, id: string): Promise<Result<PlanView, Failure>> {
  const no = forbidden(actor, "viewer", "see plans");
  if (no) return no;
  const stored = await store.findPlan((await context()).db, id);
  return stored ? ok(planView(stored)) : missing("plan");
}

function planView(stored: store.StoredPlan): PlanView {
  const { row, plan, layout, runId } = stored;
  return {
    id: row.id,
    layoutId: row.layoutId,
    layoutName: row.layoutName,
    layoutVersion: row.layoutVersion,
    layout,
    clusterId: row.clusterId,
    clusterName: row.clusterName,
    state: planState(stored),
    plan,
    createdAt: row.createdAt.toISOString(),
    createdBy: row.createdBy,
    runId,
    // Written by saveRehearsal from a value of this type.
    rehearsal: row.rehearsal as unknown as RehearsalView | null,
  };
}
