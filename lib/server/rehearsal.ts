import type { RunEvent } from "@/lib/core/apply/events";
import { recoverRun } from "@/lib/core/apply/recover";
import { runPlan } from "@/lib/core/apply/run";
import type { Failure } from "@/lib/core/failure";
import type { Plan } from "@/lib/core/plan/plan";
import { err, ok, type Result } from "@/lib/core/result";
import { sha256 } from "@/lib/store/json";
import * as store from "@/lib/store/plans";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import { type Context, context } from "./context";
import { planState } from "./plans";
import { forbidden, missing, refused } from "./refusals";
import type { Actor, RehearsalView } from "./views";

/**
 * Asks Proxmox itself what a plan would change on each node: stages it under the lock, has every node compare, and
 * undoes the staging. Nothing is committed. The result is kept with the plan.
 */
export async function rehearsePlan(
  actor: Actor,
  input: { readonly planId: string },
): Promise<Result<RehearsalView, Failure>> {
  const no = forbidden(actor, "operator", "rehearse plans");
  if (no) return no;
  const ctx = await context();
  const stored = await store.findPlan(ctx.db, input.planId);
  if (!stored) return missing("plan");
  const state = planState(stored);
  if (state !== "ready") return refused(`Could not rehearse the plan: it is ${wordsFor(state)}.`, "Plan again.");
  const opened = await openCluster(ctx, stored.row.clusterId);
  if (!opened.ok) return opened;
  if (!(await store.startRehearsal(ctx.db, stored.row, new Date(ctx.clock.now())))) {
    return refused(
      `Could not rehearse the plan: something else is going on in ${stored.row.clusterName}.`,
      "Wait until the run or rehearsal there has ended.",
    );
  }
  const rehearsed = await rehearse(ctx, stored.row.id, stored.plan, opened.value.cluster);
  const rehearsal = rehearsed.ok ? { ...rehearsed.value, by: actor.name } : null;
  await store.endRehearsal(ctx.db, stored.row.id, rehearsal);
  await appendAudit(ctx, actor, "plan.rehearse", `plan/${stored.row.id}`, { done: rehearsed.ok });
  return rehearsal ? ok(rehearsal) : rehearsed.ok ? missing("plan") : rehearsed;
}

const wordsFor = (state: string): string => state.replace("nothing-to-do", "empty").replace("used", "used already");

type Rehearsed = Result<Omit<RehearsalView, "by">, Failure>;

async function rehearse(
  ctx: Context,
  planId: string,
  plan: Plan,
  cluster: Parameters<typeof runPlan>[0]["cluster"],
): Promise<Rehearsed> {
  const events: RunEvent[] = [];
  const input = {
    plan,
    cluster,
    clock: ctx.clock,
    fingerprint: sha256,
    cancelled: () => false,
    rehearse: true,
    accepted: plan.checks.map(({ id }) => id),
  };
  for await (const event of runPlan(input)) {
    events.push(event);
    if (isTrace(event)) await store.saveRehearsing(ctx.db, planId, traceOf(plan, events), new Date(ctx.clock.now()));
  }
  const end = events.findLast((event) => event.type === "ended");
  const nodes = events.flatMap((event): RehearsalView["nodes"] => {
    if (event.type === "dry-run") {
      return [{ node: event.node, interfaces: event.interfaces, frr: event.frr, missing: null }];
    }
    if (event.type === "dry-run-missing") {
      return [{ node: event.node, interfaces: null, frr: null, missing: event.reason }];
    }
    return [];
  });
  const message = end?.message ?? "The rehearsal ended without a word.";
  if (nodes.length === 0 || end?.failure) {
    return err(end?.failure ?? { kind: "refused", retry: true, message: `Could not rehearse the plan: ${message}` });
  }
  return ok({ at: new Date(ctx.clock.now()).toISOString(), message, nodes });
}

/** What has to be known to undo a rehearsal that is cut off: that the lock was asked for, its token, what may be staged. */
const isTrace = (event: RunEvent): boolean =>
  event.type === "locked" ||
  (event.type === "phase" && event.phase === "lock" && event.state === "started") ||
  (event.type === "phase" && event.phase === "stage" && event.state === "started");

/** All steps count as started once staging has begun: undoing asks the cluster which of them really happened. */
function traceOf(plan: Plan, events: readonly RunEvent[]): RunEvent[] {
  const staging = events.some((event) => event.type === "phase" && event.phase === "stage");
  const steps = plan.steps.map((_, index): RunEvent => ({ type: "step", index, state: "started" }));
  return [...events.filter(isTrace), ...(staging ? steps : [])];
}

/** Undoes rehearsals that were cut off when the server stopped. Called by the runner. */
export async function recoverRehearsals(ctx: Context, silentSince: Date): Promise<void> {
  for (const left of await store.claimCutOffRehearsals(ctx.db, silentSince, new Date(ctx.clock.now()))) {
    const opened = await openCluster(ctx, left.clusterId);
    if (opened.ok) {
      const input = { plan: left.plan, cluster: opened.value.cluster, clock: ctx.clock, fingerprint: sha256 };
      const journal = left.journal;
      for await (const event of recoverRun({ ...input, cancelled: () => false, journal, mode: "roll-back" })) {
        if (event.type === "ended") ctx.log.warn({ plan: left.id, state: event.state }, event.message);
      }
    }
    await store.endRehearsal(ctx.db, left.id, null);
  }
}
