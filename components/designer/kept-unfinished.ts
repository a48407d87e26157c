import { layoutToJson } from "@/lib/core/layout/serialise";
import type { CodeDraft, DesignerState } from "./designer-state";
import type { DesignerStore } from "./designer-store";
import type { FieldPlace, KeptText } from "./kept-text";
import { isLayout, isRecord } from "./local-copies";

type BrowserStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** Something that is written and not taken yet. */
interface Part<T> {
  readonly name: string;
  /** Another object each time it changes. */
  readonly of: (state: DesignerState) => T;
  /** What is kept of it; null where there is nothing. */
  readonly kept: (part: T) => unknown;
  /** Takes up what was kept, if this browser wrote it in this form. */
  readonly takeUp: (store: DesignerStore, kept: unknown) => void;
}

const code: Part<CodeDraft | null> = {
  name: "code",
  of: (state) => state.code,
  kept: (part) => part,
  takeUp(store, kept) {
    const { layout, code: open, actions } = store.getState();
    if (open || !isRecord(kept) || typeof kept["text"] !== "string" || !isLayout(kept["base"])) return;
    // The layout that was kept is another object; as the same one it says that nothing changed since.
    const base = layoutToJson(kept["base"]) === layoutToJson(layout) ? layout : kept["base"];
    actions.setCode({ format: kept["format"] === "json" ? "json" : "yaml", text: kept["text"], base });
  },
};

const isText = (value: unknown): value is FieldPlace & KeptText =>
  isRecord(value) && ["of", "field", "label", "text", "reason"].every((name) => typeof value[name] === "string");

const texts: Part<DesignerState["texts"]> = {
  name: "texts",
  of: (state) => state.texts,
  kept: (part) => (part.size === 0 ? null : [...part.values()]),
  takeUp(store, kept) {
    const { keepText } = store.getState().actions;
    for (const text of Array.isArray(kept) ? kept.filter(isText) : []) keepText(text, text);
  },
};

/** A layout of 4,094 VNets is a megabyte to be kept; that is not done with every key. */
const PAUSE_MS = 300;

/**
 * Keeps the text of the code view and those that wait in fields in this browser until they are accepted or discarded: when
 * they rest, and when the page is left. Gives back how to stop, which keeps them once more.
 */
export function keepUnfinished(store: DesignerStore, layoutId: string, storage: BrowserStorage): () => void {
  const stops = [keepPart(store, code, layoutId, storage), keepPart(store, texts, layoutId, storage)];
  return () => {
    for (const stop of stops) stop();
  };
}

function keepPart<T>(store: DesignerStore, part: Part<T>, layoutId: string, storage: BrowserStorage): () => void {
  const name = `trunkline:${part.name}:${layoutId}`;
  if (store.getState().locked === null) part.takeUp(store, read(storage, name));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  function keep() {
    clearTimeout(timer);
    if (!waiting) return;
    waiting = false;
    const kept = part.kept(part.of(store.getState()));
    try {
      if (kept === null) storage.removeItem(name);
      else storage.setItem(name, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage: it then lasts as long as the page.
    }
  }
  const stop = store.subscribe((now, before) => {
    if (part.of(now) === part.of(before)) return;
    waiting = true;
    clearTimeout(timer);
    // What was accepted or discarded must not come back, however soon the page goes.
    if (part.kept(part.of(now)) === null) keep();
    else timer = setTimeout(keep, PAUSE_MS);
  });
  const page = typeof window === "undefined" ? null : window;
  page?.addEventListener("pagehide", keep);
  return () => {
    stop();
    page?.removeEventListener("pagehide", keep);
    keep();
  };
}

function read(storage: BrowserStorage, name: string): unknown {
  try {
    return JSON.parse(storage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}
