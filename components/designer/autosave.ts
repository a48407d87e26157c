import type { MergeConflict } from "@/lib/core/layout/merge";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { DraftView } from "@/lib/server/views";
import type { LocalCopies } from "./local-copies";
import type { Merging } from "./merging";

export type SaveState =
  | { readonly kind: "saved"; readonly rev: number }
  /** Edits are here and will be sent in a moment. */
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "failed"; readonly message: string; readonly retrying: boolean }
  | { readonly kind: "offline" }
  /** Somebody else changed the same fields meanwhile; nothing is sent until the person chose. */
  | { readonly kind: "conflict"; readonly theirs: DraftView; readonly conflicts: readonly MergeConflict[] };

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
  /** Joins their version with what is being edited here and gives the result; `base` is what both began with. */
  readonly join: (base: Layout, theirs: DraftView, merging: Merging) => Layout;
  /** What joins two versions, once it is there. */
  readonly merging: Promise<Merging>;
  /** This browser cannot keep unsent edits; told once. */
  readonly onNotKept: () => void;
  /** Takes what the person chose into what is being edited. */
  readonly onChosen: (layout: Layout) => void;
}

export interface Autosave {
  readonly state: () => SaveState;
  readonly subscribe: (listener: () => void) => () => void;
  /** Tells that the layout changed. Sent once nothing changed for a while. */
  readonly changed: (layout: Layout) => void;
  /** Sends what is unsent now. True when everything is on the server afterwards. */
  readonly flush: () => Promise<boolean>;
  /** Takes up unsent edits of last time, made on `base`, when the server has moved on since. */
  readonly takeUp: (base: Layout, mine: Layout, theirs: DraftView) => void;
  /** Whether the server has a newer revision than is known here. */
  readonly isBehind: (rev: number) => boolean;
  /** Somebody else's version, seen without saving; joined with what is unsent here. */
  readonly incoming: (theirs: DraftView) => Promise<void>;
  /** The fields (by their place in the list of conflicts) in which theirs is taken; in all others mine. */
  readonly resolve: (theirs: ReadonlySet<number>) => Promise<void>;
  /** Writes unsent edits to this browser at once; for a page that is being left. */
  readonly keepCopy: () => void;
}

const DEBOUNCE_MS = 600;
const COPY_MS = 200;
const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15_000, 30_000];

/** A copy of the largest layouts takes a frame to write, so it waits for one that is free, though not for long. */
function whenIdle(act: () => void): void {
  if (typeof requestIdleCallback === "undefined") act();
  else requestIdleCallback(act, { timeout: COPY_MS });
}

/** Keeps the server's draft in step with what is edited here. One request at a time; nothing is ever overwritten blindly. */
export function createAutosave({
  rev,
  layout,
  send,
  copies,
  join,
  merging,
  onChosen,
  onNotKept,
}: AutosaveOptions): Autosave {
  let savedRev = rev;
  let saved = layout;
  let current = layout;
  let state = { kind: "saved", rev } as SaveState;
  let attempts = 0;
  let warned = false;
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
    if (current === saved || copies.write({ baseRev: savedRev, base: saved, layout: current }) || warned) return;
    warned = true;
    onNotKept();
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
    await settle(sending, await send(savedRev, sending));
  }

  async function settle(sent: Layout, result: SendResult): Promise<void> {
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
      await settle(sent, { kind: "saved", rev: result.theirs.rev });
      return;
    }
    if (result.kind === "conflict") {
      meet(result.theirs, await merging);
      return;
    }
    become(result.offline ? { kind: "offline" } : { kind: "failed", message: result.message, retrying: result.retry });
    if (result.retry) {
      schedule(BACK_OFF_MS[Math.min(attempts, BACK_OFF_MS.length - 1)] ?? 30_000);
      attempts += 1;
    }
  }

  /** Joins their version with ours; where both changed a field the person is asked, and ours stays on the screen. */
  function meet(theirs: DraftView, tools: Merging): void {
    const { conflicts } = tools.mergeLayouts(saved, current, theirs.layout);
    if (conflicts.length > 0) {
      become({ kind: "conflict", theirs, conflicts });
      return;
    }
    const joined = join(saved, theirs, tools);
    saved = theirs.layout;
    savedRev = theirs.rev;
    current = joined;
    attempts = 0;
    settleCopy();
  }

  /** After `saved` or `current` moved: nothing to send, or something. */
  function settleCopy(): void {
    if (current === saved || layoutToJson(current) === layoutToJson(saved)) {
      saved = current;
      clearTimeout(copyTimer);
      copyTimer = undefined;
      copies.clear();
      become({ kind: "saved", rev: savedRev });
      return;
    }
    keepCopy();
    become({ kind: "waiting" });
    schedule(DEBOUNCE_MS);
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
      copyTimer ??= setTimeout(() => whenIdle(keepCopy), COPY_MS);
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
    takeUp(base, mine, theirs) {
      saved = base;
      current = mine;
      void merging.then((tools) => meet(theirs, tools));
    },
    isBehind: (rev) => rev > savedRev && flight === null && state.kind !== "conflict",
    async incoming(theirs) {
      const tools = await merging;
      if (!flight && theirs.rev > savedRev && state.kind !== "conflict") meet(theirs, tools);
    },
    async resolve(chosen) {
      const tools = await merging;
      if (state.kind !== "conflict") return;
      const { theirs, conflicts } = state;
      // Edits go on while the question stands, so the answer is given to what is there now.
      const joined = join(saved, theirs, tools);
      const picked = conflicts.filter((_, index) => chosen.has(index));
      current = picked.reduce(tools.takeTheirs, joined);
      if (current !== joined) onChosen(current);
      saved = theirs.layout;
      savedRev = theirs.rev;
      attempts = 0;
      settleCopy();
      if (current !== saved) void push();
    },
    keepCopy,
  };
}
