import type { LocalCopies, LocalCopy } from "./local-copies";

const COPY_MS = 200;

interface CopyKeeperOptions {
  readonly copies: LocalCopies;
  /** What is to be kept now; null when the server has everything. */
  readonly unsent: () => LocalCopy | null;
  /** This browser cannot keep it; told once. */
  readonly onNotKept: () => void;
}

/** Keeps unsent edits in this browser: at once, or soon after one edit of many. */
export function copyKeeper({ copies, unsent, onNotKept }: CopyKeeperOptions) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let warned = false;

  function stopTimer(): void {
    clearTimeout(timer);
    timer = undefined;
  }

  function keep(): void {
    stopTimer();
    const copy = unsent();
    if (copy === null || copies.write(copy) || warned) return;
    warned = true;
    onNotKept();
  }

  return {
    keep,
    keepSoon(): void {
      timer ??= setTimeout(() => whenIdle(keep), COPY_MS);
    },
    forget(): void {
      stopTimer();
      copies.clear();
    },
  };
}

/** A copy of the largest layouts takes a frame to write, so it waits for one that is free, though not for long. */
function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "undefined") act();
  else requestIdleCallback(act, { timeout: COPY_MS });
}
