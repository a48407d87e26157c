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
  /** False when this browser could not keep it. */
  readonly write: (copy: LocalCopy) => boolean;
  /** Forgets the own copy and the one that was read; those of other tabs stay. */
  readonly clear: () => void;
}

type BrowserStorage = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const NO_STORAGE: BrowserStorage = {
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  key: () => null,
  length: 0,
};

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
 * Unsent edits of one layout in this browser's storage, one copy for each tab, so that two tabs that are cut off do not
 * take each other's place. Of several left behind one is read at a time; the next time the next one is.
 * A full or forbidden storage is no reason to stop editing.
 */
export function localCopies(layoutId: string, storage: BrowserStorage): LocalCopies {
  const prefix = `trunkline:draft:${layoutId}:`;
  const own = prefix + Math.random().toString(36).slice(2);
  let readFrom = own;

  return {
    read: () =>
      attempt(() => {
        const keys = Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? "");
        for (const key of keys.filter((each) => each.startsWith(prefix)).sort()) {
          const copy = attempt((): unknown => JSON.parse(storage.getItem(key) ?? "null"));
          if (!isCopy(copy)) continue;
          readFrom = key;
          return copy;
        }
        return null;
      }),
    write: (copy) =>
      attempt(() => {
        storage.setItem(own, textOf(copy));
        return true;
      }) ?? false,
    clear() {
      attempt(() => {
        storage.removeItem(own);
        storage.removeItem(readFrom);
      });
    },
  };
}

let lastBase: { readonly layout: Layout; readonly text: string } | null = null;

/** A copy as JSON. While somebody edits, the base stays as it is, so it is written out once. */
function textOf({ baseRev, base, layout }: LocalCopy): string {
  if (lastBase?.layout !== base) lastBase = { layout: base, text: JSON.stringify(base) };
  return `{"baseRev":${baseRev},"base":${lastBase.text},"layout":${JSON.stringify(layout)}}`;
}

/** What the browser's storage gives, or null where it throws. */
function attempt<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
