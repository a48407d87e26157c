import { layoutToJson } from "@/lib/core/layout/serialise";
import type { CodeDraft, DesignerStore } from "./designer-store";
import { isLayout, isRecord } from "./local-copies";

/** Keeps a text that is being edited in this browser until it is accepted or discarded. Gives back how to stop. */
export function keepCode(
  store: DesignerStore,
  layoutId: string,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): () => void {
  const name = `trunkline:code:${layoutId}`;
  const kept = read(storage, name);
  if (kept && store.getState().code === null && store.getState().locked === null)
    store.getState().actions.setCode(kept);
  return store.subscribe(({ code }, before) => {
    if (code === before.code) return;
    try {
      if (code === null) storage.removeItem(name);
      else storage.setItem(name, JSON.stringify(code));
    } catch {
      // A full or forbidden storage: the text then lasts as long as the page.
    }
  });
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
