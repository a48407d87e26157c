import type { CDPSession, Page } from "@playwright/test";
import { putDraft } from "../draft-api";
import { createLayout } from "../fixtures";
import { openStage } from "../own-browser";
import { type Figure, percentile, printFigures } from "./figures";
import { largeLayout } from "./large";

/**
 * Working on a large layout for a while: how long until an edit is painted, how long the slowest of many presses takes,
 * what is moved by itself, what fitting everything takes, and how much memory 500 edits leave behind. The same edits of
 * six VNets are the baseline: what is above it is the layout's size.
 */
const EDITS = 500;
const MEGABYTE = 1_000_000;

const stage = await openStage();
const context = await stage.open({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
const cdp = await context.newCDPSession(page);
await cdp.send("Performance.enable");
await page.goto("/");

await open("Six", 6, 1);
const base = await editTimes(40);
await open("Most", 4094, 64);
const shift = await layoutShift(page);
const edits = await editTimes(60);
const fit = await fitTimes(5);
const before = await heap(cdp);
await editTimes(EDITS - 60);
for (let step = 0; step < EDITS; step += 1) await page.keyboard.press("Control+z");
const after = await heap(cdp);
await open("Thousand", 1000, 16);
const slowest = await session();

const ratio = percentile(edits, 0.95) / Math.max(1, percentile(base, 0.95));
const figures: Figure[] = [
  { name: "6 VNets: from Enter to picture, p95", value: percentile(base, 0.95), unit: "ms" },
  { name: "4,094 VNets: from Enter to picture, median", value: percentile(edits, 0.5), unit: "ms" },
  { name: "4,094 VNets: from Enter to picture, p95", value: percentile(edits, 0.95), unit: "ms", limit: 50 },
  { name: "the same, beside six VNets", value: ratio, unit: "×" },
  { name: "4,094 VNets: everything in sight, median", value: percentile(fit, 0.5), unit: "ms", limit: 250 },
  { name: "4,094 VNets: memory before the edits", value: before, unit: "MB" },
  { name: `4,094 VNets: memory after ${EDITS} edits, all undone`, value: after, unit: "MB", limit: 120 },
  { name: "4,094 VNets: what moved by itself (CLS)", value: shift, unit: "", limit: 0.02 },
  { name: "1,000 VNets: slowest press to its paint (INP)", value: slowest, unit: "ms", limit: 100 },
];
printFigures("Working on a large layout", figures);
await stage.close();

async function open(name: string, vnets: number, zones: number): Promise<void> {
  const path = await createLayout(page, name);
  await putDraft(page, path, largeLayout(vnets, zones, 3));
  await page.goto(`${path}?at=vnet/v1`);
  await page.getByRole("treegrid").waitFor();
  await page.getByRole("button", { name: /No problems|warning|error/ }).waitFor();
  await page.keyboard.press("]");
  await page.getByRole("complementary", { name: "Inspector" }).getByLabel("Alias").waitFor();
}

/** Changes the alias again and again: milliseconds from the Enter key to the frame after the Board shows it. */
async function editTimes(rounds: number): Promise<number[]> {
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Alias");
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const alias = `Alias ${rounds} ${round}`;
    await field.fill(alias);
    await page.evaluate((wanted) => {
      const painted = new Promise<number>((done) => {
        addEventListener(
          "keydown",
          () => {
            const began = performance.now();
            const look = () => {
              const shown = document.querySelector("[data-cursor]")?.textContent?.includes(wanted);
              if (shown) done(performance.now() - began);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      });
      Reflect.set(window, "painted", painted);
    }, alias);
    await field.press("Enter");
    times.push(await page.evaluate(() => Reflect.get(window, "painted")));
  }
  await page.getByRole("treegrid").focus();
  return times;
}

/** From the key to the second frame after it, when everything in sight has been drawn. */
async function fitTimes(rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await page.keyboard.press("z");
    await page.evaluate(() => {
      const drawn = new Promise<number>((done) => {
        addEventListener(
          "keydown",
          () => {
            const began = performance.now();
            requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
          },
          { capture: true, once: true },
        );
      });
      Reflect.set(window, "painted", drawn);
    });
    await page.keyboard.press("f");
    times.push(await page.evaluate(() => Reflect.get(window, "painted")));
  }
  return times;
}

/** What JavaScript holds once everything that can go is gone, in MB. */
async function heap(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0) / MEGABYTE;
}

/** The sum of what moved without a press since the page began. */
function layoutShift(on: Page): Promise<number> {
  return on.evaluate(
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

/** A few minutes of work in a few seconds, and the slowest press of it to its paint, as browsers tell it. */
async function session(): Promise<number> {
  await page.evaluate(() => {
    const durations: number[] = [];
    Reflect.set(window, "durations", durations);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (Reflect.get(entry, "interactionId")) durations.push(entry.duration);
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  await page.getByRole("treegrid").focus();
  for (const key of ["ArrowDown", "ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Escape", "PageDown", "Home"]) {
    for (let times = 0; times < 4; times += 1) await page.keyboard.press(key);
  }
  for (const key of ["ArrowDown", "n"]) await page.keyboard.press(key);
  await page.keyboard.type("3001 fast 10.99.0.0/24", { delay: 20 });
  for (const key of ["Enter", "Escape", "Control+z", "[", "]", "f", "2"]) await page.keyboard.press(key);
  await page.getByRole("grid").waitFor();
  for (const key of ["ArrowDown", "ArrowRight", "PageDown", "Control+End", "Control+Home"])
    await page.keyboard.press(key);
  await page.keyboard.type("renamed", { delay: 20 });
  for (const key of ["Enter", "Control+z", "1"]) await page.keyboard.press(key);
  await page.getByRole("treegrid").waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("v500", { delay: 20 });
  // Whatever was pressed last has been painted by then, and reported.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 500))));
  const durations: number[] = await page.evaluate(() => Reflect.get(window, "durations"));
  return durations.length === 0 ? 0 : Math.max(...durations);
}
