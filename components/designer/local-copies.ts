import type { Layout } from "@/lib/core/layout/model";

/** Edits that the server does not have yet, and the revision they were made on. */
export interface LocalCopy {
  readonly baseRev: number;
  /** What the server had at that revision: what edits of others are joined against. */
  readonly base: Layout;
  readonly layout: Layout;
}

export interface LocalCopies {
  readonly read: () => LocalCopy | null;
  readonly write: (copy: LocalCopy) => void;
  /** Forgets the copy, unless another tab wrote it. */
  readonly clear: () => void;
}

type BrowserStorage = Pick<Storage, "getItem" | "setItem" | "removeItem">;

const NO_STORAGE: BrowserStorage = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

/** This browser's storage; one that keeps nothing where there is none or it is forbidden. */
export function browserStorage(): BrowserStorage {
  try {
    return typeof window === "undefined" ? NO_STORAGE : window.localStorage;
  } catch {
    return NO_STORAGE;
  }
}

/**
 * Whether a stored value is a copy. Only as deep as showing it needs: this browser wrote it, the server reads it with the
 * whole schema before it keeps it, and the schema's library would be a third of the page's first load.
 */
function isCopy(value: unknown): value is LocalCopy {
  return isRecord(value) && Number.isInteger(value["baseRev"]) && isLayout(value["base"]) && isLayout(value["layout"]);
}

export function isLayout(layout: unknown): layout is Layout {
  if (!isRecord(layout) || layout["version"] !== 1 || typeof layout["name"] !== "string") return false;
  const listed = (key: string, names: readonly string[]): boolean => {
    const list = layout[key];
    return (
      Array.isArray(list) && list.every((item) => isRecord(item) && names.every((n) => typeof item[n] === "string"))
    );
  };
  return listed("zones", ["id", "type"]) && listed("vnets", ["id", "zone"]) && listed("subnets", ["vnet", "cidr"]);
}

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Unsent edits of one layout in this browser's storage, as one line with the writer's mark and one with the copy.
 * A full or forbidden storage is no reason to stop editing: every method then does nothing.
 */
export function localCopies(layoutId: string, storage: BrowserStorage): LocalCopies {
  const key = `trunkline:draft:${layoutId}`;
  const writer = Math.random().toString(36).slice(2);
  let readFrom = writer;

  return {
    read: () =>
      attempt(() => {
        const text = storage.getItem(key);
        if (text === null) return null;
        const end = text.indexOf("\n");
        const copy: unknown = JSON.parse(text.slice(end + 1));
        if (!isCopy(copy)) return null;
        readFrom = text.slice(0, end);
        return copy;
      }),
    write(copy) {
      attempt(() => storage.setItem(key, `${writer}\n${JSON.stringify(copy)}`));
    },
    clear() {
      attempt(() => {
        const text = storage.getItem(key);
        if (text?.startsWith(`${writer}\n`) || text?.startsWith(`${readFrom}\n`)) storage.removeItem(key);
      });
    },
  };
}

/** What the browser's storage gives, or null where it throws. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
