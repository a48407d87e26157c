import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { axeFaultsInBothThemes } from "./axe";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

const SMALL: Layout = {
  version: 1,
  name: "Views",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [
    { id: "voip", zone: "corp", tag: 2130, alias: "Phones" },
    { id: "office", zone: "corp", tag: 2131 },
  ],
  subnets: [
    { vnet: "voip", cidr: "10.130.0.0/24", gateway: "10.130.0.1" },
    { vnet: "office", cidr: "10.131.0.0/24", gateway: "10.131.0.1" },
  ],
};

/** A layout of its own with a little in it; gives its address. */
async function openLayout(page: Page, name: string, query = ""): Promise<string> {
  const address = await createLayout(page, name);
  await putDraft(page, address, { ...SMALL, name });
  await page.goto(`${address}${query}`);
  return address;
}

/** The document as the server has it, once everything is saved. */
async function saved(page: Page): Promise<Layout> {
  await expect(page.getByText(/^Saved · draft \d+$/)).toBeVisible();
  return (await (await page.request.get(`/api/v1${new URL(page.url()).pathname}/draft`)).json()).layout;
}

const table = (page: Page) => page.getByRole("grid");

test("the Table is edited with the keyboard alone, and each edit is one step", async ({ page }) => {
  await openLayout(page, "Table", "?view=table&at=vnet/voip");
  await table(page).focus();
  // From the id to the alias, over the old text.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.type("Telephones");
  await page.keyboard.press("Enter");
  await expect(table(page).getByText("Telephones")).toBeVisible();
  // What cannot become a value stays in the cell with the reason; Escape gives the old one back.
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("abc");
  await page.keyboard.press("Enter");
  await expect(page.getByText("abc is not a whole number.")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  expect((await saved(page)).vnets).toEqual(SMALL.vnets);
});

test("a range and pasted rows are judged one by one and added as one edit", async ({ page }) => {
  await openLayout(page, "Rows", "?view=table");
  await page.getByRole("button", { name: "Range" }).click();
  const range = page.getByRole("dialog", { name: "Add a range" });
  await range.getByLabel("Tags").fill("2129-2133");
  await expect(range.getByText("5 rows: 3 added, 2 left out")).toBeVisible();
  await range.getByRole("button", { name: "Add 3 VNets" }).click();
  await expect(page.getByText("5 rows", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Paste rows" }).click();
  const paste = page.getByRole("dialog", { name: "Paste rows" });
  await paste
    .getByRole("textbox", { name: "Rows" })
    .fill("VLAN\tName\tNetwork\n2200\tcams\t10.220.0.9/24\n2130\tagain\t\n2201\televators\t10.221.0.0/33");
  await expect(paste.getByText("3 rows: 1 fixed, 2 left out")).toBeVisible();
  await paste.getByRole("button", { name: "Add 1 row" }).click();
  expect((await saved(page)).subnets.at(-1)).toEqual({ vnet: "cams", cidr: "10.220.0.0/24", gateway: "10.220.0.1" });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  expect((await saved(page)).vnets).toEqual(SMALL.vnets);
});

test("the Code is edited, drawn on the Board before it is taken, and one step to undo", async ({ page }) => {
  await openLayout(page, "Code", "?with=code&at=vnet/voip");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  const text = page.getByRole("textbox", { name: "Layout document" });
  await text.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("colour: red");
  await expect(page.getByText(/colour: unknown key/).first()).toBeVisible();
  await expect(page.getByRole("button", { name: "Accept" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Shift+Home");
  await page.keyboard.type('description: "By hand"');
  const steps = page.getByRole("list", { name: "What accepting does" }).getByRole("listitem");
  await expect(steps).toHaveText([/description nothing → By hand/]);
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(
    JSON.stringify({
      ...SMALL,
      name: "Code",
      vnets: SMALL.vnets.map((vnet) => ({ ...vnet, tag: (vnet.tag ?? 0) + 10 })),
    }),
  );
  await expect(steps).toHaveText([/voip: tag 2130 → 2140/, /office: tag 2131 → 2141/]);
  await expect(page.getByRole("img", { name: "Changed since the last apply" })).toHaveCount(2);
  await page.keyboard.press("Control+Enter");
  expect((await saved(page)).vnets.map(({ tag }) => tag)).toEqual([2140, 2141]);
  await page.getByRole("button", { name: "Undo" }).click();
  expect((await saved(page)).vnets).toEqual(SMALL.vnets);
});

test("who routes a subnet is told apart on the Board by shape and in words", async ({ page }) => {
  const address = await createLayout(page, "Gateways");
  const routers = [
    ["voip", "10.132.0.0/24", { gatewayNode: "pve1", uplink: "vmbr0" }, /node pve1 is the gateway/, "route"],
    ["office", "10.133.0.0/24", { provider: "guest" }, /router guest is the gateway/, "monitor"],
    ["guests", "10.134.0.0/24", { provider: "edge" }, /outside router is the gateway/, "globe"],
    ["lab", "10.135.0.0/24", null, /whoever has that address is the gateway/, "circle-dashed"],
  ] as const;
  await putDraft(page, address, {
    ...SMALL,
    vnets: routers.map(([id], index) => ({ id, zone: "corp", tag: 2132 + index })),
    subnets: routers.map(([vnet, cidr]) => ({ vnet, cidr, gateway: cidr.replace("0/24", "1") })),
    hostServices: routers.flatMap(([vnet, cidr, service]) => (service ? [{ vnet, cidr, ...service }] : [])),
  });
  await page.goto(address);
  for (const [, cidr, , words, shape] of routers) {
    const chip = page.getByRole("button", { name: `Subnet ${cidr}` });
    await expect(chip).toHaveAccessibleName(words);
    await expect(chip.locator(`svg.lucide-${shape}`)).toHaveCount(1);
  }
});

test("free space in the Addresses becomes a subnet, which is halved and joined again", async ({ page }) => {
  await openLayout(page, "Addresses", "?view=addresses&at=vnet/office");
  await page.getByRole("button", { name: /^10\.131\.0\.0\/24 of office/ }).click();
  const detail = page.getByRole("region", { name: "Subnet 10.131.0.0/24" });
  await detail.getByRole("button", { name: "Halve" }).click();
  expect((await saved(page)).subnets.map(({ cidr }) => cidr)).toContain("10.131.0.128/25");
  await page.getByRole("button", { name: "Join with 10.131.0.128/25" }).click();
  expect((await saved(page)).subnets).toEqual(SMALL.subnets);

  await page.getByLabel("Block to look at").fill("10.130.0.0/15");
  await page.getByRole("button", { name: "Show block" }).click();
  await page
    .getByRole("button", { name: /^Free: 10\.130\.1\.0/ })
    .first()
    .click();
  const dialog = page.getByRole("dialog", { name: "Make a subnet here" });
  await expect(dialog.getByText("10.130.1.0/24")).toBeVisible();
  await dialog.getByRole("button", { name: "Add subnet" }).click();
  expect((await saved(page)).subnets.at(-1)?.cidr).toBe("10.130.1.0/24");
});

test("the Topology shows the cluster as it runs, and is walked with arrows", async ({ page }) => {
  const address = await createLayout(page, "Topology");
  await page.goto(`${address}?view=topology`);
  const node = page.getByRole("button", { name: /^pve1, / });
  await expect(node).toBeVisible();
  await node.click();
  await page.keyboard.press("ArrowRight");
  await expect(page.getByRole("button", { name: /^vmbr0/ }).first()).toBeFocused();
  await expect(page.getByRole("region", { name: "Bridge vmbr0" })).toContainText("pve1");
});

test("the palette finds by address and jumps, the filter marks, copies paste with free values", async ({ page }) => {
  await openLayout(page, "Finding");
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("Control+k");
  await page.getByRole("dialog").getByRole("combobox").fill("10.131.0.77");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("10.131.0.0/24");
  await page.getByText("voip", { exact: true }).first().click();
  await page.keyboard.press("Control+d");
  expect((await saved(page)).vnets.at(-1)).toMatchObject({ id: "voip2", tag: 2132 });
  await page.keyboard.press("/");
  await page.keyboard.type("2131");
  await expect(page.locator('[data-key="vnet/office"][data-found="true"]')).toBeVisible();
  await expect(page.locator('[data-key="vnet/voip"][data-found="false"]')).toBeVisible();
  await expect.poll(() => page.url()).toContain("find=2131");
});

test("the address of the page is what is looked at", async ({ page }) => {
  const address = await openLayout(page, "Linked", "?view=table&with=board&at=vnet/office&find=phones");
  await expect(table(page).locator('[aria-selected="true"]')).toContainText("office");
  await expect(page.getByRole("treegrid")).toBeAttached();
  await page.getByRole("button", { name: "Code", exact: true }).click();
  await expect.poll(() => page.url()).toContain("view=code");
  await page.goto(`${address}?view=nothing&at=vnet/gone`);
  await expect(page.getByRole("treegrid")).toBeAttached();
});

test("no view of a selected subnet has a fault in either theme", async ({ page }) => {
  const address = await openLayout(page, "Seen");
  for (const view of ["table", "addresses", "topology", "code"]) {
    await page.goto(`${address}?view=${view}&at=subnet/voip/10.130.0.0/24`);
    await expect(page.getByRole("region", { name: view, exact: false }).first()).toBeVisible();
    await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
    expect(await axeFaultsInBothThemes(page), view).toEqual([]);
  }
});

test("a row of free tags is one press away", async ({ page }) => {
  await openLayout(page, "Ruler");
  await page.getByRole("button", { name: "20 free in a row" }).click();
  const range = page.getByRole("dialog", { name: "Add a range" });
  await expect(range.getByLabel("Tags")).toHaveValue("2-21");
  await range.getByRole("button", { name: "Add 20 VNets" }).click();
  expect((await saved(page)).vnets).toHaveLength(22);
});
