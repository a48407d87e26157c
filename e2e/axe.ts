import type { Page } from "@playwright/test";
import axe, { type AxeResults, type RunOptions } from "axe-core";
import { paleTexts } from "./contrast";

const RULES: Record<"all" | "colours", NonNullable<RunOptions["runOnly"]>> = {
  all: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
  colours: { type: "rule", values: ["color-contrast"] },
};

/** What axe cannot decide and a person has: each with the reason why it is none. `where` is a selector it has to match. */
const EXPLAINED: readonly { readonly rule: string; readonly where: string; readonly why: string }[] = [
  {
    rule: "aria-hidden-focus",
    where: "body:has([role=dialog], [role=menu], [role=listbox]) *",
    why: "What lies behind an open dialog or menu is hidden, and the keyboard is kept inside of it; axe cannot see that trap. e2e/keyboard.spec.ts walks it.",
  },
  {
    rule: "target-size",
    where: "[data-view=board] [tabindex='-1']",
    why: "The picture goes on below its edge, where a button may be cut off; scrolling shows it, and the grid beside the picture does the same by keys.",
  },
];

/** Colours that still change are not those that will be read. */
const settled = (page: Page) =>
  page.evaluate(async () => {
    const running = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(running.map(({ finished }) => finished));
  });

/**
 * What axe says of the page. It runs in the page, without frames: our pages have none, and the usual wrapper asks every
 * page as if it had, at ten times the price.
 */
async function look(page: Page, rules: keyof typeof RULES): Promise<Pick<AxeResults, "violations" | "incomplete">> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (runOnly) => {
    const { axe: inPage } = window as unknown as { axe: typeof axe };
    const { violations, incomplete } = await inPage.run({ runOnly, resultTypes: ["violations", "incomplete"] });
    return { violations, incomplete };
  }, RULES[rules]);
}

/**
 * Everything axe holds against the page as it is now, one line each: rule, place, why. What it leaves open counts too,
 * unless it is explained above; a contrast that it cannot tell is measured here.
 */
export async function axeFaults(page: Page, rules: "all" | "colours" = "all"): Promise<string[]> {
  await settled(page);
  const { violations, incomplete } = await look(page, rules);
  const faults = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.failureSummary?.split("\n")[1]?.trim() ?? ""}`),
  );
  const open = incomplete.flatMap(({ id, nodes }) => nodes.map((node) => ({ id, target: node.target.join(" ") })));
  const contrasts = open.filter(({ id }) => id === "color-contrast").map(({ target }) => target);
  faults.push(...(await paleTexts(page, contrasts)));
  for (const { id, target } of open) {
    if (id === "color-contrast") continue;
    const reasons = EXPLAINED.filter(({ rule }) => rule === id).map(({ where }) => where);
    const explained = await page.evaluate(
      ([place, selectors]) => selectors.some((where) => document.querySelector(place)?.matches(where)),
      [target, reasons] as const,
    );
    if (!explained) faults.push(`${id} is left open by axe: ${target}`);
  }
  return faults;
}

/** The same in both themes, one after the other on the same page; what has no colour is asked once. */
export async function axeFaultsInBothThemes(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  const light = await axeFaults(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await axeFaults(page, "colours");
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((fault) => `dark: ${fault}`)];
}
