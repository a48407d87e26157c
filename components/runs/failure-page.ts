import type { FailureKind } from "@/lib/core/failure";
import type { RunState } from "@/lib/server/views";

/** The document about how a run ended: about the state where that says most, else about the failure. */
export function failurePage(state: RunState, kind: FailureKind | null): string | null {
  switch (state) {
    case "queued":
    case "running":
    case "applied":
      return null;
    case "partially-applied":
    case "interrupted":
    case "needs-attention":
      return `/help/guide/failures/${state}`;
    case "failed":
    case "blocked":
      return `/help/guide/failures/${kind ?? "blocked"}`;
  }
}
