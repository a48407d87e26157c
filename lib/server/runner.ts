import { randomUUID } from "node:crypto";
import os from "node:os";
import { claimAbandoned, claimQueued, declareAbandoned } from "@/lib/store/runs";
import type { Context } from "./context";
import { drive } from "./drive-run";
import { recoverRehearsals } from "./rehearsal";

/** How often to look for work without being told, and how often a run at work says that it is alive. */
const LOOK_MS = 2_000;
/** A run silent for so long has lost its runner. Several heartbeats, so that a slow moment does not count. */
const SILENT_MS = 30_000;

export interface Runner {
  /** Stops taking runs. Those at work go on until the process ends, and are picked up at the next start. */
  stop(): void;
}

/**
 * Starts taking queued runs, one per cluster at a time, and picking up runs whose runner is gone. All agreement is in
 * the database: several servers may do this at once.
 */
export async function startRunner(ctx: Context): Promise<Runner> {
  let stopped = false;
  let looking: Promise<void> | null = null;
  const name = `${os.hostname()}/${process.pid}`;
  const working = new Set<Promise<void>>();

  const work = (job: Promise<void>): void => {
    working.add(job);
    job
      .catch((cause: unknown) => ctx.log.error({ err: cause }, "A run stopped with a bug; it will be picked up."))
      .finally(() => working.delete(job));
  };
  const take = async (): Promise<void> => {
    const now = ctx.clock.now();
    const silentSince = new Date(now - SILENT_MS);
    for (;;) {
      // Every claim has a name of its own: a run that this process lost hold of counts as abandoned as well.
      const runner = `${name}/${randomUUID()}`;
      const lost = await claimAbandoned(ctx.db, runner, silentSince, new Date(now));
      const run = lost ?? (await claimQueued(ctx.db, runner, new Date(now)));
      if (!run || stopped) break;
      work(drive(ctx, run, runner, lost ? "pick-up" : "fresh").finally(look));
    }
    await recoverRehearsals(ctx, silentSince);
  };
  const look = (): void => {
    if (stopped || looking) return;
    looking = take()
      .catch((cause: unknown) => ctx.log.error({ err: cause }, "Could not look for runs; trying again."))
      .finally(() => {
        looking = null;
      });
  };

  // The embedded database has one server only: what was at work before this start is abandoned for certain.
  if (ctx.store.kind === "embedded") await declareAbandoned(ctx.db);
  const timer = setInterval(look, LOOK_MS);
  timer.unref();
  ctx.news.on("queued", look);
  look();
  return {
    stop() {
      stopped = true;
      clearInterval(timer);
      ctx.news.off("queued", look);
    },
  };
}
