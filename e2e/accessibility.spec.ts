import type { Page } from "@playwright/test";
import { axeFaults, axeFaultsInBothThemes } from "./axe";
import { largeLayout } from "./bench/large";
import { BROKEN } from "./broken-layouts";
import { putDraft } from "./draft-api";
import { createLayout, deployTemplate, expect, test } from "./fixtures";

// Every page and state is looked through in both themes, which takes minutes where the machine is slow.
test.describe.configure({ timeout: 600_000 });

test("the check itself sees a seeded fault", async ({ page }) => {
  await page.setContent(
    '<html lang="en"><head><title>Seeded</title></head><body><main><h1>Seeded</h1><button></button><p style="color:#bbb">Pale</p></main></body></html>',
  );
  const faults = await axeFaults(page);
  expect(faults.some((fault) => fault.startsWith("button-name"))).toBe(true);
  expect(faults.some((fault) => fault.startsWith("color-contrast"))).toBe(true);
});

test("what axe leaves open is measured, or is a fault", async ({ page }) => {
  const over = (colour: string, ground: string) =>
    `<div style="position:relative;background:${ground}"><p style="color:${colour}">Words</p><i style="position:absolute;inset:0"></i></div>`;
  await page.setContent(
    `<html lang="en"><head><title>Seeded</title></head><body><main><h1>Seeded</h1>${over("#000", "#fff")}${over("#bbb", "#fff")}
      <p style="background:linear-gradient(#000, #fff)">Over a picture</p></main></body></html>`,
  );
  const faults = await axeFaults(page);
  expect(faults).toHaveLength(2);
  expect(faults).toEqual([expect.stringMatching(/^contrast of 1\.9/), expect.stringMatching(/cannot be measured/)]);
});

test("no page behind the sign-in has a fault in either theme", async ({ page }) => {
  const run = await anyRun(page);
  const { planId, layoutId } = await (await page.request.get(`/api/v1${run}`)).json();
  const layout = await createLayout(page, "Looked at");
  await page.goto("/clusters");
  const cluster = await page.getByRole("link", { name: "demo" }).getAttribute("href");
  const paths = [
    "/layouts",
    "/templates",
    "/templates/homelab-six-vlans",
    "/runs",
    "/clusters",
    "/clusters/new",
    "/drift",
    "/help",
    "/help/guide/failures/refused",
    "/people",
    "/account",
    layout,
    `/layouts/${layoutId}`,
    `/drift/${layoutId}`,
    `/plans/${planId}`,
    run,
    String(cluster),
    "/nowhere",
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    await expect(page.getByRole("heading", { name: "Not found" }), path).toHaveCount(0);
    expect(await axeFaultsInBothThemes(page), path).toEqual([]);
  }
});

test("neither has sign-in or the one-time link", async ({ browser, trunkline }) => {
  const context = await browser.newContext({ baseURL: trunkline.url });
  const page = await context.newPage();
  for (const path of ["/sign-in", "/setup?token=wrong"]) {
    await page.goto(path);
    await expect(page.getByRole("main")).toBeVisible();
    expect(await axeFaultsInBothThemes(page), path).toEqual([]);
  }
  await context.close();
});

test("no state of the designer has a fault in either theme: empty, full of errors, large, and under its dialogs", async ({
  page,
}) => {
  const address = await createLayout(page, "In every state");
  const views = ["board", "table", "addresses", "topology", "code"];
  const look = async (what: string) => {
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    expect(await axeFaultsInBothThemes(page), what).toEqual([]);
  };
  const show = async (view: string) => {
    await page.keyboard.press(String(views.indexOf(view) + 1));
    await expect(page.locator(`section[data-view="${view}"]`)).toBeVisible();
  };

  for (const view of views) {
    await show(view);
    await look(`empty ${view}`);
  }

  const broken = BROKEN[0];
  if (!broken) throw new Error("There is a broken layout");
  await putDraft(page, address, broken.layout);
  await page.goto(address);
  await expect(page.getByRole("button", { name: /\d+ errors/ })).toBeVisible();
  for (const view of views) {
    await show(view);
    await look(`errors in ${view}`);
  }
  await show("board");
  await page.getByRole("button", { name: "Templates", exact: true }).click();
  await look("the shelf");
  for (const [key, name] of DIALOGS) {
    await page.locator("[data-key^='vnet/']").first().click();
    await page.keyboard.press(key);
    await expect(page.getByRole("dialog", { name })).toBeVisible();
    await look(String(name));
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toHaveCount(0);
  }
  await page.keyboard.press("Control+a");
  await expect(page.getByRole("heading", { name: /\d+ selected/ })).toBeVisible();
  await look("many selected");

  await putDraft(page, address, { ...largeLayout(1000, 8, 4), name: "In every state" });
  for (const view of ["board", "table", "addresses"]) {
    await page.goto(`${address}?view=${view}`);
    await expect(page.getByText("zone1").first()).toBeVisible();
    await look(`1,000 VNets in ${view}`);
  }
});

/** A key of the Board and the dialog it opens. */
const DIALOGS: readonly (readonly [key: string, dialog: RegExp])[] = [
  ["Shift+N", /^Add a zone/],
  ["Shift+I", /^Insert a template/],
  ["Shift+T", /^Save as a template/],
  ["s", /^Add a subnet/],
  ["m", /to another zone$/],
  ["h", /^Edits/],
  ["e", /^Problems/],
  ["?", /^Keys of the designer/],
  ["Control+k", /./],
];

/** The newest run of the shared Trunkline, or a first one. */
async function anyRun(page: Page): Promise<string> {
  await page.goto("/runs");
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const links = page.getByRole("link", { name: /^Run \d+$/ });
  return (await links.count()) > 0 ? String(await links.first().getAttribute("href")) : deployTemplate(page, "Basic");
}
