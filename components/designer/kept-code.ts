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
  const { layout, code: open, locked, actions } = store.getState();
  if (kept && open === null && locked === null) {
    // The layout that was kept is another object; as the same one it says that nothing changed since.
    const same = layoutToJson(kept.base) === layoutToJson(layout);
    actions.setCode(same ? { ...kept, base: layout } : kept);
  }
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
