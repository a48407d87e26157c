/** How long a failed part is left alone while the network seems to be there, and how often it is tried again then. */
const AGAIN_MS = 3000;
const TRIES = 20;

/**
 * Fetches a part of a page, and waits where it cannot be had: a part that comes late is better than a page that stops
 * working because somebody is offline, or the server is being restarted, while it is edited. What is gone for good fails
 * in the end.
 */
export function patiently<T>(load: () => Promise<T>): () => Promise<T> {
  return async () => {
    for (let tries = 1; ; tries += navigatorOnline() ? 1 : 0) {
      try {
        return await load();
      } catch (cause) {
        if (typeof window === "undefined" || tries >= TRIES) throw cause;
      }
      await networkOrPause();
    }
  };
}

const navigatorOnline = (): boolean => typeof navigator === "undefined" || navigator.onLine !== false;

/** Until the browser says that the network is back, or a moment later: it does not always say so. */
function networkOrPause(): Promise<void> {
  return new Promise((resolve) => {
    const stop = new AbortController();
    const end = () => {
      clearTimeout(timer);
      stop.abort();
      resolve();
    };
    const timer = setTimeout(end, AGAIN_MS);
    window.addEventListener("online", end, { signal: stop.signal });
  });
}
