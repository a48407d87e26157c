import type { CDPSession } from "@playwright/test";
import { putDraft } from "../draft-api";
import { createLayout } from "../fixtures";
import { openStage } from "../own-browser";
import { type Figure, percentile, printFigures } from "./figures";
import { largeLayout } from "./large";
import { layoutShift, picture, pressAnswers, watchPresses } from "./watch-page";

/**
 * Working on a layout for a while: how long until an edit is painted and a press is answered, what moves by itself, what
 * fitting everything takes, and how much memory 500 edits leave behind. Six VNets are the baseline: what is above it is
 * the layout's size.
 */
const EDITS = 500;
const SWITCHES = 20;
/** Of each figure of an edit the median of so many rounds is told. */
const ROUNDS = 5;
const EDITS_PER_ROUND = 40;
/** How long a quick hand holds a key, and how long until it gives the next command; letters follow at once. */
const HUMAN_MS = 100;
const MEGABYTE = 1_000_000;

const stage = await openStage();
const context = await stage.open({ viewport: { width: 1440, height: 900 } });
const page = await context.newPage();
const cdp = await context.newCDPSession(page);
await cdp.send("Performance.enable");
await page.goto("/");

await work("6 VNets", 6, 1, {});
await work("1,000 VNets", 1000, 16, { INP: 100 });
await work("4,094 VNets", 4094, 64, { "edit, p95": 50 });
await remembered();
await stage.close();

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The same work on a layout of any size. */
async function work(name: string, vnets: number, zones: number, limits: Readonly<Record<string, number>>) {
  await open(name, vnets, zones);
  const shift = await layoutShift(page);
  await watchPresses(page);
  const edits: number[][] = [];
  for (let round = 0; round < ROUNDS; round += 1) edits.push(await editTimes(EDITS_PER_ROUND));
  await session();
  const answers = (await pressAnswers(page)).sort((a, b) => b.ms - a.ms);
  const fit = await fitTimes(5);
  const figures: Figure[] = [
    { name: "edit, from Enter to picture, p50", value: median(edits.map((each) => percentile(each, 0.5))), unit: "ms" },
    { name: "edit, p95", value: median(edits.map((each) => percentile(each, 0.95))), unit: "ms" },
    {
      name: "INP",
      value: percentile(
        answers.map(({ ms }) => ms),
        0.98,
      ),
      unit: "ms",
    },
    { name: "everything in sight, median", value: percentile(fit, 0.5), unit: "ms", limit: 250 },
    { name: "moved by itself (CLS)", value: shift, unit: "", limit: 0.02 },
  ];
  printFigures(
    `Working on ${name}: ${ROUNDS} rounds of ${EDITS_PER_ROUND} edits, ${answers.length} presses`,
    figures.map((figure) => {
      const limit = figure.limit ?? limits[figure.name];
      return limit === undefined ? figure : { ...figure, limit };
    }),
  );
  const slowest = answers.slice(0, 5).map(({ press, ms }) => `${press} ${ms}`);
  console.log(`  slowest presses: ${slowest.join(", ")}`);
}

async function open(name: string, vnets: number, zones: number): Promise<void> {
  const path = await createLayout(page, name);
  await putDraft(page, path, largeLayout(vnets, zones, 3));
  await page.goto(`${path}?at=vnet/v1`);
  await page.getByRole("button", { name: /No problems|warning|error/ }).waitFor();
  await page.getByRole("treegrid").focus();
  await page.keyboard.press("]");
  await page.locator('[data-key="vnet/v1"]').waitFor();
  await page.getByRole("complementary", { name: "Inspector" }).getByLabel("Tag").waitFor();
}

/** Sets the tag of the first VNet again and again. It stays the first, for no other of its zone has such a low one. */
async function editTimes(rounds: number): Promise<number[]> {
  const field = page.getByRole("complementary", { name: "Inspector" }).getByLabel("Tag");
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const tag = String(2 + (round % 2));
    await field.fill(tag);
    const painted = await picture(page, '[data-key="vnet/v1"]', tag);
    await field.press("Enter");
    times.push(await painted());
  }
  return times;
}

/** What people do in a few minutes: walk, look for something, rename, add, fold, look elsewhere, take back. */
async function session(): Promise<void> {
  const board = page.getByRole("treegrid");
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      await page.keyboard.press(key, { delay: HUMAN_MS });
      await page.waitForTimeout(HUMAN_MS);
    }
  };
  const type = (text: string) => page.keyboard.type(text, { delay: HUMAN_MS });
  await board.focus();
  await press(...Array<string>(12).fill("ArrowDown"), ...Array<string>(6).fill("ArrowUp"));
  for (const row of (await page.locator("[data-key^='vnet/']").all()).slice(0, 6)) {
    await row.click({ position: { x: 60, y: 8 }, delay: HUMAN_MS });
  }
  await board.focus();
  await press("/");
  await type("v9");
  await press("Escape");
  await board.focus();
  await press("Home", "ArrowDown", "F2");
  await page.locator("[data-cursor] input:focus").waitFor();
  await type("renamed");
  await press("Enter", "Control+z", "Control+Shift+z", "Control+z", "n");
  await page.getByRole("textbox", { name: /^New VNet in/ }).waitFor();
  await type("4001 voip 172.16.0.0/24");
  await press("Enter", "Escape");
  await board.focus();
  await press("Control+z", "[", "]", "z", "f", "]", "Control+a", "Escape");
}

/** From the key to the frame after it, when everything in sight has been drawn. */
async function fitTimes(rounds: number): Promise<number[]> {
  const times: number[] = [];
  await page.getByRole("treegrid").focus();
  for (let round = 0; round < rounds; round += 1) {
    await page.keyboard.press("Home");
    await page.keyboard.press("z");
    const painted = await picture(page, "body", "");
    await page.keyboard.press("f");
    times.push(await painted());
  }
  return times;
}

/** Memory before, after 500 edits that are all undone, and after the views were changed to and fro. */
async function remembered(): Promise<void> {
  await open("Remembered", 4094, 64);
  const before = await heap(cdp);
  await editTimes(EDITS);
  await page.getByRole("treegrid").focus();
  for (let step = 0; step < EDITS; step += 1) await page.keyboard.press("Control+z");
  await page.getByRole("button", { name: "Undo" }).and(page.locator("[aria-disabled=true], :disabled")).waitFor();
  const after = await heap(cdp);
  for (let turn = 0; turn < SWITCHES / 2; turn += 1) {
    await page.getByRole("button", { name: "Table", exact: true }).click();
    await page.getByRole("grid").waitFor();
    await page.getByRole("button", { name: "Board", exact: true }).click();
    await page.getByRole("treegrid").waitFor();
  }
  const switched = await heap(cdp);
  printFigures("Memory at 4,094 VNets", [
    { name: "before", value: before, unit: "MB" },
    { name: `after ${EDITS} edits, all undone`, value: after, unit: "MB", limit: 120 },
    {
      name: `after ${SWITCHES} changes of the view, growth`,
      value: (switched / after - 1) * 100,
      unit: "%",
      limit: 10,
    },
  ]);
}

/** What JavaScript holds once everything that can go is gone, in MB. */
async function heap(session: CDPSession): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? 0) / MEGABYTE;
}
