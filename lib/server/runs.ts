import { openNodes } from "@/lib/core/apply/retry";
import type { Failure } from "@/lib/core/failure";
import type { Entity } from "@/lib/core/plan/entity";
import { hostCounts } from "@/lib/core/plan/host-words";
import { isApplicable } from "@/lib/core/plan/make-plan";
import type { Plan } from "@/lib/core/plan/plan";
import { stepEntity } from "@/lib/core/plan/step";
import { ok, type Result } from "@/lib/core/result";
import { readEvents } from "@/lib/store/journal";
import { toJson } from "@/lib/store/json";
import { findLayout, findVersion } from "@/lib/store/layouts";
import { findPlan, type StoredPlan } from "@/lib/store/plans";
import * as store from "@/lib/store/runs";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { planState } from "./plans";
import { forbidden, missing, refused, rejected } from "./refusals";
import { offersOf, shown, summaries, summaryOf } from "./run-view";
import type { Actor, PlanState, RunCounts, RunFilter, RunPage, RunSummary, RunView } from "./views";

export interface StartInput {
  readonly planId: string;
  readonly reason?: string | undefined;
  /** The cluster's name, typed by the person; needed when `needsConfirmation` says so. */
  readonly confirm?: string | undefined;
  /** Ids of the checks that the person has ticked. */
  readonly accepted?: readonly string[] | undefined;
}

/**
 * Queues one run of a plan and gives its id at once; the runner takes it from there. A plan is applied once only.
 * `source` says what it was started from when that is not the caller's own page or token.
 */
export async function startRun(
  actor: Actor,
  input: StartInput,
  source: "app" | "template" = "app",
): Promise<Result<{ readonly runId: string }, Failure>> {
  const no = forbidden(actor, "operator", "apply plans");
  if (no) return no;
  const ctx = await context();
  const stored = await findPlan(ctx.db, input.planId);
  if (!stored) return missing("plan");
  const objection = objectionTo(stored, input) ?? (await interruptedIn(ctx, stored.row.clusterId));
  if (objection) return objection;
  const { row, plan, purpose } = stored;
  const accepted = [...(input.accepted ?? [])];
  const reason = reasonOf(input);

  const counts = countChanges(plan);
  const hosts = hostCounts(plan);
  const layout = await findLayout(ctx.db, row.layoutId);
  const queued = {
    planId: row.id,
    clusterId: row.clusterId,
    clusterName: row.clusterName,
    layoutId: row.layoutId,
    layoutName: row.layoutName,
    layoutVersion: row.layoutVersion,
    beforeVersion: layout?.recordedVersion ?? null,
    actorId: actor.id,
    actor: actor.name,
    source: actor.id.startsWith("token/") ? "api" : source,
    reason: reason === "" ? null : reason,
    creates: counts.create,
    updates: counts.update,
    deletes: counts.delete,
    replaces: counts.replace,
    hostChanges: hosts.changes,
    hostNodes: [...hosts.nodes],
    records: hosts.records,
    objects: searchText(plan),
    accepted,
    ...(purpose.kind === "apply" ? {} : { purpose: toJson(purpose) }),
    createdAt: new Date(ctx.clock.now()),
  };
  const run = await store.insertRun(ctx.db, queued, row.readAt);
  if (run === "used" || run === "overtaken") {
    const why = run === "used" ? "used" : "stale";
    return refused(`Could not apply the plan: ${WHY_NOT[why]}`, NEXT[why]);
  }
  await appendAudit(ctx, actor, "run.start", `run/${run.id}`, { number: run.number, planId: row.id, reason });
  ctx.news.emit("queued");
  return ok({ runId: run.id });
}

