"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { getJson } from "@/components/ui/get-json";
import type { StoredEvent } from "@/lib/core/apply/events";
import { foldRun, planShape } from "@/lib/core/apply/fold";
import { mergeEvents } from "@/lib/core/apply/merge-events";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { RunView } from "@/lib/server/views";

/** `live`: events arrive as they happen. `polling`: the stream is down, the run is read every two seconds. */
export type Connection = "connecting" | "live" | "polling" | "ended";

const POLL_MS = 2_000;
/** Even a live stream is checked now and then: a proxy that holds events back looks like silence. */
const LIVE_CHECK_MS = 20_000;
const RECONNECT_MS = 5_000;
/** Events that come in a burst are drawn together. */
const BATCH_MS = 40;

/**
 * A run as it is now: what the server rendered first, then every event of its stream. Starts again after the last event
 * it has, so that neither a lost connection nor a reload loses or repeats anything; falls back to polling.
 */
export function useRun(initial: RunView): {
  run: RunView;
  status: RunStatus;
  connection: Connection;
  /** An ended run goes on: follow it again until it ends anew. */
  followAgain: () => void;
} {
  const client = useQueryClient();
  // The last event of the end that does not count any more, because the run goes on after it.
  const [reopened, setReopened] = useState(0);
  const [stream, setStream] = useState<Exclude<Connection, "ended">>("connecting");
  const { id } = initial;

  const query = useQuery({
    queryKey: ["run", id],
    queryFn: async ({ signal }) => {
      const fresh = await getJson<RunView>(`/api/v1/runs/${id}`, signal);
      const known = client.getQueryData<RunView>(["run", id]);
      return { ...fresh, events: mergeEvents(known?.events ?? [], fresh.events) };
    },
    initialData: initial,
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      hasEnded(state.data?.events, reopened) ? false : stream === "live" ? LIVE_CHECK_MS : POLL_MS,
    refetchIntervalInBackground: true,
  });
  const run = query.data;
  const status = useMemo(() => foldRun(planShape(run.plan), run.events), [run.plan, run.events]);
  const ended = hasEnded(run.events, reopened);

  useEffect(() => {
    if (ended) return;
    let source: EventSource | undefined;
    let reconnect: ReturnType<typeof setTimeout> | undefined;
    let batch: ReturnType<typeof setTimeout> | undefined;
    let waiting: StoredEvent[] = [];
    const flush = () => {
      batch = undefined;
      const incoming = waiting;
      waiting = [];
      client.setQueryData<RunView>(["run", id], (known) =>
        known ? { ...known, events: mergeEvents(known.events, incoming) } : known,
      );
    };
    const open = () => {
      const after = client.getQueryData<RunView>(["run", id])?.events.at(-1)?.seq ?? 0;
      source = new EventSource(`/api/v1/runs/${id}/events?after=${after}`);
      source.onopen = () => setStream("live");
      source.onmessage = (message: MessageEvent<string>) => {
        const event = parseEvent(message.data);
        if (!event) return;
        waiting.push(event);
        batch ??= setTimeout(flush, BATCH_MS);
      };
      source.onerror = () => {
        setStream("polling");
        // While it is not closed, the browser itself tries again from the last event it saw.
        if (source?.readyState === EventSource.CLOSED) reconnect = setTimeout(open, RECONNECT_MS);
      };
    };
    open();
    return () => {
      source?.close();
      clearTimeout(reconnect);
      clearTimeout(batch);
      if (waiting.length > 0) flush();
    };
  }, [client, id, ended]);

  // The end is in the journal first; the run's own row (its number of proven nodes, its times) is read once after it.
  const stale = ended && run.endedAt !== status.endedAt;
  const { refetch } = query;
  useEffect(() => {
    if (stale) void refetch();
  }, [stale, refetch]);

  return { run, status, connection: ended ? "ended" : stream, followAgain: () => setReopened(status.lastSeq) };
}

function hasEnded(events: readonly StoredEvent[] | undefined, reopened: number): boolean {
  const last = events?.at(-1);
  return last?.type === "ended" && last.seq > reopened;
}

/** The stream is our own server's, so only the part that orders events is looked at. */
function parseEvent(text: string): StoredEvent | null {
  try {
    const event = JSON.parse(text) as Partial<StoredEvent>;
    return typeof event.seq === "number" && typeof event.type === "string" ? (event as StoredEvent) : null;
  } catch {
    return null;
  }
}
