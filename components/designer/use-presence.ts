"use client";

import { useEffect } from "react";
import type { DraftView, PresenceView } from "@/lib/server/views";
import type { Designer } from "./designer-context";

/** How often others are asked for while the page is looked at, and while it is not. */
const LOOK_MS = 3000;
const AWAY_MS = 30_000;

/**
 * Tells the server what is selected here, shows who else is here, and takes what others save as soon as it is there.
 * A server that does not answer is no news: saving says so itself.
 */
export function usePresence({ store, autosave }: Designer, layoutId: string): void {
  useEffect(() => {
    const tab = crypto.randomUUID?.() ?? String(Math.random()).slice(2).padEnd(8, "0");
    const url = `/api/v1/layouts/${encodeURIComponent(layoutId)}`;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let looking = false;
    const stop = new AbortController();
    const { signal } = stop;

    async function exchange(): Promise<void> {
      const { cursor, actions } = store.getState();
      const seen = await answerOf<PresenceView>(`${url}/presence`, { tab, cursor, field: fieldWithKeyboard() });
      if (!seen || signal.aborted) return;
      actions.setOthers(seen.others);
      if (!autosave.isBehind(seen.rev)) return;
      const draft = await answerOf<DraftView>(`${url}/draft`, null);
      if (draft && !signal.aborted) await autosave.incoming(draft);
    }

    async function look(): Promise<void> {
      // Coming back to the page while an answer is on its way starts no second round.
      if (looking) return;
      looking = true;
      clearTimeout(timer);
      await exchange();
      looking = false;
      if (!signal.aborted) timer = setTimeout(look, document.visibilityState === "visible" ? LOOK_MS : AWAY_MS);
    }
    void look();

    document.addEventListener("visibilitychange", () => void look(), { signal });
    // Somebody who begins to edit a field is seen at once, not with the next round.
    document.addEventListener("focusin", () => void (fieldWithKeyboard() !== null && look()), { signal });
    const leave = () => {
      const body = new Blob([JSON.stringify({ tab, cursor: null, leaving: true })], { type: "application/json" });
      navigator.sendBeacon(`${url}/presence`, body);
    };
    window.addEventListener("pagehide", leave, { signal });
    return () => {
      clearTimeout(timer);
      stop.abort();
      leave();
    };
  }, [store, autosave, layoutId]);
}

/** The property whose field in the inspector is being edited, or null. */
const fieldWithKeyboard = (): string | null =>
  document.activeElement?.closest<HTMLElement>("[data-inspector] [data-field]")?.dataset["field"] ?? null;

/** The answer of our own server, or null when there is none. A body makes it a POST. */
async function answerOf<T>(url: string, body: object | null): Promise<T | null> {
  const request = body && {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
  const response = await fetch(url, request ?? {}).catch(() => null);
  return response?.ok ? ((await response.json().catch(() => null)) as T | null) : null;
}
