import { createStore } from "zustand/vanilla";
import type { MergeConflict } from "@/lib/core/layout/merge";
import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { DraftView } from "@/lib/server/views";
import { copyKeeper } from "./copy-keeper";
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
const BACK_OFF_MS = [1000, 2000, 4000, 8000, 15_000];
const LONGEST_MS = 30_000;

/** Keeps the server's draft in step with what is edited here. One request at a time; nothing is ever overwritten blindly. */
export function createAutosave(options: AutosaveOptions): Autosave {
  let saved = { rev: options.rev, layout: options.layout };
  let current = saved.layout;
  let attempts = 0;
  const { getState: state, setState, subscribe } = createStore<SaveState>(() => ({ kind: "saved", rev: saved.rev }));
  const become = (next: SaveState) => setState(next, true);
  const unsent = () => (current === saved.layout ? null : { baseRev: saved.rev, base: saved.layout, layout: current });
  const copy = copyKeeper({ ...options, unsent });
  const sender = oneAtATime(attempt);
  const isBehind = (rev: number) => rev > saved.rev && sender.flight() === null && state().kind !== "conflict";

  async function attempt(): Promise<void> {
    if (current === saved.layout || state().kind === "conflict") return;
    const sent = current;
    become({ kind: "saving" });
    const answer = await options.send(saved.rev, sent);
    if (answer.kind !== "saved") copy.keep();
    const result = ownFound(answer, sent);
    if (result.kind === "failed") return miss(result);
    if (result.kind === "conflict") return meet(result.theirs, await options.merging);
    attempts = 0;
    saved = { rev: result.rev, layout: sent };
    if (current === saved.layout) rest();
    else wait();
  }

  function miss({ message, retry, offline }: Extract<SendResult, { kind: "failed" }>): void {
    become(offline ? { kind: "offline" } : { kind: "failed", message, retrying: retry });
    if (retry) sender.startIn(BACK_OFF_MS[attempts++] ?? LONGEST_MS);
  }

  /** The server has everything. */
  function rest(): void {
    sender.cancel();
    copy.forget();
    become({ kind: "saved", rev: saved.rev });
  }

  function wait(): void {
    become({ kind: "waiting" });
    sender.startIn(DEBOUNCE_MS);
  }

  /** Joins their version with ours; where both changed a field the person is asked, and ours stays on the screen. */
  function meet(theirs: DraftView, tools: Merging): void {
    const { conflicts } = tools.mergeLayouts(saved.layout, current, theirs.layout);
    if (conflicts.length > 0) become({ kind: "conflict", theirs, conflicts });
    else goOn(theirs, options.join(saved.layout, theirs, tools));
  }

  /** Goes on with `next`, which has everything of theirs. */
  function goOn(theirs: DraftView, next: Layout): void {
    saved = { rev: theirs.rev, layout: theirs.layout };
    current = next;
    attempts = 0;
    if (current === saved.layout || layoutToJson(current) === layoutToJson(saved.layout)) {
      saved = { rev: saved.rev, layout: current };
      rest();
      return;
    }
    copy.keep();
    wait();
  }

  return {
    state,
    subscribe,
    changed(next) {
      if (next === current) return;
      current = next;
      copy.keepSoon();
      const { kind } = state();
      if (kind === "conflict" || sender.flight()) return;
      if (current === saved.layout) rest();
      else if (kind === "saved" || kind === "waiting") wait();
      else sender.startIn(DEBOUNCE_MS);
    },
    async flush() {
      if (sender.flight()) await sender.flight();
      if (current !== saved.layout && state().kind !== "conflict") await sender.start();
      return current === saved.layout;
    },
    takeUp(base, mine, theirs) {
      saved = { rev: saved.rev, layout: base };
      current = mine;
      void options.merging.then((tools) => meet(theirs, tools));
    },
    isBehind,
    async incoming(theirs) {
      const tools = await options.merging;
      if (isBehind(theirs.rev)) meet(theirs, tools);
    },
    async resolve(chosen) {
      const tools = await options.merging;
      const asked = state();
      if (asked.kind !== "conflict") return;
      // Edits go on while the question stands, so the answer is given to what is there now.
      const joined = options.join(saved.layout, asked.theirs, tools);
      current = asked.conflicts.filter((_, index) => chosen.has(index)).reduce(tools.takeTheirs, joined);
      if (current !== joined) options.onChosen(current);
      goOn(asked.theirs, current);
      if (current !== saved.layout) void sender.start();
    },
    keepCopy: copy.keep,
  };
}

/** Their version is our own save whose answer was lost, or two people did the same: then it is saved. */
function ownFound(answer: SendResult, sent: Layout): SendResult {
  const own = answer.kind === "conflict" && layoutToJson(answer.theirs.layout) === layoutToJson(sent);
  return own ? { kind: "saved", rev: answer.theirs.rev } : answer;
}

/** Does something now or in a while, and never twice at the same time: who starts it then joins what is under way. */
function oneAtATime(work: () => Promise<void>) {
  let flight: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function start(): Promise<void> {
    clearTimeout(timer);
    flight ??= work().finally(() => {
      flight = null;
    });
    return flight;
  }

  return {
    start,
    startIn(ms: number): void {
      clearTimeout(timer);
      timer = setTimeout(() => void start(), ms);
    },
    cancel: () => clearTimeout(timer),
    flight: () => flight,
  };
}
