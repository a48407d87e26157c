"use client";

import { useState, useTransition } from "react";
import type { Failure } from "@/lib/core/failure";
import type { Result } from "@/lib/core/result";

/** A server action as components receive it: made by a page, checked again on the server. */
export type ServerAction<T> = (input: unknown) => Promise<Result<T, Failure>>;

interface ActionState<T> {
  /** Starts the action; `then` runs only when it worked. */
  readonly start: (input: unknown, then?: (value: T) => void) => void;
  readonly busy: boolean;
  /** Of the last try; null before and after a success. */
  readonly failure: Failure | null;
  /** What the last success gave; null before. */
  readonly value: T | null;
  readonly reset: () => void;
}

const LOST: Failure = {
  kind: "unreachable",
  message: "Could not reach the Trunkline server.",
  next: "Check that it is running, then try again. It is not known whether the last request was carried out.",
  retry: true,
  unclear: true,
};

/** Runs a server action and keeps what a form needs to show: busy, and what went wrong. */
export function useAction<T>(action: ServerAction<T>): ActionState<T> {
  const [busy, startTransition] = useTransition();
  const [failure, setFailure] = useState<Failure | null>(null);
  const [value, setValue] = useState<T | null>(null);

  function start(input: unknown, then?: (value: T) => void) {
    startTransition(async () => {
      const outcome = await action(input).catch((cause: unknown) => {
        // A redirect travels as an exception that only the framework may catch.
        if (isRedirect(cause)) throw cause;
        return { ok: false, error: LOST } as const;
      });
      startTransition(() => {
        setFailure(outcome.ok ? null : outcome.error);
        if (!outcome.ok) return;
        setValue(() => outcome.value);
        then?.(outcome.value);
      });
    });
  }

  function reset() {
    setFailure(null);
    setValue(null);
  }

  return { start, busy, failure, value, reset };
}

function isRedirect(cause: unknown): boolean {
  return (
    typeof cause === "object" &&
    cause !== null &&
    "digest" in cause &&
    typeof cause.digest === "string" &&
    cause.digest.startsWith("NEXT_")
  );
}
