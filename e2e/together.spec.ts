import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { putDraft } from "./draft-api";
import { becomeOwner, createLayout, expect, OWNER, pageOf, test } from "./fixtures";
import { freePort, launch } from "./trunkline";

const SMALL: Layout = {
  version: 1,
  name: "Together",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [
    { id: "voip", zone: "corp", tag: 2330 },
    { id: "office", zone: "corp", tag: 2331 },
  ],
  subnets: [],
};

const field = (page: Page, name: RegExp) =>
  page.getByRole("complementary", { name: "Inspector" }).getByRole("textbox", { name });

async function set(page: Page, vnet: string, name: RegExp, value: string): Promise<void> {
  await page.getByText(vnet, { exact: true }).first().click();
  await field(page, name).fill(value);
  await field(page, name).press("Enter");
}

const isSaved = (page: Page) => expect(page.getByText(/^Saved · draft \d+$/)).toBeVisible();

test("two people edit: different fields join by themselves, the same field asks, and nothing is lost", async ({
  page,
  browser,
  trunkline,
}) => {
  const address = await createLayout(page, "Together");
  await putDraft(page, address, SMALL);
  await page.goto(address);
  const other = await pageOf(browser, trunkline.url, OWNER);
  await other.goto(address);
  await expect(other.getByText("voip", { exact: true }).first()).toBeVisible();

  // Each sees the other one, and what is saved there without typing anything.
  await expect(page.getByRole("list", { name: "Also here" })).toBeVisible();
  await other.getByText("voip", { exact: true }).first().click();
  await field(other, /^Alias/).focus();
  await page.getByText("voip", { exact: true }).first().click();
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByText(`${OWNER.name} also here`)).toBeVisible();
  await expect(inspector.getByText(`${OWNER.name} edits this`)).toBeVisible();
  await set(page, "voip", /^Alias/, "Phones");
  await isSaved(page);
  await other.getByText("voip", { exact: true }).first().click();
  await expect(field(other, /^Alias/)).toHaveValue("Phones");

  // Different fields at the same time, one of them while its network is gone.
  await other.context().setOffline(true);
  await set(other, "office", /^Alias/, "Desks");
  await expect(other.getByText(/Offline/)).toBeVisible();
  await set(page, "office", /^VLAN tag/, "2340");
  await isSaved(page);
  await other.context().setOffline(false);
  await isSaved(other);
  await expect(field(other, /^VLAN tag/)).toHaveValue("2340");

  // The same field: the later one is asked, and what is chosen is what both have in the end.
  await other.context().setOffline(true);
  await set(other, "voip", /^VLAN tag/, "2350");
  await set(page, "voip", /^VLAN tag/, "2360");
  await isSaved(page);
  await other.context().setOffline(false);
  const question = other.getByRole("dialog", { name: "Both of you changed one thing" });
  await expect(question).toBeVisible({ timeout: 30_000 });
  await expect(question.getByText("tag of VNet voip")).toBeVisible();
  await question.getByText("2360").click();
  await question.getByRole("button", { name: "Keep these and save" }).click();
  await isSaved(other);
  const draft = await (await page.request.get(`/api/v1${address}/draft`)).json();
  expect(draft.layout.vnets).toEqual([
    { id: "voip", zone: "corp", tag: 2360, alias: "Phones" },
    { id: "office", zone: "corp", tag: 2340, alias: "Desks" },
  ]);
  // Undo goes on after all that, and takes back only what was done here.
  await other.getByRole("button", { name: "Undo" }).click();
  await other.getByRole("button", { name: "Undo" }).click();
  await isSaved(other);
  const after = await (await page.request.get(`/api/v1${address}/draft`)).json();
  expect(after.layout.vnets[1]).toMatchObject({ tag: 2340 });
  await other.context().close();
});

const draftOf = async (page: Page, address: string): Promise<Layout> =>
  (await (await page.request.get(`/api/v1${address}/draft`)).json()).layout;

test("edits that could not be sent survive a reload of the page, and are sent when it works again", async ({
  page,
}) => {
  const address = await createLayout(page, "Reloaded");
  await putDraft(page, address, { ...SMALL, name: "Reloaded" });
  await page.goto(address);
  // Leaving with unsent edits is asked about.
  const asked = page.waitForEvent("dialog").then(async (dialog) => {
    expect(dialog.type()).toBe("beforeunload");
    await dialog.accept();
  });
  await page.route("**/draft", (route) => (route.request().method() === "PUT" ? route.abort() : route.continue()));
  await set(page, "voip", /^Alias/, "Kept");
  await expect(page.getByText(/Offline/)).toBeVisible();
  await page.reload();
  await asked;
  await page.getByText("voip", { exact: true }).first().click();
  await expect(field(page, /^Alias/)).toHaveValue("Kept");
  expect((await draftOf(page, address)).vnets[0]).not.toHaveProperty("alias");
  await page.unroute("**/draft");
  await set(page, "office", /^Alias/, "Also");
  await isSaved(page);
  expect((await draftOf(page, address)).vnets.map(({ alias }) => alias)).toEqual(["Kept", "Also"]);
});

test("two tabs of one person that are cut off keep their own edits, and both are saved", async ({ page, context }) => {
  const address = await createLayout(page, "Two tabs");
  await putDraft(page, address, { ...SMALL, name: "Two tabs" });
  await page.goto(address);
  const second = await context.newPage();
  await second.goto(address);
  // What edits a VNet is there before the network goes; the dialogs are not.
  for (const tab of [page, second]) {
    await tab.getByText("voip", { exact: true }).first().click();
    await expect(field(tab, /^Alias/)).toBeVisible();
  }
  await context.setOffline(true);
  await set(page, "voip", /^Alias/, "From the first");
  await set(second, "office", /^Alias/, "From the second");
  for (const tab of [page, second]) await expect(tab.getByText(/Offline/)).toBeVisible();
  // A part of the page that cannot be fetched takes nothing down, and is there once it can.
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("h");
  await expect(page.getByText("From the first").first()).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByRole("dialog", { name: "Edits" })).toBeVisible();
  await page.keyboard.press("Escape");
  for (const tab of [page, second]) await isSaved(tab);
  await expect
    .poll(async () => (await draftOf(page, address)).vnets.map(({ alias }) => alias))
    .toEqual(["From the first", "From the second"]);
  // Each takes back its own edit and nothing of the other.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect
    .poll(async () => (await draftOf(page, address)).vnets.map(({ alias }) => alias))
    .toEqual([undefined, "From the second"]);
});

test("a server that is restarted in the middle of an edit loses none of it", async ({ browser }) => {
  const port = await freePort();
  const first = await launch({ port });
  const context = await browser.newContext({ baseURL: first.url, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await becomeOwner(page, first.setupLink ?? "");
  const address = await createLayout(page, "Restarted");
  await putDraft(page, address, { ...SMALL, name: "Restarted" });
  await page.goto(address);
  await set(page, "voip", /^Alias/, "Before");
  await isSaved(page);
  await first.stop();
  await set(page, "office", /^Alias/, "Meanwhile");
  await expect(page.getByText(/Offline|not saved/i).first()).toBeVisible();
  const second = await launch({ port, data: first.data });
  try {
    await expect(page.getByText(/^Saved · draft \d+$/)).toBeVisible({ timeout: 60_000 });
    expect((await draftOf(page, address)).vnets.map(({ alias }) => alias)).toEqual(["Before", "Meanwhile"]);
  } finally {
    await context.close();
    await second.stop();
  }
});
