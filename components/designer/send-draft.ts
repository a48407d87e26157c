import type { Layout } from "@/lib/core/layout/model";
import type { SaveOutcome } from "@/lib/server/views";
import type { SendResult } from "./autosave";

interface ErrorBody {
  readonly error?: { readonly kind?: string; readonly message?: string };
}

/** Sends one draft. Never throws: no answer is "offline", an answer without a save says why. */
export async function sendDraft(layoutId: string, baseRev: number, layout: Layout): Promise<SendResult> {
  const response = await fetch(`/api/v1/layouts/${encodeURIComponent(layoutId)}/draft`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ baseRev, layout }),
  }).catch(() => null);
  if (!response) return { kind: "failed", message: "The server does not answer", retry: true, offline: true };
  const body: unknown = await response.json().catch(() => null);
  if (isOutcome(body)) {
    return body.saved ? { kind: "saved", rev: body.rev } : { kind: "conflict", theirs: body.conflict };
  }
  if (response.status === 401) {
    return {
      kind: "failed",
      message: "You are signed out. Sign in in another tab, then retry",
      retry: false,
      offline: false,
    };
  }
  const message = (body as ErrorBody | null)?.error?.message ?? `The server answered ${response.status}`;
  return { kind: "failed", message, retry: response.status >= 500 || response.status === 429, offline: false };
}

function isOutcome(body: unknown): body is SaveOutcome {
  return typeof body === "object" && body !== null && "saved" in body;
}
