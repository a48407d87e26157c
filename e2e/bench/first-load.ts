import { BUDGETS, firstLoadBytes } from "../first-load";
import { createLayout, deployTemplate } from "../fixtures";
import { openStage } from "../own-browser";
import { type Figure, printFigures } from "./figures";

/** JavaScript that the HTML of a page names, gzip, in kB. */
const stage = await openStage();
const setUp = await (await stage.open()).newPage();
const layout = await createLayout(setUp, "First load");
const run = await deployTemplate(setUp, "Basic");
const paths: [name: string, path: string, limit?: number][] = [
  ["account", "/account"],
  ["layouts", "/layouts"],
  ["designer", layout, BUDGETS.designer],
  ["templates", "/templates"],
  ["template", "/templates/homelab-six-vlans"],
  ["run", run],
  ["history", "/runs"],
  ["clusters", "/clusters"],
  ["people", "/people"],
];

const figures: Figure[] = [];
for (const [name, path, limit] of paths) {
  const bytes = await firstLoadBytes(setUp, path);
  figures.push({ name, value: bytes / 1000, unit: "kB", ...(limit === undefined ? {} : { limit }) });
}
printFigures("First-load JavaScript per page, gzip", figures);
await stage.close();
