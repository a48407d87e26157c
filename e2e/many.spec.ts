import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

const FLOORS: Layout = {
  version: 1,
  name: "Floors",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "nat", type: "simple" },
  ],
  vnets: [
    { id: "first", zone: "corp", tag: 2310 },
    { id: "second", zone: "corp", tag: 2320 },
    { id: "third", zone: "corp", tag: 2330 },
    { id: "guests", zone: "nat" },
  ],
  subnets: [
    { vnet: "first", cidr: "10.231.0.0/24", gateway: "10.231.0.1" },
    { vnet: "second", cidr: "10.232.0.0/24" },
    { vnet: "guests", cidr: "10.239.0.0/24", gateway: "10.239.0.1" },
  ],
};

async function openFloors(page: Page, name: string, query = ""): Promise<string> {
  const address = await createLayout(page, name);
  await putDraft(page, address, { ...FLOORS, name });
  await page.goto(`${address}${query}`);
  return address;
}

/** The document as the server has it, once everything is saved. */
async function saved(page: Page): Promise<Layout> {
  await expect(page.getByText(/^Saved · draft \d+$/)).toBeVisible();
  return (await (await page.request.get(`/api/v1${new URL(page.url()).pathname}/draft`)).json()).layout;
}

const lane = (page: Page, id: string) => page.locator(`[data-key="vnet/${id}"]`).first();

test("a frame on the Board selects what it touches, and one edit serves all of them", async ({ page }) => {
  await openFloors(page, "Framed");
  await expect(page.getByRole("treegrid")).toBeVisible();
  // The nodes of the cluster make the Board wider once they are read.
  await expect(page.getByText("pve3", { exact: true }).first()).toBeVisible();
  const [from, to] = [await lane(page, "first").boundingBox(), await lane(page, "second").boundingBox()];
  if (!from || !to) throw new Error("Both lanes are on the Board");
  const before = await lane(page, "first").boundingBox();
  await page.keyboard.down("Shift");
  await page.mouse.move(from.x + from.width + 14, from.y + 6);
  await page.mouse.down();
  await page.mouse.move(from.x + 200, to.y + to.height - 6, { steps: 5 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await expect(inspector.getByRole("heading", { name: "2 selected" })).toBeVisible();
  // The plane stayed where it was.
  const after = await lane(page, "first").boundingBox();
  // To a pixel, by which a place between two of them is rounded.
  expect(Math.abs((after?.x ?? 0) - (before?.x ?? 0))).toBeLessThanOrEqual(1);
  expect(Math.abs((after?.y ?? 0) - (before?.y ?? 0))).toBeLessThanOrEqual(1);

  await inspector.getByLabel("Shift tags by").fill("2000");
  await expect(inspector.getByText("first would get tag 4310; tags go from 1 to 4094.")).toBeVisible();
  await inspector.getByLabel("Shift tags by").fill("100");
  await inspector.getByRole("button", { name: "Shift", exact: true }).click();
  await inspector.getByLabel("DHCP range").fill(".50 - .60");
  await inspector.getByLabel("DHCP range").press("Enter");
  await inspector.getByLabel("Gateway").click();
  await page.getByRole("option", { name: "Last address" }).click();
  const layout = await saved(page);
  expect(layout.vnets.map(({ tag }) => tag)).toEqual([2410, 2420, 2330, undefined]);
  expect(layout.subnets.map(({ gateway }) => gateway)).toEqual(["10.231.0.254", "10.232.0.254", "10.239.0.1"]);
  expect(layout.hostServices?.map(({ dhcp }) => dhcp?.ranges)).toEqual([
    [{ start: "10.231.0.50", end: "10.231.0.60" }],
    [{ start: "10.232.0.50", end: "10.232.0.60" }],
  ]);
  await page.getByRole("treegrid").focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press("Control+z");
  expect(await saved(page)).toMatchObject({ vnets: FLOORS.vnets, subnets: FLOORS.subnets });
});

test("a cell of the Table is pulled over the rows below it, and by the keyboard over selected rows", async ({
  page,
}) => {
  await openFloors(page, "Pulled", "?view=table&at=vnet/first");
  const grid = page.getByRole("grid");
  await grid.getByText("2310", { exact: true }).click();
  const handle = grid.locator("[data-pull]");
  const [from, to] = [await handle.boundingBox(), await grid.getByText("2330", { exact: true }).boundingBox()];
  if (!from || !to) throw new Error("The handle and the last tag are in sight");
  await page.mouse.move(from.x + 8, from.y + 8);
  await page.mouse.down();
  await page.mouse.move(to.x + 5, to.y + 5, { steps: 4 });
  await page.mouse.up();
  expect((await saved(page)).vnets.map(({ tag }) => tag)).toEqual([2310, 2311, 2312, undefined]);
  await page.getByRole("button", { name: "Undo" }).click();

  await grid.getByText("10.231.0.1", { exact: true }).click();
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Control+Shift+D");
  expect((await saved(page)).subnets[1]).toEqual({ vnet: "second", cidr: "10.232.0.0/24", gateway: "10.232.0.1" });
});

test("pasted rows bring SNAT, ranges and DNS to where their zone has them", async ({ page }) => {
  await openFloors(page, "Served", "?view=table");
  await page.getByRole("button", { name: "Paste rows" }).click();
  const paste = page.getByRole("dialog", { name: "Paste rows" });
  await paste
    .getByRole("textbox", { name: "Rows" })
    .fill(
      "zone\ttag\tid\tsubnet\tSNAT\tDHCP ranges\tDNS\tVLAN aware\ncorp\t2340\tfourth\t10.234.0.0/24\tyes\t10.234.0.9-10.234.0.19\t9.9.9.9\tx\nnat\t\tfifth\t10.235.0.0/24\tyes\t\t\t",
    );
  await paste.getByRole("button", { name: "Add 2 rows" }).click();
  const layout = await saved(page);
  expect(layout.vnets.find(({ id }) => id === "fourth")).toMatchObject({ tag: 2340, vlanaware: true });
  expect(layout.hostServices).toMatchObject([
    { vnet: "fourth", snat: true, dhcp: { ranges: [{ start: "10.234.0.9", end: "10.234.0.19" }] } },
  ]);
  expect(layout.subnets.at(-1)).toMatchObject({ vnet: "fifth", snat: true });
});
