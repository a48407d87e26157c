import type { Page } from "@playwright/test";
import type { Layout } from "@/lib/core/layout/model";
import { axeFaults } from "./axe";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

const SMALL: Layout = {
  version: 1,
  name: "Code",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [
    { id: "voip", zone: "corp", tag: 2130, alias: "Phones" },
    { id: "office", zone: "corp", tag: 2131 },
  ],
  subnets: [{ vnet: "voip", cidr: "10.130.0.0/24", gateway: "10.130.0.1" }],
};

const text = (page: Page) => page.getByRole("textbox", { name: "Layout document" });
const steps = (page: Page) => page.getByRole("list", { name: "What accepting does" }).getByRole("listitem");

async function openCode(page: Page, name: string, query = "?with=code&at=vnet/voip"): Promise<string> {
  const address = await createLayout(page, name);
  await putDraft(page, address, SMALL);
  await page.goto(`${address}${query}`);
  // The editor is made by the page itself: where it is, it listens.
  await expect(text(page)).toBeVisible();
  return address;
}

async function saved(page: Page): Promise<Layout> {
  await expect(page.getByText(/^Saved · draft \d+$/)).toBeVisible();
  return (await (await page.request.get(`/api/v1${new URL(page.url()).pathname}/draft`)).json()).layout;
}

/** Puts the keyboard behind a word of the text, with the editor's own search. */
async function goBehind(page: Page, word: string): Promise<void> {
  await text(page).press("Control+f");
  const find = page.getByRole("textbox", { name: "Find in the text" });
  await find.press("Control+a");
  await find.pressSequentially(word);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
}

/** Puts other characters in the place of those before the keyboard, in one edit: one step of undo however slow it is typed. */
async function replaceBefore(page: Page, characters: number, by: string): Promise<void> {
  for (let step = 0; step < characters; step += 1) await page.keyboard.press("Shift+ArrowLeft");
  if (by === "") await page.keyboard.press("Backspace");
  else await page.keyboard.insertText(by);
}

test("the Code is edited with the keyboard alone: mistakes by place, what it does in words, one step of undo", async ({
  page,
}) => {
  await openCode(page, "By hand");
  await text(page).focus();
  // The mirror is a text to be read; Enter begins to edit it.
  await page.keyboard.press("Enter");
  await expect(page.getByText("No change yet")).toBeVisible();
  await goBehind(page, "tag: 2130");
  await page.keyboard.type("x");
  const mistakes = page.getByRole("list", { name: "Mistakes in the text" });
  await expect(mistakes).toContainText(/9:5.*must be a number/);
  await expect(page.getByRole("button", { name: "Accept" })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("5");
  await expect(steps(page)).toHaveText(["~Changed: VNet voip: tag 2130 → 2135"]);
  await goBehind(page, "id: office");
  await page.keyboard.press("Control+Backspace");
  await page.keyboard.type("desk");
  await expect(steps(page)).toHaveCount(2);
  await expect(steps(page).first()).toHaveText("~Renamed: VNet office is called desk");
  await expect(page.getByRole("img", { name: "Changed since the last apply" })).toHaveCount(1);
  // The same tag twice is no mistake of the text, but it is told before it is accepted.
  await goBehind(page, "tag: 2131");
  await replaceBefore(page, 1, "5");
  await expect(page.getByRole("list", { name: "What would be wrong with the layout" })).toContainText("2135");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+Enter");
  expect((await saved(page)).vnets.map(({ id, tag }) => [id, tag])).toEqual([
    ["voip", 2135],
    ["desk", 2131],
  ]);
  // The text is a mirror again, and undo is the layout's: everything that was accepted is one step.
  await page.keyboard.press("Control+z");
  expect(await saved(page)).toEqual(SMALL);
  // Tab leaves the text, in both of its states.
  await page.keyboard.press("Tab");
  await expect(text(page)).not.toBeFocused();
});

test("an edited text outlives another view and a reload, is joined with what came meanwhile, and asks before it goes", async ({
  page,
}) => {
  await openCode(page, "Kept");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await goBehind(page, "tag: 2131");
  await page.keyboard.type(" # the desks");
  await expect(page.getByText(/Comments are not kept/)).toBeVisible();
  await goBehind(page, "tag: 2130");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("9");
  await expect(steps(page)).toHaveCount(1);
  const views = page.getByRole("navigation", { name: "Views" });
  await views.getByRole("button", { name: "Table" }).click();
  await expect(text(page)).toBeHidden();
  await views.getByRole("button", { name: "Code" }).click();
  await expect(steps(page)).toHaveCount(1);
  await page.reload();
  await expect(steps(page)).toHaveText(["~Changed: VNet voip: tag 2130 → 2139"]);

  // Meanwhile the same field and another one change elsewhere.
  const inspector = page.getByRole("complementary", { name: "Inspector" });
  await inspector.getByLabel("VLAN tag").fill("2150");
  await inspector.getByLabel("VLAN tag").press("Enter");
  await inspector.getByLabel("Alias").fill("Telephones");
  await inspector.getByLabel("Alias").press("Enter");
  await expect(page.getByText("tag of VNet voip: 2139 in your text, 2150 in the layout")).toBeVisible();
  await page.getByRole("button", { name: "Take the layout’s" }).click();
  const question = page.getByRole("dialog", { name: "Write the text anew with the layout’s changes?" });
  await question.getByRole("button", { name: "Write anew" }).click();
  await expect(page.getByText("No change yet")).toBeVisible();
  await expect(text(page)).toContainText("alias: Telephones");

  await goBehind(page, "Telephones");
  await page.keyboard.type(" 2");
  await expect(steps(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Discard" }).click();
  const discard = page.getByRole("dialog", { name: "Discard the edited text?" });
  await discard.getByRole("button", { name: "Cancel" }).click();
  await expect(steps(page)).toHaveCount(1);
  await page.getByRole("button", { name: "Discard" }).click();
  await discard.getByRole("button", { name: "Discard text" }).click();
  expect((await saved(page)).vnets[0]).toMatchObject({ tag: 2150, alias: "Telephones" });
});

test("the text follows the selection, and completes what exists", async ({ page }) => {
  await openCode(page, "Followed");
  await expect(page.locator(".code-marked").first()).toContainText("id: voip");
  await text(page).getByText("10.130.0.0/24").click();
  await expect(page.getByRole("complementary", { name: "Inspector" })).toContainText("10.130.0.0/24");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await goBehind(page, "bridge: vmbr0");
  await replaceBefore(page, "vmbr0".length, "");
  await page.keyboard.press("Control+Space");
  await expect(page.getByRole("option", { name: "vmbr0" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "JSON" }).click();
  await expect(text(page)).toContainText('"bridge": "vmbr0"');
  await expect(page.getByText("No change yet")).toBeVisible();
});

test("the edited text has no fault in either theme", async ({ page }) => {
  await openCode(page, "Code seen", "?view=code&at=vnet/voip");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await goBehind(page, "tag: 2130");
  await page.keyboard.type("x # why");
  await expect(page.getByRole("list", { name: "Mistakes in the text" })).toBeVisible();
  const inBoth = async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await axeFaults(page), colorScheme).toEqual([]);
    }
  };
  await inBoth();
  for (const _ of "x # why") await page.keyboard.press("Backspace");
  await page.keyboard.type("1 # why");
  await expect(steps(page)).toHaveCount(1);
  await inBoth();
});
