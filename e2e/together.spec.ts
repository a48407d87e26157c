import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { putDraft } from "./draft-api";
import { createLayout, expect, OWNER, pageOf, test } from "./fixtures";

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
