import { expect, test } from "@playwright/test";
import { becomeOwner, expectRunState, OWNER } from "./fixtures";
import { launch } from "./trunkline";

/** Counts what a person does with the mouse; the keyboard's own click events have no detail. */
async function countClicks(page: import("@playwright/test").Page): Promise<() => number> {
  let clicks = 0;
  await page.exposeFunction("countClick", () => {
    clicks += 1;
  });
  await page.addInitScript(() => {
    addEventListener("click", (event) => event.detail > 0 && Reflect.get(window, "countClick")(), { capture: true });
  });
  return () => clicks;
}

test("from the first start to a run in the history in at most eight clicks, and still there after a restart", async ({
  page,
}) => {
  const first = await launch();
  const clicks = await countClicks(page);

  await becomeOwner(page, first.setupLink ?? "");
  await page.getByRole("link", { name: "Homelab, six VLANs" }).click();
  await page.getByRole("button", { name: "Deploy" }).click();
  await page.waitForURL(/\/runs\/[0-9a-f-]{36}$/);
  await expectRunState(page, "Applied");
  // Nothing is left out: the simulated node is the router that the template declares.
  await expect(page.getByRole("list", { name: "Host services" })).toContainText("Serves as planned");
  await expect(page.getByRole("main")).not.toContainText("not provided");

  await page.getByRole("link", { name: "History" }).first().click();
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "Run 1", exact: true }) });
  await expect(row).toContainText("Applied");
  await expect(row).toContainText(OWNER.name);
  await row.getByRole("link", { name: "Run 1", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Run 1" })).toBeVisible();
  expect(clicks()).toBeLessThanOrEqual(8);

  // The same data folder, started again: signed in still, the run still there, and the cluster still carries it.
  await first.stop();
  const second = await launch({ data: first.data, port: Number(new URL(first.url).port) });
  expect(second.setupLink).toBeNull();
  await page.goto(`${second.url}/runs`);
  await expect(page.getByRole("link", { name: "Run 1", exact: true })).toBeVisible();
  await page.goto(`${second.url}/clusters`);
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "demo" }) });
  await expect(card.getByRole("definition").nth(2)).toHaveText("6");
  await card.getByRole("link", { name: "demo" }).click();
  const agent = page.locator("#agents").getByRole("listitem", { name: "pve1" });
  await expect(agent).toContainText("In order");
  await expect(agent).toContainText("6 VNets");
  await second.stop();
});

test("the one-time link works once", async ({ page, browser }) => {
  const trunkline = await launch();
  await becomeOwner(page, trunkline.setupLink ?? "");
  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(trunkline.setupLink ?? "");
  await expect(stranger.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await trunkline.stop();
});

test("nothing is shown without a session", async ({ page, request }) => {
  const trunkline = await launch();
  for (const path of ["/", "/layouts", "/templates", "/runs", "/clusters", "/people", "/account"]) {
    await page.goto(`${trunkline.url}${path}`);
    await expect(page, path).toHaveURL(/\/sign-in/);
  }
  for (const path of ["/api/v1/layouts", "/api/v1/runs"]) {
    expect((await request.get(`${trunkline.url}${path}`)).status(), path).toBe(401);
  }
  expect((await request.get(`${trunkline.url}/api/health`)).status()).toBe(200);
  await trunkline.stop();
});
