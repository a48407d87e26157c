import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

const SITE: Layout = {
  version: 1,
  name: "Site",
  zones: [
    { id: "tzone", type: "vlan", bridge: "vmbr0", nodes: ["pve1"] },
    { id: "tother", type: "simple" },
  ],
  vnets: [
    { id: "tphones", zone: "tzone", tag: 3130, alias: "Phones" },
    { id: "tdesks", zone: "tzone", tag: 3140 },
    { id: "tlab", zone: "tother" },
  ],
  subnets: [
    { vnet: "tphones", cidr: "10.213.0.0/24", gateway: "10.213.0.1" },
    { vnet: "tdesks", cidr: "10.213.1.0/24", gateway: "10.213.1.1" },
  ],
};

async function openSite(page: Page, name: string): Promise<string> {
  const address = await createLayout(page, name);
  await putDraft(page, address, { ...SITE, name });
  await page.goto(`${address}?at=zone/tzone`);
  await expect(page.getByRole("treegrid")).toBeVisible();
  return address;
}

const draftOf = async (page: Page, address: string): Promise<Layout> =>
  (await (await page.request.get(`/api/v1${address}/draft`)).json()).layout;

test("a selection becomes a template that asks for its numbers, and gives them back where nothing is chosen", async ({
  page,
}) => {
  await openSite(page, "To be kept");
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("Shift+T");
  const save = page.getByRole("dialog", { name: "Save as a template" });
  await save.getByLabel("Title").fill("Phones and desks");
  for (const label of ["Nodes", "Bridge", "First VLAN tag", "Address block"]) {
    await expect(save.getByRole("checkbox", { name: label })).toBeChecked();
  }
  await expect(save.getByText("10.213.0.0/23")).toBeVisible();
  await save.getByRole("checkbox", { name: "Bridge" }).uncheck();
  await save.getByRole("button", { name: "Save template" }).click();
  await expect(save).toBeHidden();

  await page.goto("/templates");
  const card = page.getByRole("listitem").filter({ has: page.getByRole("link", { name: "Phones and desks" }) });
  await expect(card.locator("svg").first()).toContainText("tphones");
  await card.getByRole("link").click();
  await expect(page.getByLabel("First VLAN tag")).toHaveValue("3130");
  await expect(page.getByLabel("Address block")).toHaveValue("10.213.0.0/23");
  await expect(page.getByRole("checkbox", { name: "pve1" })).toBeChecked();
  await expect(page.getByText("Bridge", { exact: true })).toHaveCount(0);

  // The preview follows what is chosen, and what cannot be is said at its field.
  await page.getByLabel("First VLAN tag").fill("4090");
  await expect(page.getByText(/Give a whole number from 1 to 4084/)).toBeVisible();
  await page.getByLabel("First VLAN tag").fill("3130");
  await page.getByLabel("Name of the layout").fill("Kept and used");
  await page.getByRole("button", { name: /^(Deploy|Review plan)$/ }).click();
  await page.waitForURL(/\/(runs|plans)\/[0-9a-f-]{36}$/);
  const { layouts } = await (await page.request.get("/api/v1/layouts")).json().then((all) => ({ layouts: all }));
  const { id } = layouts.find(({ name }: { name: string }) => name === "Kept and used");
  const used = await draftOf(page, `/layouts/${id}`);
  const { zones, vnets, subnets } = SITE;
  expect(used).toMatchObject({ zones: zones.slice(0, 1), vnets: vnets.slice(0, 2), subnets });

  // It is deleted where it is looked at; what was made from it stays.
  await page.goto("/templates");
  await page.getByRole("link", { name: "Phones and desks" }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete template" }).click();
  await expect(page).toHaveURL(/\/templates$/);
  await expect(page.getByRole("link", { name: "Phones and desks" })).toHaveCount(0);
  expect(await draftOf(page, `/layouts/${id}`)).toEqual(used);
});

test("a template is carried from the shelf to its place among the zones; a press opens the same as a dialog", async ({
  page,
}) => {
  const address = await openSite(page, "Dropped on");
  await page.getByRole("button", { name: "Templates", exact: true }).click();
  const shelf = page.getByRole("region", { name: "Templates" });
  const card = shelf.getByRole("button", { name: "Static addresses only" });
  await card.hover();
  await page.mouse.down();
  const zone = await page.locator('[data-zone="tother"]').first().boundingBox();
  if (!zone) throw new Error("Zone tother is not on the Board");
  await page.mouse.move(zone.x + 200, zone.y + 20, { steps: 4 });
  await page.mouse.move(zone.x + 200, zone.y + 6);
  await expect(page.getByText("Insert Static addresses only below tzone")).toBeVisible();
  await page.mouse.up();
  await expect
    .poll(async () => (await draftOf(page, address)).zones.map(({ id }) => id))
    .toEqual(["tzone", "statzone", "tother"]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(async () => (await draftOf(page, address)).zones).toHaveLength(2);

  await card.click();
  const dialog = page.getByRole("dialog", { name: "Insert a template" });
  await expect(dialog.getByRole("combobox")).toContainText("Static addresses only");
  await dialog.getByRole("button", { name: "Insert" }).click();
  await expect.poll(async () => (await draftOf(page, address)).zones.map(({ id }) => id)).toContain("statzone");
});
