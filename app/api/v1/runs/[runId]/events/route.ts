import { eventStream } from "@/lib/server/event-stream";
import { followRun } from "@/lib/server/follow-run";
import { resultResponse, route } from "@/lib/server/http";
import { findRunSummary } from "@/lib/server/runs";

export const dynamic = "force-dynamic";

/**
 * The journal of a run as server-sent events, live until it has ended. Resumes behind `Last-Event-ID`, which a browser
 * sends by itself when it connects again, or behind `?after=`.
 */
export const GET = route(async (actor, request, { runId = "" }) => {
  const found = await findRunSummary(actor, runId);
  if (!found.ok) return resultResponse(found);
  const resume = request.headers.get("last-event-id") ?? new URL(request.url).searchParams.get("after");
  const after = /^\d{1,9}$/.test(resume ?? "") ? Number(resume) : 0;
  return eventStream(request.signal, (signal) => followRun(actor, { runId, after, signal }));
});
