import type { Locator, Page } from "@playwright/test";
import { createLayout, expect, expectRunState, test } from "./fixtures";

const quickAdd = (page: Page, zone: string) => page.getByRole("textbox", { name: `New VNet in ${zone}` });

/** The document as the server has it, once the header says that everything is saved. */
async function savedLayout(page: Page) {
  await expect(page.getByText(/^Saved · draft \d+$/)).toBeVisible();
  const draft = await page.request.get(`/api/v1${new URL(page.url()).pathname}/draft`);
  return (await draft.json()).layout;
}

test("a layout is drawn with the mouse, planned and applied", async ({ page }) => {
  await createLayout(page, "Drawn by mouse");
  await page.getByRole("button", { name: "Add zone" }).click();
  const dialog = page.getByRole("dialog", { name: "Add a zone" });
  await dialog.getByRole("textbox", { name: "ID", exact: true }).fill("mouse");
  await dialog.getByRole("button", { name: "Add zone" }).click();

  await quickAdd(page, "mouse").pressSequentially("2030 mvoip 10.230.0.0/24");
  await quickAdd(page, "mouse").press("Enter");
  await quickAdd(page, "mouse").fill('2031 mcams 10.231.0.0/24 gw .254 "Cameras"');
  await quickAdd(page, "mouse").press("Enter");
  await quickAdd(page, "mouse").press("Escape");

  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await page.getByText("mvoip", { exact: true }).first().click();
  await expect(inspector.getByRole("heading", { name: /mvoip/ })).toBeVisible();
  await inspector.getByLabel(/^Alias/).fill("Telephones");
  await inspector.getByLabel(/^Alias/).press("Enter");

  // Undo takes the alias back, redo brings it again.
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(inspector.getByLabel(/^Alias/)).toHaveValue("");
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(inspector.getByLabel(/^Alias/)).toHaveValue("Telephones");

  const layout = await savedLayout(page);
  expect(layout.vnets).toMatchObject([
    { id: "mvoip", zone: "mouse", tag: 2030, alias: "Telephones" },
    { id: "mcams", zone: "mouse", tag: 2031, alias: "Cameras" },
  ]);
  expect(layout.subnets).toMatchObject([
    { vnet: "mvoip", cidr: "10.230.0.0/24", gateway: "10.230.0.1" },
    { vnet: "mcams", cidr: "10.231.0.0/24", gateway: "10.231.0.254" },
  ]);
  // A reload shows what was saved.
  await page.reload();
  await expect(page.getByText("mcams", { exact: true }).first()).toBeVisible();

  await page.getByRole("button", { name: "Review plan" }).click();
  await page.waitForURL(/\/plans\//);
  await expect(page.getByText("mvoip").first()).toBeVisible();
  await page.getByLabel("Reason").fill("Telephones move in");
  await page.getByRole("button", { name: "Apply to demo" }).click();
  await page.waitForURL(/\/runs\//);
  await expectRunState(page, "Applied");
  await expect(page.getByText("Telephones move in")).toBeVisible();
});

test("the same with the keyboard alone", async ({ page }) => {
  let pointer = 0;
  await page.exposeFunction("countPointer", () => {
    pointer += 1;
  });
  await page.addInitScript(() => addEventListener("pointerdown", () => Reflect.get(window, "countPointer")(), true));
  const { keyboard } = page;

  await page.goto("/layouts");
  await tabTo(page, page.getByRole("button", { name: "New layout" }).first());
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "New layout" })).toBeVisible();
  await keyboard.type("Drawn by keyboard");
  await keyboard.press("Enter");
  await page.waitForURL(/\/layouts\/[0-9a-f-]{36}$/);

  await tabTo(page, page.getByRole("button", { name: "Add zone" }));
  await keyboard.press("Enter");
  await tabTo(page, page.getByRole("dialog").getByRole("textbox", { name: "ID", exact: true }));
  await keyboard.type("keys");
  await keyboard.press("Enter");

  // The new zone asks for its first VNet by itself; Enter adds and asks for the next.
  await expect(quickAdd(page, "keys")).toBeFocused();
  await keyboard.type("2040 kvoip 10.240.0.0/24");
  await keyboard.press("Enter");
  await expect(quickAdd(page, "keys")).not.toHaveValue(/kvoip/);
  await quickAdd(page, "keys").selectText();
  await keyboard.type("2041 kcams 10.241.0.0/24");
  await keyboard.press("Enter");
  await keyboard.press("Escape");

  const grid = page.getByRole("treegrid", { name: "Zones and VNets of Drawn by keyboard" });
  await expect(grid).toBeFocused();
  await keyboard.press("Home");
  await keyboard.press("ArrowDown");
  await expect(page.getByRole("row", { selected: true })).toContainText("VLAN 2040, kvoip");
  await keyboard.press("F2");
  await keyboard.type("kphone");
  await keyboard.press("Enter");
  await expect(page.getByRole("row", { selected: true })).toContainText("kphone");

  await keyboard.press("ArrowDown");
  await keyboard.press("Delete");
  // Its subnet goes along, so the designer asks.
  const question = page.getByRole("dialog", { name: "Delete VNet kcams?" });
  await tabTo(page, question.getByRole("button", { name: "Delete VNet" }));
  await keyboard.press("Enter");
  await expect(question).toHaveCount(0);
  await expect(page.getByRole("row", { name: /kcams/ })).toHaveCount(0);
  await keyboard.press("Control+z");
  await expect(page.getByRole("row", { name: /kcams/ })).toHaveCount(1);

  const layout = await savedLayout(page);
  expect(layout.vnets.map((vnet: { id: string }) => vnet.id)).toEqual(["kphone", "kcams"]);

  await tabTo(page, grid);
  await keyboard.press("p");
  await page.waitForURL(/\/plans\//);
  await tabTo(page, page.getByRole("button", { name: "Apply to demo" }));
  await keyboard.press("Enter");
  await page.waitForURL(/\/runs\//);
  await expectRunState(page, "Applied");
  expect(pointer).toBe(0);
});

/** Presses Tab until the thing has the focus, as a person without a mouse does. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${target}.`);
}
