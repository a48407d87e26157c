import type { CDPSession, Page } from "@playwright/test";
import { putDraft } from "../draft-api";
import { createLayout } from "../fixtures";
import { openStage } from "../own-browser";
import { type Figure, percentile, printFigures } from "./figures";
import { largeLayout } from "./large";

/**
 * Working on a large layout for a while: how long until an edit is painted, what is moved by itself, what fitting
 * everything takes, and how much memory 500 edits leave behind. The same edits of six VNets are the baseline: what is
 * above it is the layout's size.
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
const before = await heap(cdp);
await editTimes(EDITS - 60);
for (let step = 0; step < EDITS; step += 1) await page.keyboard.press("Control+z");
const after = await heap(cdp);
// Last: from far away the rows are one canvas, in which nothing can be looked for.
const fit = await fitTimes(5);

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
    const took = await field.evaluate(
      (input, wanted) =>
        new Promise<number>((done) => {
          const began = performance.now();
          input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
          const look = () => {
            if (document.querySelector("[data-cursor]")?.textContent?.includes(wanted)) done(performance.now() - began);
            else requestAnimationFrame(look);
          };
          requestAnimationFrame(look);
        }),
      alias,
    );
    times.push(took);
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
