import { createLayout, deployTemplate } from "../fixtures";
import { openStage } from "../own-browser";
import { type Figure, printFigures } from "./figures";

/** JavaScript a browser with an empty cache fetches for a page until it is loaded, as sent (gzip), in kB. */
const stage = await openStage();
const setUp = await (await stage.open()).newPage();
const layout = await createLayout(setUp, "First load");
const run = await deployTemplate(setUp, "Basic");
const paths: [name: string, path: string, limit?: number][] = [
  ["account", "/account"],
  ["layouts", "/layouts"],
  ["designer", layout, 330],
  ["templates", "/templates"],
  ["template", "/templates/homelab-six-vlans"],
  ["run", run],
  ["history", "/runs"],
  ["clusters", "/clusters"],
  ["people", "/people"],
];

const figures: Figure[] = [];
for (const [name, path, limit] of paths) {
  const context = await stage.open();
  const page = await context.newPage();
  await page.goto(path, { waitUntil: "load" });
  const bytes = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .filter((entry) => entry instanceof PerformanceResourceTiming && /[.]js([?]|$)/.test(entry.name))
      .reduce((sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0), 0),
  );
  figures.push({ name, value: bytes / 1000, unit: "kB", ...(limit === undefined ? {} : { limit }) });
  await context.close();
}
printFigures("First-load JavaScript per page, gzip", figures);
await stage.close();
