import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { DraftView } from "@/lib/server/views";
import type { LocalCopies } from "./local-copies";

export type SaveState =
  | { readonly kind: "saved"; readonly rev: number }
  /** Edits are here and will be sent in a moment. */
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly message: string; readonly retrying: boolean }
  | { readonly kind: "offline" }
  /** Somebody else saved meanwhile; nothing is sent until the person chose. */
  | { readonly kind: "conflict"; readonly theirs: DraftView };

/** How one attempt to save ended. `retry` says whether trying again unchanged may work. */
export type SendResult =
  | { readonly kind: "saved"; readonly rev: number }
  | { readonly kind: "conflict"; readonly theirs: DraftView }
  | { readonly kind: "failed"; readonly message: string; readonly retry: boolean; readonly offline: boolean };

export interface AutosaveOptions {
  readonly rev: number;
  /** What the server has at `rev`. */
  readonly layout: Layout;
  readonly send: (baseRev: number, layout: Layout) => Promise<SendResult>;
  readonly copies: LocalCopies;
  /** The person chose the other version; it replaces what is being edited. */
  readonly onTheirs: (theirs: DraftView) => void;
}

export interface Autosave {
  readonly state: () => SaveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Tells that the layout changed. Sent once nothing changed for a while. */
  readonly changed: (layout: Layout) => void;
  /** Sends what is unsent now. True when everything is on the server afterwards. */
  readonly flush: () => Promise<boolean>;
  /** Shows a conflict found on opening: unsent edits of last time, and a newer version on the server. */
  readonly conflictOnOpen: (mine: Layout, theirs: DraftView) => void;
  readonly resolve: (choice: "mine" | "theirs") => void;
  /** Writes unsent edits to this browser at once; for a page that is being left. */
  readonly keepCopy: () => void;
}

const DEBOUNCE_MS = 600;
const COPY_MS = 200;
const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** Keeps the server's draft in step with what is edited here. One request at a time; nothing is ever overwritten blindly. */
export function createAutosave({ rev, layout, send, copies, onTheirs }: AutosaveOptions): Autosave {
  let savedRev = rev;
  let saved = layout;
  let current = layout;
  let state: SaveState = { kind: "saved", rev };
  let attempts = 0;
  let flight: Promise<void> | null = null;
  let sendTimer: ReturnType<typeof setTimeout> | undefined;
  let copyTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  function become(next: SaveState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  function schedule(delayMs: number): void {
    clearTimeout(sendTimer);
    sendTimer = setTimeout(() => void push(), delayMs);
  }

  function keepCopy(): void {
    clearTimeout(copyTimer);
    copyTimer = undefined;
    if (current !== saved) copies.write({ baseRev: savedRev, layout: current });
  }

  /** Starts a request, or joins the one that is under way. */
  function push(): Promise<void> {
    clearTimeout(sendTimer);
    flight ??= attempt().finally(() => {
      flight = null;
    });
    return flight;
  }

  async function attempt(): Promise<void> {
    if (current === saved || state.kind === "conflict") return;
    const sending = current;
    become({ kind: "saving" });
    settle(sending, await send(savedRev, sending));
  }

  function settle(sent: Layout, result: SendResult): void {
    if (result.kind === "saved") {
      attempts = 0;
      savedRev = result.rev;
      saved = sent;
      if (current === saved) {
        clearTimeout(copyTimer);
        copies.clear();
        become({ kind: "saved", rev: savedRev });
      } else {
        become({ kind: "waiting" });
        schedule(DEBOUNCE_MS);
      }
      return;
    }
    keepCopy();
    if (result.kind === "conflict" && layoutToJson(result.theirs.layout) === layoutToJson(sent)) {
      // Our own save whose answer was lost, or two people who did the same.
      settle(sent, { kind: "saved", rev: result.theirs.rev });
      return;
    }
    if (result.kind === "conflict") {
      become({ kind: "conflict", theirs: result.theirs });
      return;
    }
    become(result.offline ? { kind: "offline" } : { kind: "failed", message: result.message, retrying: result.retry });
    if (result.retry) {
      schedule(BACK_OFF_MS[Math.min(attempts, BACK_OFF_MS.length - 1)] ?? 30_000);
      attempts += 1;
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed(next) {
      if (next === current) return;
      current = next;
      copyTimer ??= setTimeout(keepCopy, COPY_MS);
      if (state.kind === "conflict") return;
      if (flight) return;
      if (current === saved) {
        clearTimeout(sendTimer);
        clearTimeout(copyTimer);
        copyTimer = undefined;
        copies.clear();
        become({ kind: "saved", rev: savedRev });
        return;
      }
      if (state.kind === "saved" || state.kind === "waiting") become({ kind: "waiting" });
      schedule(DEBOUNCE_MS);
    },
    async flush() {
      if (flight) await flight;
      if (current !== saved && state.kind !== "conflict") await push();
      return current === saved;
    },
    conflictOnOpen(mine, theirs) {
      current = mine;
      become({ kind: "conflict", theirs });
    },
    resolve(choice) {
      if (state.kind !== "conflict") return;
      const { theirs } = state;
      savedRev = theirs.rev;
      saved = theirs.layout;
      attempts = 0;
      if (choice === "theirs") {
        current = theirs.layout;
        copies.clear();
        become({ kind: "saved", rev: savedRev });
        onTheirs(theirs);
        return;
      }
      become({ kind: "waiting" });
      void push();
    },
    keepCopy,
  };
}
