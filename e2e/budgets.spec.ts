import { largeLayout } from "./bench/large";
import { putDraft } from "./draft-api";
import { BUDGETS, firstLoadBytes } from "./first-load";
import { createLayout, expect, test } from "./fixtures";

const kB = (bytes: number): number => bytes / 1000;

test("no page sends more JavaScript than its budget", async ({ page, browser, trunkline }) => {
  const stranger = await browser.newContext({ baseURL: trunkline.url, storageState: { cookies: [], origins: [] } });
  expect(kB(await firstLoadBytes(await stranger.newPage(), "/sign-in")), "sign-in").toBeLessThanOrEqual(BUDGETS.signIn);
  await stranger.close();
  for (const list of ["/layouts", "/templates", "/runs", "/clusters", "/people", "/drift"]) {
    expect(kB(await firstLoadBytes(page, list)), list).toBeLessThanOrEqual(BUDGETS.lists);
  }
  const designer = await createLayout(page, "Budget");
  expect(kB(await firstLoadBytes(page, designer)), "designer").toBeLessThanOrEqual(BUDGETS.designer);
});

test("the Board stays below 5,000 elements at every zoom with 4,094 VNets", async ({ page }) => {
  const elements = () => page.evaluate(() => document.getElementsByTagName("*").length);
  for (const zones of [64, 1]) {
    const address = await createLayout(page, `Large, ${zones}`);
    await putDraft(page, address, largeLayout(4094, zones, 16));
    await page.goto(address);
    const grid = page.getByRole("treegrid");
    await grid.focus();
    // Opens the first zone: one zone of 4,094 rows starts closed.
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("PageDown");
    expect(await elements(), `${zones} zones, near`).toBeLessThanOrEqual(5000);
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press("-");
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
      expect(await elements(), `${zones} zones, ${step + 1} steps out`).toBeLessThanOrEqual(5000);
    }
    await page.keyboard.press("f");
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    expect(await elements(), `${zones} zones, everything`).toBeLessThanOrEqual(5000);
  }
});
