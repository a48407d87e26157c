import type { DriftEntry } from "@/lib/server/memory-views";

type Where = DriftEntry["where"];

/** Heads of the two value columns: what it was, and what it is. */
export const COLUMNS: Readonly<Record<Where, { readonly was: string; readonly is: string }>> = {
  applied: { was: "Recorded", is: "Live" },
  pending: { was: "Running", is: "Edited" },
};

const WHOLE: Readonly<Record<Where, Readonly<Record<Exclude<DriftEntry["op"], "changed">, string>>>> = {
  applied: { missing: "Gone from the cluster", unexpected: "There, although the last apply removed it" },
  pending: { missing: "Its removal is pending", unexpected: "New, and pending" },
};

/** What happened to an object as a whole; null when only properties differ. */
export const wholeWords = ({ op, where }: DriftEntry): string | null => (op === "changed" ? null : WHOLE[where][op]);

/** Names one row of the list: the same object may have drifted and be edited too. */
export const rowId = ({ key, where }: DriftEntry): string => `${where} ${key}`;

/** "3 objects drifted, 1 edited", or null when there is nothing. */
export function countWords(items: readonly DriftEntry[]): string | null {
  const count = (where: Where) => items.filter((item) => item.where === where && !item.ignored).length;
  const [applied, pending] = [count("applied"), count("pending")];
  const parts = [
    ...(applied > 0 ? [`${applied} drifted`] : []),
    ...(pending > 0 ? [`${pending} edited, not applied`] : []),
  ];
  return parts.length > 0 ? parts.join(", ") : null;
}
