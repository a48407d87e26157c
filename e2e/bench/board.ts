import { type Browser, chromium, type Page } from "playwright";
import type { Layout } from "@/lib/core/layout/model";
import { becomeOwner } from "../fixtures";
import { launch } from "../trunkline";
import { browserOptions, createLayoutOf } from "./app";
import { largeLayout } from "./large";

/**
 * The Board in a headless Chromium with software rendering: frame times while panning, time to show everything, time
 * from an edit to the next painted frame, and the number of DOM elements. Frame times stand beside those of an empty
 * scrolling page in the same browser, because the machine decides about both.
 */
const FRAMES = 90;
const EDITS = 15;
const LIMITS = { panP95: 20, fit: 250, editP95: 50, elements: 5000 } as const;

interface Sizes {
  readonly name: string;
  readonly layout: Layout;
}
const SIZES: readonly Sizes[] = [
  { name: "6 VNets", layout: largeLayout(6, 1, 4) },
  { name: "1,000 VNets", layout: largeLayout(1000, 8, 8) },
  { name: "4,094 VNets", layout: largeLayout(4094, 64, 16) },
  { name: "4,094 in 1 zone", layout: largeLayout(4094, 1, 16) },
];

const quantile = (values: readonly number[], q: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;
};

/** Milliseconds between frames while the wheel turns over the middle of the page. */
async function frames(page: Page): Promise<number[]> {
  await page.mouse.move(700, 500);
  await page.evaluate(() => {
    const deltas: number[] = [];
    let last = performance.now();
    const tick = (now: number) => {
      deltas.push(now - last);
      last = now;
      Reflect.set(window, "benchFrame", requestAnimationFrame(tick));
    };
    Reflect.set(window, "benchDeltas", deltas);
    requestAnimationFrame(tick);
  });
  for (let turn = 0; turn < FRAMES; turn += 1) await page.mouse.wheel(0, turn < FRAMES / 2 ? 60 : -60);
  return page.evaluate(() => {
    cancelAnimationFrame(Reflect.get(window, "benchFrame"));
    return (Reflect.get(window, "benchDeltas") as number[]).slice(2);
  });
}

/** Milliseconds from the press of a key to the frame that shows its effect. */
async function keyToPaint(page: Page, key: string): Promise<number> {
  await page.evaluate(() => {
    const took = new Promise<number>((resolve) => {
      addEventListener(
        "keydown",
        () => {
          const start = performance.now();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(performance.now() - start);
            port2.postMessage(null);
          });
        },
        { capture: true, once: true },
      );
    });
    Reflect.set(window, "benchTook", took);
  });
  await page.keyboard.press(key);
  return page.evaluate(() => Reflect.get(window, "benchTook") as Promise<number>);
}

const elements = (page: Page): Promise<number> => page.evaluate(() => document.getElementsByTagName("*").length);

async function edits(page: Page): Promise<number[]> {
  const grid = page.getByRole("treegrid");
  const times: number[] = [];
  await grid.focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  for (let edit = 0; edit < EDITS; edit += 1) {
    await page.keyboard.press("F2");
    await page.keyboard.type(`e${edit}`);
    times.push(await keyToPaint(page, "Enter"));
    await grid.focus();
  }
  return times;
}

async function baseline(browser: Browser): Promise<number> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.setContent("<main style='height: 20000px'>nothing</main>");
  const p95 = quantile(await frames(page), 0.95);
  await page.close();
  return p95;
}

const trunkline = await launch();
const browser = await chromium.launch(browserOptions());
let over = 0;
try {
  const page = await browser.newPage({ baseURL: trunkline.url, viewport: { width: 1440, height: 900 } });
  page.on("dialog", (dialog) => void dialog.accept());
  await becomeOwner(page, trunkline.setupLink ?? "");
  const empty = await baseline(browser);
  console.log(`empty page: pan p95 ${empty.toFixed(1)} ms per frame (baseline)`);
  for (const { name, layout } of SIZES) {
    const id = await createLayoutOf(page, layout);
    const start = performance.now();
    await page.goto(`/layouts/${id}`);
    await page.getByRole("treegrid").waitFor({ state: "attached" });
    const load = performance.now() - start;
    await page.locator(".react-flow__node").first().waitFor();
    const near = { pan: await frames(page), elements: await elements(page) };
    const edit = await edits(page);
    await page.keyboard.press("Escape");
    await page.getByRole("treegrid").focus();
    const fit = await keyToPaint(page, "f");
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running"));
    const far = { pan: await frames(page), elements: await elements(page) };
    const most = Math.max(near.elements, far.elements);
    const figures = [
      ["pan near p95", quantile(near.pan, 0.95), LIMITS.panP95],
      ["pan all p95", quantile(far.pan, 0.95), LIMITS.panP95],
      ["show all", fit, LIMITS.fit],
      ["edit p95", quantile(edit, 0.95), LIMITS.editP95],
    ] as const;
    const text = figures.map(([what, ms, limit]) => {
      if (ms > limit) over += 1;
      return `${what} ${ms.toFixed(1)} ms${ms > limit ? ` (limit ${limit})` : ""}`;
    });
    if (most > LIMITS.elements) over += 1;
    console.log(
      `${name.padEnd(16)} load ${load.toFixed(0)} ms, ${text.join(", ")}, ${most} elements, pan ${(quantile(near.pan, 0.95) / empty).toFixed(2)} x baseline`,
    );
  }
} finally {
  await browser.close();
  await trunkline.stop();
}
process.exitCode = over > 0 ? 1 : 0;
