import type { Page } from "@playwright/test";
import { putDraft } from "../draft-api";
import { createLayout } from "../fixtures";
import { openStage } from "../own-browser";
import { type Figure, percentile, printFigures } from "./figures";
import { largeLayout } from "./large";

/** The Board at 6, 1,000 and 4,094 VNets: time per frame while panning, elements in the page, time from key to picture. */
const SIZES = [
  { vnets: 6, zones: 1 },
  { vnets: 1000, zones: 16 },
  { vnets: 4094, zones: 64 },
];
const FRAMES = 90;

const stage = await openStage();
const context = await stage.open({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
await page.goto("/");
for (const { vnets, zones } of SIZES) {
  const path = await createLayout(page, `${vnets} VNets`);
  await putDraft(page, path, largeLayout(vnets, zones, 3));
  await page.goto(path);
  await page.getByRole("treegrid").waitFor();
  await page.getByRole("button", { name: /problem|warning|error/i }).waitFor();
  printFigures(`Board with ${vnets} VNets`, await measure(page));
}
await stage.close();

async function measure(on: Page): Promise<Figure[]> {
  const figures: Figure[] = [];
  const add = (name: string, value: number, unit: string, limit?: number) =>
    figures.push({ name, value, unit, ...(limit === undefined ? {} : { limit }) });

  const near = await pan(on);
  add("pan, near: p50", percentile(near, 0.5), "ms");
  add("pan, near: p95", percentile(near, 0.95), "ms", 20);
  add("elements, near", await elements(on), "", 5000);
  add("edit, near: median from key to picture", await edit(on), "ms");

  // What follows an edit, judging and saving, is no part of panning.
  await on.getByText(/^Saved · draft/).waitFor();
  await on.getByRole("treegrid").focus();
  await on.keyboard.press("f");
  await settled(on);
  const far = await pan(on);
  add("pan, everything in sight: p50", percentile(far, 0.5), "ms");
  add("pan, everything in sight: p95", percentile(far, 0.95), "ms", 20);
  add("elements, everything in sight", await elements(on), "", 5000);
  return figures;
}

/** Frame times while the wheel moves the Board to and fro. */
async function pan(on: Page): Promise<number[]> {
  await on.mouse.move(500, 500);
  await on.evaluate((frames) => {
    const times: number[] = [];
    Reflect.set(window, "frameTimes", times);
    let last = performance.now();
    const tick = (now: number) => {
      times.push(now - last);
      last = now;
      if (times.length < frames) requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }, FRAMES);
  let step = 0;
  while ((await on.evaluate(() => Reflect.get(window, "frameTimes").length)) < FRAMES) {
    await on.mouse.wheel(step % 40 < 20 ? 12 : -12, step % 40 < 20 ? 30 : -30);
    step += 1;
  }
  const times: number[] = await on.evaluate(() => Reflect.get(window, "frameTimes"));
  // The first frames belong to what was before.
  return times.slice(5);
}

function elements(on: Page): Promise<number> {
  return on.evaluate(() => document.querySelectorAll("*").length);
}

/** Two frames in a row without a change of the number of elements. */
async function settled(on: Page): Promise<void> {
  let before = -1;
  let now = await elements(on);
  while (now !== before) {
    before = now;
    await on.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    now = await elements(on);
  }
}

/** Renames a VNet on the Board a few times: milliseconds from the Enter key to the frame that shows the new id. */
async function edit(on: Page): Promise<number> {
  const times: number[] = [];
  await on.getByRole("treegrid").focus();
  await on.keyboard.press("Home");
  await on.keyboard.press("ArrowDown");
  for (let round = 0; round < 5; round += 1) {
    await on.keyboard.press("F2");
    await on.locator("[data-cursor] input:focus").waitFor();
    await on.keyboard.type(`edit${round}`);
    await on.evaluate((id) => {
      const shown = new Promise<number>((done) => {
        addEventListener(
          "keydown",
          () => {
            const began = performance.now();
            const look = () => {
              const drawn = [...document.querySelectorAll("[data-cursor]")].some((row) =>
                row.textContent?.includes(id),
              );
              if (drawn && !document.querySelector("[data-cursor] input")) done(performance.now() - began);
              else requestAnimationFrame(look);
            };
            requestAnimationFrame(look);
          },
          { capture: true, once: true },
        );
      });
      Reflect.set(window, "editShown", shown);
    }, `edit${round}`);
    await on.keyboard.press("Enter");
    times.push(await on.evaluate(() => Reflect.get(window, "editShown")));
  }
  return percentile(times, 0.5);
}
