import type { Page } from "@playwright/test";
import { putDraft } from "../draft-api";
import { createLayout } from "../fixtures";
import { openStage } from "../own-browser";
import { percentile, printFigures } from "./figures";

/** A thousand rows pasted into the Table of an empty zone: until each is judged, and until they are in the layout. */
const ROWS = 1000;
const ROUNDS = 5;

const stage = await openStage();
const page = await (await stage.open({ viewport: { width: 1440, height: 900 } })).newPage();
await page.goto("/");
const path = await createLayout(page, "Pasted");
await putDraft(page, path, {
  version: 1,
  name: "Pasted",
  zones: [{ id: "corp", type: "vlan", bridge: "vmbr0" }],
  vnets: [{ id: "first", zone: "corp", tag: 4000 }],
  subnets: [],
});
await page.goto(`${path}?view=table`);
await page.getByRole("grid").waitFor();

const lines = Array.from(
  { length: ROWS },
  (_, at) => `${at + 100}\tv${at + 100}\t10.${(at + 100) >> 8}.${(at + 100) & 255}.0/24`,
);
const text = ["tag\tid\tsubnet", ...lines].join("\n");
const [previews, commits]: [number[], number[]] = [[], []];
for (let round = 0; round < ROUNDS; round += 1) {
  await page.getByRole("button", { name: "Paste rows" }).click();
  const dialog = page.getByRole("dialog", { name: "Paste rows" });
  await dialog.getByRole("textbox", { name: "Rows" }).waitFor();
  previews.push(
    await timed(page, () => dialog.getByRole("textbox", { name: "Rows" }).fill(text), `${ROWS} rows: ${ROWS} added`),
  );
  commits.push(
    await timed(
      page,
      () => dialog.getByRole("button", { name: `Add ${ROWS} rows` }).click(),
      `${(ROWS + 1).toLocaleString("en")} rows`,
    ),
  );
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("1 rows", { exact: true }).waitFor();
}
printFigures("Table, 1,000 rows pasted", [
  { name: "until every row is judged, median", value: percentile(previews, 0.5), unit: "ms", limit: 500 },
  { name: "until they are in the layout and drawn, median", value: percentile(commits, 0.5), unit: "ms", limit: 200 },
]);
await stage.close();

/** Milliseconds, in the page's own clock, from the first event of an act to the frame in which a text is there. */
async function timed(on: Page, act: () => Promise<unknown>, shown: string): Promise<number> {
  await on.evaluate((wanted) => {
    const done = new Promise<number>((resolve) => {
      const begin = () => {
        const began = performance.now();
        const look = () => {
          const there = [...document.querySelectorAll("p")].some((each) => each.textContent === wanted);
          if (there) resolve(performance.now() - began);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      };
      for (const name of ["input", "click"]) addEventListener(name, begin, { capture: true, once: true });
    });
    Reflect.set(window, "shownAfter", done);
  }, shown);
  await act();
  return on.evaluate(() => Reflect.get(window, "shownAfter"));
}
