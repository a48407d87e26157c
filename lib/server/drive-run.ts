import { type EndEvent, type Events, ended } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { hasServed } from "@/lib/core/apply/host-marks";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { recoverRun } from "@/lib/core/apply/recover";
import { retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import type { Plan } from "@/lib/core/plan/plan";
import type { Owned } from "@/lib/core/ports";
import { invariant } from "@/lib/core/result";
import { type Aftermath, finishRun } from "@/lib/store/finish-run";
import { appendEvent, readEvents } from "@/lib/store/journal";
import { sha256 } from "@/lib/store/json";
import { ownedBy } from "@/lib/store/ownership";
import { findPlan } from "@/lib/store/plans";
import { beat, findInterrupted, leftLocks, type RunRow, type RunTask } from "@/lib/store/runs";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import type { Context } from "./context";
import { hostsOf } from "./host-agents";

const BEAT_MS = 3_000;

/**
 * Drives one claimed run to its end. Each event is in the database before the engine is asked for the next, so whatever
 * happens next has been announced. When an event cannot be stored, because the run has been taken over or the database
 * is gone, nothing more is done: another runner goes on from the journal.
 */
export async function drive(ctx: Context, run: RunRow, runner: string, how: "fresh" | "pick-up"): Promise<void> {
  const log = ctx.log.child({ run: run.number, cluster: run.clusterName });
  const stored = await findPlan(ctx.db, run.planId);
  invariant(stored, "a run has its plan");
  const journal: RunEvent[] = await readEvents(ctx.db, run.id, 0);
  let seq = journal.length;
  const alive = watchOver(ctx, run, runner);
  log.info({ how }, "run taken");
  try {
    const owned = await ownedBy(ctx.db, run.clusterId, run.layoutId);
    for await (const event of eventsOf(ctx, run, stored.plan, [...journal], how, alive)) {
      seq += 1;
      journal.push(event);
      const line = { runId: run.id, runner, seq, at: new Date(ctx.clock.now()) };
      if (event.type === "ended") {
        const ended = await finishRun(ctx.db, { ...line, event }, aftermathOf(run, stored.plan, owned, journal));
        if (!ended) break;
        ctx.news.emit("run", run.id);
        log.info({ state: event.state }, event.message);
        const { state, proven, nodes } = event;
        const detail = { number: run.number, state, proven, nodes, draft: ended.draft };
        await appendAudit(ctx, { id: run.actorId, name: run.actor }, "run.end", `run/${run.id}`, detail);
        return;
      }
      if (!(await appendEvent(ctx.db, { ...line, event }))) break;
      ctx.news.emit("run", run.id);
    }
    log.warn("the run was taken over by another runner");
  } finally {
    alive.stop();
  }
}

/** What a run leaves behind. Trying nodes again changes nothing of that: later runs may have moved it on. */
function aftermathOf(run: RunRow, plan: Plan, owned: Owned, journal: readonly RunEvent[]): Aftermath {
  if (taskOf(run)?.how === "retry") return { owned: null, recorded: false };
  const has = (type: RunEvent["type"]): boolean => journal.some((event) => event.type === type);
  const state = journal.findLast((event) => event.type === "ended")?.state;
  // A commit that was announced and never disproved counts: the cluster may be there.
  const recorded =
    has("committed") ||
    (hasServed(journal) && state !== "failed") ||
    state === "applied" ||
    (has("committing") && state !== "failed");
  return { owned: ownedAfter(plan, owned, journal), recorded };
}

const taskOf = (run: RunRow): RunTask | null => run.task as unknown as RunTask | null;

/** The engine's events; when the engine itself breaks while picking up, an honest end instead of another attempt. */
async function* eventsOf(
  ctx: Context,
  run: RunRow,
  plan: Plan,
  journal: readonly RunEvent[],
  how: "fresh" | "pick-up",
  alive: { cancelled(): boolean },
): Events<EndEvent> {
  const opened = await openCluster(ctx, run.clusterId);
  if (!opened.ok) {
    const end =
      journal.length === 0
        ? ended("failed", `Nothing was sent. ${opened.error.message}`, { failure: opened.error })
        : ended("interrupted", `The run was cut off and cannot be picked up. ${opened.error.message}`, {
            failure: opened.error,
          });
    yield end;
    return end;
  }
  const { cluster } = opened.value;
  const task = how === "fresh" ? taskOf(run) : null;
  const interrupted = how === "fresh" && task === null ? await findInterrupted(ctx.db, run.clusterId) : null;
  if (interrupted) {
    const said = `Nothing was sent: run ${interrupted.number} of this cluster is interrupted, with changes staged under its lock. Continue it or roll it back first.`;
    const end = ended("blocked", said);
    yield end;
    return end;
  }
  const input = {
    plan,
    cluster,
    hosts: await hostsOf(ctx, run.clusterId),
    clock: ctx.clock,
    fingerprint: sha256,
    cancelled: alive.cancelled,
    accepted: run.accepted,
    by: task?.by ?? run.actor,
    reason: run.reason ?? "",
    leftLocks: await leftLocks(ctx.db, run.clusterId),
  };
  if (how === "fresh" && task === null) return yield* runPlan(input);
  try {
    if (task?.how === "retry") return yield* retryNodes({ ...input, journal, nodes: task.nodes });
    return yield* recoverRun({ ...input, journal, mode: task?.how ?? "look" });
  } catch (cause) {
    ctx.log.error({ err: cause, run: run.number }, "picking up the run failed");
    const end = ended(
      "interrupted",
      "The run was cut off and could not be picked up, because of an error in Trunkline. Look at the cluster's pending changes and its lock.",
    );
    yield end;
    return end;
  }
}

/** Keeps the run's heartbeat going and knows whether somebody wants to cancel it. */
function watchOver(ctx: Context, run: RunRow, runner: string): { cancelled(): boolean; stop(): void } {
  let cancelled = run.cancelRequestedAt !== null;
  const onCancel = (id: string): void => {
    if (id === run.id) cancelled = true;
  };
  const timer = setInterval(() => {
    beat(ctx.db, run.id, runner, new Date(ctx.clock.now()))
      .then((state) => {
        cancelled ||= state?.cancelRequested ?? false;
      })
      .catch((cause: unknown) => ctx.log.warn({ err: cause, run: run.number }, "heartbeat failed"));
  }, BEAT_MS);
  timer.unref();
  ctx.news.on("cancel", onCancel);
  return {
    cancelled: () => cancelled,
    stop() {
      clearInterval(timer);
      ctx.news.off("cancel", onCancel);
    },
  };
}
