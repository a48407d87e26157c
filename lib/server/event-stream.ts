/** A line without meaning now and then keeps proxies from closing a silent connection. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Server-sent events from an async iterable: each item's `seq` becomes its id, so that a reader can resume. Ends with
 * an `end` event, so that browsers know the silence is final and do not connect again. Stops reading when the reader leaves.
 */
export function eventStream<T extends { readonly seq: number }>(
  request: AbortSignal,
  follow: (signal: AbortSignal) => AsyncIterable<T>,
): Response {
  const left = new AbortController();
  const signal = AbortSignal.any([request, left.signal]);
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): void => {
        if (!signal.aborted) controller.enqueue(encoder.encode(text));
      };
      const keepAlive = setInterval(() => send(": still here\n\n"), KEEP_ALIVE_MS);
      const pump = async (): Promise<void> => {
        send("retry: 1000\n\n");
        for await (const item of follow(signal)) {
          send(`id: ${item.seq}\ndata: ${JSON.stringify(item)}\n\n`);
        }
        send("event: end\ndata: {}\n\n");
      };
      pump()
        .then(() => {
          if (!signal.aborted) controller.close();
        })
        .catch((cause: unknown) => {
          if (!signal.aborted) controller.error(cause);
        })
        .finally(() => clearInterval(keepAlive));
    },
    cancel: () => left.abort(),
  });
  return new Response(stream, {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    },
  });
}
