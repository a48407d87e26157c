import type { Purpose } from "@/lib/core/plan/purpose";

/** What a plan or run was made for beside applying its layout, in a few words; null when it simply applies it. */
export function purposeWords(purpose: Purpose): string | null {
  switch (purpose.kind) {
    case "apply":
      return null;
    case "revert":
      return `Revert of run ${purpose.run}`;
    case "restore":
      return "Restore of a snapshot";
    case "put-back":
      return purpose.keys.length === 1 ? "Put back one object" : `Put back ${purpose.keys.length} objects`;
  }
}
