import { createLayout, expect, test } from "./fixtures";

test("menus, dialogs and tooltips by the keyboard: it goes on where it was", async ({ page }) => {
  await createLayout(page, "By keys");
  await page.goto("/layouts");
  const button = page.getByRole("button", { name: "Commands for By keys" });
  const tooltip = page.getByRole("tooltip");
  await page.getByRole("link", { name: "By keys" }).focus();
  await page.keyboard.press("Tab");
  await expect(button).toBeFocused();
  await expect(tooltip).toHaveText("Commands for By keys");
  await page.keyboard.press("Escape");
  await expect(tooltip).toBeHidden();

  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Duplicate" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await expect(button).toHaveAttribute("aria-expanded", "false");

  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Rename layout" });
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(button).toBeFocused();

  // A deletion asks, and Enter pressed too often does not answer.
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.getByRole("menuitem", { name: "Delete" })).toBeFocused();
  await page.keyboard.press("Enter");
  const asked = page.getByRole("dialog", { name: /^Delete/ });
  await expect(asked.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(asked).toBeHidden();
  await expect(button).toBeFocused();

  // The list is a click away as well, and a second click closes it.
  await button.click();
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeVisible();
  await button.click();
  await expect(page.getByRole("menuitem", { name: "Rename" })).toBeHidden();
});

test("a tip goes when the pointer has left it, whatever it passes over on its way", async ({ page }) => {
  await createLayout(page, "Passed over");
  await page.goto("/layouts");
  const tooltip = page.getByRole("tooltip");
  await page.getByRole("button", { name: "Commands for Passed over" }).hover();
  await expect(tooltip).toHaveText("Commands for Passed over");
  // From one thing without a tip to another and back, faster than the tip closes.
  await page.evaluate(() => {
    const pass = (element: Element | null) =>
      element?.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
    for (const element of [document.querySelector("h1"), document.querySelector("main"), document.body]) pass(element);
  });
  await expect(tooltip).toBeHidden();
});
