import fs from "node:fs";
import type { Page } from "@playwright/test";
import { parseLayoutText } from "@/lib/exchange/layout-text";
import { largeLayout } from "./bench/large";
import { putDraft } from "./draft-api";
import { createLayout, expect, test } from "./fixtures";

/** Chooses a line of the export menu and gives the file that the browser keeps. */
async function exported(page: Page, what: string): Promise<{ name: string; bytes: Buffer }> {
  await page.getByRole("button", { name: "Export" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("menuitem", { name: what, exact: true }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: fs.readFileSync(await download.path()) };
}

/** Width and height of a PNG, from its header. */
const sizeOf = (png: Buffer) => ({ width: png.readUInt32BE(16), height: png.readUInt32BE(20) });

test("every line of the export menu gives a file with the whole layout in it", async ({ page, browser }) => {
  const address = await createLayout(page, "Out of here");
  const layout = { ...largeLayout(12, 2, 2), name: "Out of here" };
  await putDraft(page, address, layout);
  await page.goto(address);
  await expect(page.getByRole("treegrid")).toBeVisible();

  const yaml = await exported(page, "YAML");
  expect(yaml.name).toBe("Out-of-here.yaml");
  expect(parseLayoutText(yaml.bytes.toString("utf8"))).toMatchObject({ ok: true, value: layout });
  expect(JSON.parse((await exported(page, "JSON")).bytes.toString("utf8"))).toEqual(layout);

  const csv = (await exported(page, "CSV")).bytes.toString("utf8").trim().split(/\r?\n/);
  expect(csv).toHaveLength(13);
  expect(csv[0]).toMatch(/^zone,type,bridge,nodes,vnet,tag,/);
  const markdown = (await exported(page, "Markdown")).bytes.toString("utf8");
  for (const { cidr } of layout.subnets) expect(markdown).toContain(cidr);

  const svg = await exported(page, "SVG");
  const text = svg.bytes.toString("utf8");
  for (const { id } of layout.vnets) expect(text).toContain(`>${id}<`);
  const png = await exported(page, "PNG");
  const size = sizeOf(png.bytes);

  // The picture stands alone: it asks nobody for anything, and takes the colours of whoever looks at it.
  const grounds: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    const alone = await browser.newContext({ colorScheme, storageState: { cookies: [], origins: [] } });
    const viewer = await alone.newPage();
    const asked: string[] = [];
    viewer.on("request", ({ url }) => asked.push(url()));
    await viewer.goto(`data:image/svg+xml;base64,${svg.bytes.toString("base64")}`);
    grounds.push(
      await viewer
        .locator("rect")
        .first()
        .evaluate((ground) => getComputedStyle(ground).fill),
    );
    expect(asked.filter((url) => !url.startsWith("data:"))).toEqual([]);
    const shown = await viewer
      .locator("svg")
      .first()
      .evaluate((root) => root.getBoundingClientRect());
    expect(size).toEqual({ width: Math.round(shown.width) * 2, height: Math.round(shown.height) * 2 });
    await alone.close();
  }
  expect(grounds).toEqual(["rgb(247, 248, 250)", "rgb(14, 17, 22)"]);
});

test("a Board of 1,000 VNets becomes one PNG that can be read, one of 4,094 says why not", async ({ page }) => {
  const address = await createLayout(page, "Tall");
  await putDraft(page, address, { ...largeLayout(1000, 8, 4), name: "Tall" });
  await page.goto(address);
  await expect(page.getByRole("treegrid")).toBeVisible();
  const { bytes } = await exported(page, "PNG");
  expect(sizeOf(bytes).height).toBeGreaterThan(20_000);
  // The browser reads it back: the last strip is there and not empty.
  const colours = await page.evaluate(async (base64) => {
    const png = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([png], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, 200);
    const pen = canvas.getContext("2d");
    pen?.drawImage(bitmap, 0, 200 - bitmap.height);
    const data = pen?.getImageData(0, 0, canvas.width, 200).data ?? [];
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) seen.add((data[at] ?? 0) * 65_536 + (data[at + 1] ?? 0) * 256);
    return seen.size;
  }, bytes.toString("base64"));
  expect(colours).toBeGreaterThan(5);

  await putDraft(page, address, { ...largeLayout(4094, 8, 4), name: "Tall" });
  await page.reload();
  await expect(page.getByRole("treegrid")).toBeVisible();
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "PNG", exact: true }).click();
  await expect(page.getByText("So many VNets are too tall for a PNG; take the SVG.").first()).toBeAttached();
});
