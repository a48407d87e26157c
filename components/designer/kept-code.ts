import { layoutToJson } from "@/lib/core/layout/serialise";
import type { CodeDraft } from "./designer-state";
import type { DesignerStore } from "./designer-store";
import { isLayout, isRecord } from "./local-copies";

/** A layout of 4,094 VNets is a megabyte to be kept; that is not done with every key. */
const PAUSE_MS = 300;

/**
 * Keeps a text that is being edited in this browser until it is accepted or discarded: when it rests, and when the page is
 * left. Gives back how to stop, which keeps it once more.
 */
export function keepCode(
  store: DesignerStore,
  layoutId: string,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): () => void {
  const name = `trunkline:code:${layoutId}`;
  const kept = read(storage, name);
  const { layout, code: open, locked, actions } = store.getState();
  if (kept && open === null && locked === null) {
    // The layout that was kept is another object; as the same one it says that nothing changed since.
    const same = layoutToJson(kept.base) === layoutToJson(layout);
    actions.setCode(same ? { ...kept, base: layout } : kept);
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting = false;
  function keep() {
    clearTimeout(timer);
    if (!waiting) return;
    waiting = false;
    const { code } = store.getState();
    try {
      if (code === null) storage.removeItem(name);
      else storage.setItem(name, JSON.stringify(code));
    } catch {
      // A full or forbidden storage: the text then lasts as long as the page.
    }
  }
  const stop = store.subscribe(({ code }, before) => {
    if (code === before.code) return;
    waiting = true;
    clearTimeout(timer);
    // What was accepted or discarded must not come back, however soon the page goes.
    if (code === null) keep();
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

function read(storage: Pick<Storage, "getItem">, name: string): CodeDraft | null {
  try {
    const value: unknown = JSON.parse(storage.getItem(name) ?? "null");
    if (!isRecord(value) || typeof value["text"] !== "string" || !isLayout(value["base"])) return null;
    return { format: value["format"] === "json" ? "json" : "yaml", text: value["text"], base: value["base"] };
  } catch {
    return null;
  }
}
