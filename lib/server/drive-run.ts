import { type EndEvent, type Events, ended } from "@/lib/core/apply/context";
import type { RunEvent } from "@/lib/core/apply/events";
import { ownedAfter } from "@/lib/core/apply/owned-after";
import { recoverRun } from "@/lib/core/apply/recover";
import { retryNodes } from "@/lib/core/apply/retry";
import { runPlan } from "@/lib/core/apply/run";
import { invariant } from "@/lib/core/result";
import { sha256 } from "@/lib/store/json";
import { ownedBy } from "@/lib/store/ownership";
import { findPlan } from "@/lib/store/plans";
import { appendEvent, beat, finishRun, leftLocks, type RunRow, type RunTask, readEvents } from "@/lib/store/runs";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import type { Context } from "./context";

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
      const kept =
        event.type === "ended"
          ? await finishRun(ctx.db, { ...line, event }, ownedAfter(stored.plan, owned, journal))
          : await appendEvent(ctx.db, { ...line, event });
      if (!kept) {
        log.warn("the run was taken over by another runner");
        return;
      }
      ctx.news.emit("run", run.id);
      if (event.type === "ended") {
        log.info({ state: event.state }, event.message);
        const { state, proven, nodes } = event;
        const by = { id: run.actorId, name: run.actor };
        await appendAudit(ctx, by, "run.end", `run/${run.id}`, { number: run.number, state, proven, nodes });
        return;
      }
    }
  } finally {
    alive.stop();
  }
}

/** The engine's events; when the engine itself breaks while picking up, an honest end instead of another attempt. */
async function* eventsOf(
  ctx: Context,
  run: RunRow,
  plan: Parameters<typeof runPlan>[0]["plan"],
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
  const task = how === "fresh" ? (run.task as unknown as RunTask | null) : null;
  const input = {
    plan,
    cluster,
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
