import * as z from "zod/mini";
import { type Layout, layoutSchema } from "@/lib/core/layout/model";

/** Edits that the server does not have yet, and the revision they were made on. */
export interface LocalCopy {
  readonly baseRev: number;
  readonly layout: Layout;
}

export interface LocalCopies {
  readonly read: () => LocalCopy | null;
  readonly write: (copy: LocalCopy) => void;
  /** Forgets the copy, unless another tab wrote it. */
  readonly clear: () => void;
}

const copySchema = z.object({ baseRev: z.number(), layout: layoutSchema });

/**
 * Unsent edits of one layout in this browser's storage, as one line with the writer's mark and one with the copy.
 * A full or forbidden storage is no reason to stop editing: every method then does nothing.
 */
export function localCopies(
  layoutId: string,
  storage: Pick<Storage, "getItem" | "setItem" | "removeItem">,
): LocalCopies {
  const key = `trunkline:draft:${layoutId}`;
  const writer = Math.random().toString(36).slice(2);
  let readFrom = writer;

  return {
    read: () =>
      attempt(() => {
        const text = storage.getItem(key);
        if (text === null) return null;
        const end = text.indexOf("\n");
        const copy = copySchema.safeParse(JSON.parse(text.slice(end + 1)));
        if (!copy.success) return null;
        readFrom = text.slice(0, end);
        return copy.data;
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
