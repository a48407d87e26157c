import { chromium } from "playwright";
import { BUDGETS, firstLoadBytes } from "../first-load";
import { becomeOwner } from "../fixtures";
import { launch } from "../trunkline";
import { browserOptions, createLayoutOf } from "./app";
import { largeLayout } from "./large";

/** First-load JavaScript per route, in kB after gzip, beside its budget. */
const trunkline = await launch();
const browser = await chromium.launch(browserOptions());
let over = 0;
try {
  const page = await browser.newPage({ baseURL: trunkline.url });
  const row = async (name: string, address: string, budget: number) => {
    const kB = (await firstLoadBytes(page, address)) / 1000;
    if (kB > budget) over += 1;
    console.log(
      `${name.padEnd(14)} ${kB.toFixed(1).padStart(7)} kB   budget ${budget} kB${kB > budget ? "  OVER" : ""}`,
    );
  };
  await row("sign-in", "/sign-in", BUDGETS.signIn);
  await becomeOwner(page, trunkline.setupLink ?? "");
  const layout = await createLayoutOf(page, largeLayout(6, 1, 3));
  for (const list of ["/templates", "/layouts", "/runs", "/clusters", "/people"]) await row(list, list, BUDGETS.lists);
  await row("designer", `/layouts/${layout}`, BUDGETS.designer);
} finally {
  await browser.close();
  await trunkline.stop();
}
process.exitCode = over > 0 ? 1 : 0;
