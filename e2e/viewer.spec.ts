import { createLayout, deployTemplate, expect, pageOf, test } from "./fixtures";

const VIEWER = { name: "Vera Viewer", email: "vera@example.org", password: "only looking, thanks" };

test("a viewer sees everything and can change nothing", async ({ page, browser, trunkline }) => {
  await page.goto("/people");
  await page.getByRole("button", { name: "Add person" }).click();
  const dialog = page.getByRole("dialog", { name: "Add person" });
  await dialog.getByLabel("Name").fill(VIEWER.name);
  await dialog.getByLabel("E-mail").fill(VIEWER.email);
  await dialog.getByLabel("First password").fill(VIEWER.password);
  await dialog.getByRole("combobox", { name: "Role" }).click();
  await page.getByRole("option", { name: /viewer/i }).click();
  await dialog.getByRole("button", { name: "Add person" }).click();
  await expect(dialog).toBeHidden();

  // A template of its own: what other journeys deployed would stand in the way of the same one.
  const run = await deployTemplate(page, "Small production");
  const layout = await createLayout(page, "Seen by all");

  const viewer = await pageOf(browser, trunkline.url, VIEWER);
  await viewer.goto("/layouts");
  await expect(viewer.getByRole("link", { name: "Seen by all" })).toBeVisible();
  await expect(viewer.getByRole("link", { name: "People" })).toHaveCount(0);
  await expect(viewer.getByRole("button", { name: "New layout" }).first()).toHaveAttribute("aria-disabled", "true");
  await viewer.getByRole("button", { name: "New layout" }).first().focus();
  await expect(viewer.getByRole("tooltip")).toContainText("Viewers cannot change layouts");

  await viewer.goto(run);
  await expect(viewer.getByText("Applied", { exact: true }).first()).toBeVisible();
  await viewer.goto("/templates");
  await viewer.getByRole("link", { name: "Static addresses only" }).click();
  await expect(viewer.getByRole("button", { name: "Deploy" })).toHaveAttribute("aria-disabled", "true");

  // The server refuses too, whatever the page shows.
  const draft = `/api/v1${layout}/draft`;
  const current = await (await viewer.request.get(draft)).json();
  const saved = await viewer.request.put(draft, {
    data: { baseRev: current.rev, layout: { ...current.layout, name: "Taken over" } },
    headers: { origin: trunkline.url },
  });
  expect(saved.status()).toBe(403);
  await viewer.goto("/people");
  await expect(viewer.getByText(VIEWER.email)).toHaveCount(0);
  await viewer.context().close();
});
