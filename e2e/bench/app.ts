import fs from "node:fs";
import type { LaunchOptions, Page } from "playwright";
import type { Layout } from "@/lib/core/layout/model";
import { createLayout } from "../fixtures";

/** Chromium as the benches start it. The path comes from CHROMIUM_PATH, which `npm run bench` sets. */
export function browserOptions(): LaunchOptions {
  const path = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
  return {
    ...(fs.existsSync(path) ? { executablePath: path } : {}),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  };
}

/** Makes a layout and saves `layout` as its draft; gives its id. */
export async function createLayoutOf(page: Page, layout: Layout): Promise<string> {
  const address = await createLayout(page, layout.name);
  const id = address.split("/").at(-1) ?? "";
  await page.goto("/layouts");
  const draft = await page.request.get(`/api/v1/layouts/${id}/draft`);
  const { rev } = await draft.json();
  const saved = await page.request.put(`/api/v1/layouts/${id}/draft`, {
    data: { baseRev: rev, layout },
    headers: { origin: new URL(page.url()).origin },
  });
  if (!saved.ok()) throw new Error(`Could not save the layout: ${saved.status()} ${await saved.text()}`);
  return id;
}
