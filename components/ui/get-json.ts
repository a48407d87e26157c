import type { Failure } from "@/lib/core/failure";

/** Why a read from our own API did not work, as a sentence a person can act on. */
export class ReadError extends Error {
  readonly failure: Pick<Failure, "kind" | "message" | "next">;

  constructor(failure: Pick<Failure, "kind" | "message" | "next">) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Reads one JSON document of our own API. Rejects with `ReadError`, as React Query wants it. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(url, { headers: { accept: "application/json" }, ...(signal ? { signal } : {}) }).catch(
    (cause: unknown) => {
      if (signal?.aborted) throw cause;
      return null;
    },
  );
  if (!answer) {
    throw new ReadError({
      kind: "unreachable",
      message: "The server does not answer.",
      next: "What is shown here is the last that was read. It continues by itself when the server is back.",
    });
  }
  const body = (await answer.json().catch(() => null)) as { error?: Failure } | null;
  if (answer.ok && body !== null) return body as T;
  throw new ReadError(
    body?.error ?? { kind: "bad-answer", message: `The server answered ${answer.status} without a reason.` },
  );
}

/** What a failed read is shown as; reading again is always safe. */
export const readFailure = (error: Error): Failure =>
  error instanceof ReadError
    ? { ...error.failure, retry: true }
    : { kind: "bad-answer", message: error.message, retry: true };
