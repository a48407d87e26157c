import type { StoredEvent } from "@/lib/core/apply/events";
import { readEvents } from "@/lib/store/journal";
import { findRun } from "@/lib/store/runs";
import { context } from "./context";
import { forbidden } from "./refusals";
import { shown } from "./run-view";
import type { Actor } from "./views";

/** How long to wait for news before looking anyway: another server may be writing the journal. */
const LOOK_MS = 1000;

/**
 * The journal of a run from behind `after`, and then each event as it is stored, until the run has ended or `signal`
 * aborts. Gives nothing for an unknown run or to somebody who may not see it.
 */
export async function* followRun(
  actor: Actor,
  input: { readonly runId: string; readonly after: number; readonly signal: AbortSignal },
): AsyncGenerator<StoredEvent, void> {
  if (forbidden(actor, "viewer", "see runs")) return;
  const ctx = await context();
  let after = input.after;
  while (!input.signal.aborted) {
    const run = await findRun(ctx.db, input.runId);
    if (!run) return;
    // The row was read first: when it says ended, the journal read now is complete.
    const events = await readEvents(ctx.db, input.runId, after, 500);
    for (const event of events) {
      yield shown(event);
      after = event.seq;
    }
    if (events.length > 0) continue;
    if (run.endedAt !== null) return;
    await newsOf(input, ctx.news);
  }
}

/** Resolves with the next news of the run, after a while without, or when the reader leaves. */
function newsOf(
  { runId, signal }: { readonly runId: string; readonly signal: AbortSignal },
  news: NodeJS.EventEmitter,
): Promise<void> {
  return new Promise((resolve) => {
    const onNews = (id: string): void => {
      if (id === runId) done();
    };
    const done = (): void => {
      clearTimeout(timer);
      news.off("run", onNews);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, LOOK_MS);
    news.on("run", onNews);
    signal.addEventListener("abort", done);
  });
}