/** Why a plan may not be applied with what the person has given, or null. */
function objectionTo({ row, plan, ...stored }: StoredPlan, input: StartInput): Result<never, Failure> | null {
  const state = planState({ row, plan, ...stored });
  if (state !== "ready") return refused(`Could not apply the plan: ${WHY_NOT[state]}`, NEXT[state]);
  const accepted = input.accepted ?? [];
  if (!isApplicable(plan, accepted)) {
    const open = plan.checks.filter(({ id, status }) => status === "confirm" && !accepted.includes(id));
    const message = `Could not apply the plan: tick what it asks you to confirm: ${open.map(({ title }) => title).join(", ")}.`;
    return rejected(message, { accepted: message });
  }
  if (needsConfirmation(plan) && input.confirm?.trim() !== row.clusterName) {
    const message = `The plan takes away what others may be using; type the cluster's name, ${row.clusterName}, to confirm.`;
    return rejected(message, { confirm: message });
  }
  if (reasonOf(input).length > 500)
    return rejected("The reason is too long.", { reason: "Use at most 500 characters." });
  if (reasonOf(input) === "" && plan.pending.choice !== "stop" && plan.pending.changes.length > 0) {
    const message = "Say why other people's pending changes are committed or discarded; it is kept in the history.";
    return rejected(message, { reason: message });
  }
  return null;
}

const reasonOf = (input: StartInput): string => input.reason?.trim() ?? "";

/** Nothing new starts while something is staged under the lock of a run that was cut off. */
async function interruptedIn(ctx: Context, clusterId: string): Promise<Result<never, Failure> | null> {
  const run = await store.findInterrupted(ctx.db, clusterId);
  if (!run) return null;
  return refused(
    `Could not apply the plan: run ${run.number} of this cluster is interrupted, with changes staged under its lock.`,
    `Open run ${run.number} and continue it or roll it back first.`,
  );
}

const WHY_NOT: Readonly<Record<Exclude<PlanState, "ready">, string>> = {
  used: "it has been used already.",
  blocked: "problems or checks stand in the way.",
  stale: "the cluster has changed since it was made.",
  "nothing-to-do": "there is nothing to do.",
};
const NEXT: Readonly<Record<Exclude<PlanState, "ready">, string>> = {
  used: "Plan again to apply the layout once more.",
  blocked: "Mend the problems in the layout, then plan again.",
  stale: "Plan again to see what changed.",
  "nothing-to-do": "Change the layout first.",
};

/**
 * Whether objects with guest interfaces go away or are replaced; guests that could not be counted count as there. Guests
 * hang on VNets, so a zone is as harmless as its VNets, which are changes of their own.
 */
export const needsConfirmation = (plan: Plan): boolean =>
  (plan.pending.choice === "discard" && plan.pending.changes.length > 0) ||
  plan.changes.some(
    ({ op, kind, nics }) =>
      (op === "delete" || op === "replace") && kind !== "zone" && (nics === null || nics.total > 0),
  );

function countChanges(plan: Plan): RunCounts {
  const count = (op: keyof RunCounts): number => plan.changes.filter((change) => change.op === op).length;
  return { create: count("create"), update: count("update"), delete: count("delete"), replace: count("replace") };
}

/** Ids, aliases, tags and CIDRs a plan touches, in lower case, one space between. */
function searchText(plan: Plan): string {
  const words = plan.steps.flatMap((step) => {
    const sides: Entity[] = step.op === "update" ? [step.before, step.after] : [stepEntity(step)];
    return sides.flatMap(({ id, key, props }) => [id, key, props["tag"], props["alias"], props["vnet"], props["zone"]]);
  });
  return [...new Set(words.filter((word) => word !== undefined).map((word) => String(word).toLowerCase()))].join(" ");
}

