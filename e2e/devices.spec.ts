import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

const SMALL: Layout = {
  version: 1,
  name: "Small",
  zones: [
    { id: "dcorp", type: "vlan", bridge: "vmbr0" },
    { id: "dlab", type: "simple" },
  ],
  vnets: [
    { id: "dvoip", zone: "dcorp", tag: 2730 },
    { id: "ddesks", zone: "dcorp", tag: 2740 },
  ],
  subnets: [{ vnet: "dvoip", cidr: "10.227.0.0/24", gateway: "10.227.0.1" }],
};
const VIEWS = ["Board", "Table", "Addresses", "Topology", "Code"];
const PAGES = ["/layouts", "/templates", "/templates/basic", "/runs", "/drift", "/clusters", "/people", "/help"];

async function openSmall(page: Page, name: string): Promise<string> {
  const address = await createLayout(page, name);
  await putDraft(page, address, { ...SMALL, name });
  await page.goto(address);
  return address;
}

const draftOf = async (page: Page): Promise<Layout> =>
  (await (await page.request.get(`/api/v1${new URL(page.url()).pathname}/draft`)).json()).layout;

/** What a finger cannot hit, by name: less than `least` pixels high or wide, and no link within a text. */
const tooSmall = (page: Page, least: number): Promise<string[]> =>
  page.evaluate((pixels) => {
    const controls = [...document.querySelectorAll("button, input, select, textarea, [role=menuitem], [role=tab]")];
    return controls.flatMap((control) => {
      // The label of a control is pressed as well.
      const label = control.closest("label") ?? (control instanceof HTMLButtonElement ? control.labels[0] : null);
      const boxes = [control, label].flatMap((each) => each?.getBoundingClientRect() ?? []);
      const width = Math.max(...boxes.map((box) => box.width));
      const height = Math.max(...boxes.map((box) => box.height));
      const seen = width > 0 && height > 0 && getComputedStyle(control).visibility !== "hidden" && width > 1;
      const name = control.getAttribute("aria-label") ?? control.textContent ?? control.tagName;
      return seen && Math.min(width, height) < pixels - 0.5 ? [`${name}: ${width} × ${height}`] : [];
    });
  }, least);

const widthToSpare = (page: Page): Promise<number> =>
  page.evaluate(() => innerWidth - document.documentElement.scrollWidth);

test.describe("on a phone, with a finger", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a VNet is added, looked at in a sheet and given a tag; no page is wider than the screen", async ({ page }) => {
    await openSmall(page, "By finger");
    await page.getByRole("button", { name: "Add VNet to dcorp" }).tap();
    await page.getByRole("textbox", { name: /^New VNet in dcorp/ }).fill("2750 dcams 10.228.0.0/24");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.locator('[data-key="vnet/dcams"]').tap();
    const sheet = page.getByRole("complementary", { name: "Inspector" });
    await expect(sheet.getByRole("heading", { name: "VNet dcams" })).toBeVisible();
    await sheet.getByLabel("VLAN tag").fill("2760");
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await draftOf(page)).vnets.find(({ id }) => id === "dcams")?.tag).toBe(2760);
    expect(await widthToSpare(page)).toBe(0);
    expect(await tooSmall(page, 24)).toEqual([]);
    await sheet.getByRole("button", { name: "Close" }).first().tap();

    for (const view of VIEWS) {
      await page.getByRole("navigation", { name: "Views" }).getByRole("button", { name: view }).tap();
      await expect(page.locator(`section[data-view="${view.toLowerCase()}"]`)).toBeVisible();
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      expect(await widthToSpare(page), view).toBe(0);
      expect(await tooSmall(page, 24), view).toEqual([]);
    }
    for (const path of PAGES) {
      await page.goto(path);
      await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
      expect(await widthToSpare(page), path).toBe(0);
      expect(await tooSmall(page, 24), path).toEqual([]);
    }
  });
});

test("at 700 pixels the inspector is a sheet, and every drag has its command", async ({ page }) => {
  await page.setViewportSize({ width: 700, height: 900 });
  await openSmall(page, "At seven hundred");
  await page.locator('[data-key="vnet/dvoip"]').click();
  await expect(page.getByRole("complementary", { name: "Inspector" })).toBeVisible();
  expect(await widthToSpare(page)).toBe(0);
  await page.keyboard.press("m");
  await expect(page.getByRole("dialog", { name: /^Move/ })).toBeVisible();
  await page.keyboard.press("Escape");
});

test("who wants no motion gets none, and still reads what was done", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openSmall(page, "Without motion");
  await page.locator('[data-key="vnet/dvoip"]').click();
  await page.keyboard.press("Delete");
  const moving = await page.evaluate(() =>
    document.getAnimations().flatMap((animation) => {
      const { duration } = animation.effect?.getComputedTiming() ?? {};
      const target = (animation.effect as KeyframeEffect | null)?.target;
      return Number(duration) > 50 && !target?.classList.contains("designer-notice") ? [target?.className] : [];
    }),
  );
  expect(moving).toEqual([]);
});

test("with forced colours lanes, the selection and the focus are still seen", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openSmall(page, "Forced colours");
  await page.locator('[data-key="vnet/dvoip"]').click();
  const selected = page.locator('[data-key="vnet/dvoip"]');
  const outline = () => selected.evaluate((row) => getComputedStyle(row).outlineStyle);
  await expect.poll(outline).toBe("solid");
  // Lanes are lines of the text colour; a ground of the same colour would hide them.
  const strokes = await page
    .locator(".board-zone svg path")
    .evaluateAll((paths) => paths.map((path) => getComputedStyle(path).stroke));
  expect(strokes.length).toBeGreaterThan(0);
  expect(strokes.filter((stroke) => stroke === "none" || stroke === "rgb(255, 255, 255)")).toEqual([]);
  await page.getByRole("button", { name: "Review plan" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Shift+Tab");
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle);
  expect(ring).not.toBe("none");
});
