import type { Layout } from "@/lib/core/layout/model";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { Command, History } from "./history";
import { isRecord } from "./local-copies";

export interface KeptHistory {
  /** The steps that led to exactly this layout, or null when none are kept for it. */
  readonly read: (layout: Layout) => History | null;
  readonly write: (layout: Layout, history: History) => void;
}

const KEY = "trunkline:histories";
/** Layouts whose steps are kept, and characters for each: the storage is shared with unsent edits, which matter more. */
const LAYOUTS = 4;
const CHARACTERS = 200_000;

interface Entry extends History {
  readonly id: string;
  readonly layout: string;
}

const isPatch = (value: unknown): boolean =>
  isRecord(value) && Array.isArray(value["order"]) && isRecord(value["keys"]);

const isCommand = (value: unknown): value is Command =>
  isRecord(value) &&
  (typeof value["label"] === "string" || isRecord(value["label"])) &&
  isPatch(value["forward"]) &&
  isPatch(value["inverse"]) &&
  Array.isArray(value["renames"]);

/** Only what this browser wrote itself in this form; anything else counts as nothing. */
const isEntry = (value: unknown): value is Entry =>
  isRecord(value) &&
  typeof value["id"] === "string" &&
  typeof value["layout"] === "string" &&
  [value["done"], value["undone"]].every((list) => Array.isArray(list) && list.every(isCommand));

/**
 * Undo steps of one layout in this browser's storage, for the next time it is opened here. They only fit the layout they
 * were made on, so they are kept with its mark, and are of no use once somebody else has changed it.
 */
export function keptHistory(layoutId: string, storage: Pick<Storage, "getItem" | "setItem">): KeptHistory {
  function entries(): Entry[] {
    try {
      const stored: unknown = JSON.parse(storage.getItem(KEY) ?? "[]");
      return Array.isArray(stored) ? stored.filter(isEntry) : [];
    } catch {
      return [];
    }
  }

  return {
    read(layout) {
      const own = entries().find(({ id }) => id === layoutId);
      return own && own.layout === markOf(layout) ? { done: own.done, undone: own.undone } : null;
    },
    write(layout, history) {
      const others = entries().filter(({ id }) => id !== layoutId);
      const own = { id: layoutId, layout: markOf(layout), ...fitting(history) };
      try {
        storage.setItem(KEY, JSON.stringify([own, ...others].slice(0, LAYOUTS)));
      } catch {
        // A full or forbidden storage: undo then ends with the page, as it says nowhere else.
      }
    },
  };
}

/** The newest steps that have room. */
function fitting({ done, undone }: History): { done: Command[]; undone: Command[] } {
  let room = CHARACTERS;
  const kept = (commands: readonly Command[]): Command[] => {
    const list: Command[] = [];
    for (const command of commands.toReversed()) {
      room -= JSON.stringify(command).length;
      if (room < 0) break;
      list.unshift(command);
    }
    return list;
  };
  return { done: kept(done), undone: kept(undone) };
}

/** Length and FNV-1a of the canonical text: tells two layouts apart that are not made to be confused. */
function markOf(layout: Layout): string {
  const text = layoutToJson(layout);
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return `${text.length}.${(hash >>> 0).toString(36)}`;
}