/** Asks a run to stop at the next safe place. Before the commit everything staged is undone; after it, it goes on. */
export async function cancelRun(actor: Actor, input: { readonly runId: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", "stop runs");
  if (no) return no;
  const ctx = await context();
  const run = await store.findRun(ctx.db, input.runId);
  if (!run) return missing("run");
  if (!(await store.requestCancel(ctx.db, run.id, new Date(ctx.clock.now())))) {
    return refused(`Could not stop run ${run.number}: it has ended.`);
  }
  await appendAudit(ctx, actor, "run.stop", `run/${run.id}`, { number: run.number });
  ctx.news.emit("cancel", run.id);
  ctx.news.emit("queued");
  return ok(null);
}

/** Continues an interrupted run: stages the rest and commits, if the cluster is exactly as the run left it. */
export const continueRun = (actor: Actor, input: { readonly runId: string }): Promise<Result<null, Failure>> =>
  goOn(actor, input.runId, "interrupted", { how: "continue", by: actor.name });

/** Rolls an interrupted run back: what it staged is undone, proven, and the lock released. */
export const rollBackRun = (actor: Actor, input: { readonly runId: string }): Promise<Result<null, Failure>> =>
  goOn(actor, input.runId, "interrupted", { how: "roll-back", by: actor.name });

/** Has nodes of a partially applied run reload once more and proves them again. */
export function retryNodes(
  actor: Actor,
  input: { readonly runId: string; readonly nodes: readonly string[] },
): Promise<Result<null, Failure>> {
  const task = { how: "retry", by: actor.name, nodes: input.nodes } as const;
  return goOn(actor, input.runId, "partially-applied", task);
}

async function goOn(
  actor: Actor,
  runId: string,
  state: "interrupted" | "partially-applied",
  task: store.RunTask,
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", "go on with runs");
  if (no) return no;
  const ctx = await context();
  const run = await store.findRun(ctx.db, runId);
  if (!run) return missing("run");
  if (task.how === "retry") {
    const open = openNodes(await readEvents(ctx.db, runId, 0));
    const strange = task.nodes.find((node) => !open.includes(node));
    if (task.nodes.length === 0 || strange !== undefined)
      return rejected(`Could not retry: ${strange ?? "no node"} is not an open node of run ${run.number}.`, {
        nodes: `Choose from ${open.join(", ") || "none"}.`,
      });
  }
  if (!(await store.reopenRun(ctx.db, run, state, task))) {
    return refused(
      `Could not go on with run ${run.number}: it has moved on, or another run of this cluster is at work.`,
      "Reload the page.",
    );
  }
  await appendAudit(ctx, actor, `run.${task.how}`, `run/${run.id}`, { number: run.number, ...task });
  ctx.news.emit("queued");
  ctx.news.emit("run", run.id);
  return ok(null);
}

/** The history, newest first, a page at a time. */
export async function listRuns(actor: Actor, filter: RunFilter): Promise<Result<RunPage, Failure>> {
  const no = forbidden(actor, "viewer", "see runs");
  if (no) return no;
  const limit = Math.min(Math.max(Math.trunc(filter.limit ?? 50), 1), 500);
  const { db } = await context();
  const rows = await store.listRuns(db, { ...filter, limit });
  return ok({ runs: await summaries(db, rows), next: rows.length < limit ? null : (rows.at(-1)?.number ?? null) });
}

/** One run without plan and journal. */
export async function findRunSummary(actor: Actor, id: string): Promise<Result<RunSummary, Failure>> {
  const no = forbidden(actor, "viewer", "see runs");
  if (no) return no;
  const { db } = await context();
  const row = await store.findRun(db, id);
  return row ? ok(await summaryOf(db, row)) : missing("run");
}

/** One run with its plan and whole journal; the same while it goes on and years later. */
export async function loadRun(actor: Actor, id: string): Promise<Result<RunView, Failure>> {
  const no = forbidden(actor, "viewer", "see runs");
  if (no) return no;
  const { db } = await context();
  const row = await store.findRun(db, id);
  const stored: StoredPlan | null = row && (await findPlan(db, row.planId));
  if (!row || !stored) return missing("run");
  const before = row.beforeVersion === null ? null : await findVersion(db, row.layoutId, row.beforeVersion);
  const events = await readEvents(db, id, 0);
  return ok({
    ...(await summaryOf(db, row)),
    plan: stored.plan,
    before,
    after: stored.layout,
    events: events.map(shown),
    cancelRequested: row.cancelRequestedAt !== null,
    offers: offersOf(row, events),
  });
}
