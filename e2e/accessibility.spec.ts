import type { Page } from "@playwright/test";
import { axeFaults } from "./axe";
import { createLayout, deployTemplate, expect, test } from "./fixtures";

test("the check itself sees a seeded fault", async ({ page }) => {
  await page.setContent(
    '<html lang="en"><head><title>Seeded</title></head><body><main><h1>Seeded</h1><button></button><p style="color:#bbb">Pale</p></main></body></html>',
  );
  const faults = await axeFaults(page);
  expect(faults.some((fault) => fault.startsWith("button-name"))).toBe(true);
  expect(faults.some((fault) => fault.startsWith("color-contrast"))).toBe(true);
});

for (const theme of ["light", "dark"] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.use({ colorScheme: theme });

    test("no page behind the sign-in has a fault", async ({ page }) => {
      const run = await anyRun(page);
      const { planId, layoutId } = await (await page.request.get(`/api/v1${run}`)).json();
      const layout = await createLayout(page, `Looked at ${theme}`);
      await page.goto("/clusters");
      const cluster = await page.getByRole("link", { name: "demo" }).getAttribute("href");
      const paths = [
        ...[
          "/layouts",
          "/templates",
          "/templates/homelab-six-vlans",
          "/runs",
          "/clusters",
          "/clusters/new",
          "/drift",
          "/help",
          "/help/guide/failures/refused",
        ],
        ...[
          "/people",
          "/account",
          layout,
          `/layouts/${layoutId}`,
          `/drift/${layoutId}`,
          `/plans/${planId}`,
          run,
          String(cluster),
          "/nowhere",
        ],
      ];
      for (const path of paths) {
        await page.goto(path);
        await expect(page.getByRole("main")).toBeVisible();
        await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
        expect(await axeFaults(page), path).toEqual([]);
      }
    });

    test("neither has sign-in or the one-time link", async ({ browser, trunkline }) => {
      const context = await browser.newContext({ baseURL: trunkline.url, colorScheme: theme });
      const page = await context.newPage();
      for (const path of ["/sign-in", "/setup?token=wrong"]) {
        await page.goto(path);
        await expect(page.getByRole("main")).toBeVisible();
        expect(await axeFaults(page), path).toEqual([]);
      }
      await context.close();
    });
  });
}

/** The newest run of the shared Trunkline, or a first one. */
async function anyRun(page: Page): Promise<string> {
  await page.goto("/runs");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const links = page.getByRole("link", { name: /^Run \d+$/ });
  return (await links.count()) > 0 ? String(await links.first().getAttribute("href")) : deployTemplate(page, "Basic");
}
