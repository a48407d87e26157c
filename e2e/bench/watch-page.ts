import type { Page } from "@playwright/test";

/** Who waits longer for a picture waits for one that never comes. */
const LOST_MS = 10_000;

/**
 * Makes ready to time the next press of a key: milliseconds from it to the end of the frame in which an element of
 * `selector` holds `text`. Call what it gives after the press.
 */
export async function picture(page: Page, selector: string, text: string): Promise<() => Promise<number>> {
  await page.evaluate(
    ([where, wanted, lost]) => {
      const painted = new Promise<number>((done, failed) => {
        const began = (event: KeyboardEvent) => {
          const look = () => {
            const there = [...document.querySelectorAll(where)].some((each) => each.textContent?.includes(wanted));
            const since = performance.now() - event.timeStamp;
            if (!there && since > lost) failed(new Error(`"${wanted}" never appeared`));
            else if (!there) requestAnimationFrame(look);
            else {
              // Its message is taken once the frame has been drawn.
              const { port1, port2 } = new MessageChannel();
              port1.onmessage = () => done(performance.now() - event.timeStamp);
              port2.postMessage(null);
            }
          };
          requestAnimationFrame(look);
        };
        addEventListener("keydown", began, { capture: true, once: true });
      });
      painted.catch(() => {});
      Reflect.set(window, "painted", painted);
    },
    [selector, text, LOST_MS] as const,
  );
  return () => page.evaluate((): Promise<number> => Reflect.get(window, "painted"));
}

/** How long the answer to one press took, in milliseconds to the next frame, and what was pressed. */
export interface Answer {
  readonly ms: number;
  readonly press: string;
}

/** Begins to note every press of a key or button. */
export async function watchPresses(page: Page): Promise<void> {
  await page.evaluate(() => {
    const answers = new Map<number, { ms: number; press: string }>();
    const keys = new Map<number, string>();
    Reflect.set(window, "answers", answers);
    addEventListener("keydown", ({ timeStamp, key }) => keys.set(Math.round(timeStamp), key), { capture: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const id = Number(Reflect.get(entry, "interactionId"));
        if (id === 0 || (answers.get(id)?.ms ?? 0) >= entry.duration) continue;
        answers.set(id, { ms: entry.duration, press: keys.get(Math.round(entry.startTime)) ?? entry.name });
      }
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** Every press since then. The browser does not tell of those that were answered within a frame: they count 16. */
export async function pressAnswers(page: Page): Promise<Answer[]> {
  return page.evaluate(
    () =>
      new Promise<Answer[]>((done) => {
        // What the last press took is told a little after its frame.
        requestIdleCallback(() => {
          const answers: Map<number, Answer> = Reflect.get(window, "answers");
          const { interactionCount } = performance as unknown as { interactionCount: number };
          const quick = Math.max(0, interactionCount - answers.size);
          done([...answers.values(), ...Array<Answer>(quick).fill({ ms: 16, press: "" })]);
        });
      }),
  );
}

/** The sum of what moved without a press since the page began. */
export function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((done) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (Reflect.get(entry, "hadRecentInput") !== true) sum += Number(Reflect.get(entry, "value"));
          }
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
      }),
  );
}
