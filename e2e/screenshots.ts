import path from "node:path";
import { createLayout, deployTemplate, expect, expectRunState } from "./fixtures";
import { openStage } from "./own-browser";

/** The pictures of README and documents, taken from a fresh Trunkline: docs/images/*.png. */
const folder = path.resolve(import.meta.dirname, "../docs/images");
const stage = await openStage();
const context = await stage.open({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
const page = await context.newPage();
const take = async (name: string) => {
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await page.mouse.move(0, 0);
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled" });
};

await deployTemplate(page, "Homelab, six VLANs");
await take("run");

await page.goto("/layouts");
await page.getByRole("link", { name: "Homelab, six VLANs" }).click();
await page.getByRole("treegrid").focus();
await page.keyboard.press("Home");
await page.keyboard.press("n");
await page.getByRole("textbox", { name: /^New VNet in/ }).fill("70 cameras 10.70.0.0/24");
await page.keyboard.press("Enter");
await page.keyboard.press("Escape");
await page.keyboard.press("f");
await expect(page.getByText(/^Saved · draft/)).toBeVisible();
await take("designer");

await page.getByRole("button", { name: "Review plan" }).click();
await page.waitForURL(/\/plans\//);
await expect(page.getByText("cameras").first()).toBeVisible();
await take("plan");
await page.getByRole("button", { name: "Apply to demo" }).click();
await page.waitForURL(/\/runs\//);
await expectRunState(page, "Applied");
await page.goto("/runs");
await expect(page.getByRole("link", { name: "Run 2", exact: true })).toBeVisible();
await take("history");

const dark = await stage.open({ viewport: { width: 1440, height: 900 }, colorScheme: "dark" });
const night = await dark.newPage();
await createLayout(night, "Empty");
await night.goto("/templates");
await expect(night.getByRole("link", { name: "Homelab, six VLANs" })).toBeVisible();
await night.screenshot({ path: path.join(folder, "templates-dark.png"), animations: "disabled" });
await stage.close();
