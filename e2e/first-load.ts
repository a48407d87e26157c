import fs from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";

/** First-load budgets in kB (1,000 bytes, gzip) of the JavaScript a page names in its HTML. */
export const BUDGETS = { signIn: 170, lists: 230, designer: 330 } as const;

/**
 * The JavaScript a modern browser loads to show a page for the first time: every script its HTML names, without those
 * marked `nomodule`. In bytes after gzip, taken from the build, so that it does not depend on the network.
 */
export async function firstLoadBytes(page: Page, address: string): Promise<number> {
  const response = await page.request.get(address, { maxRedirects: 0 });
  if (response.status() !== 200) throw new Error(`${address} answers ${response.status()}`);
  const html = await response.text();
  const scripts = [...html.matchAll(/<script\b([^>]*)>/g)]
    .map(([, attributes = ""]) => attributes)
    .filter((attributes) => !/\bnomodule\b/i.test(attributes))
    .flatMap((attributes) => /\bsrc="([^"?]+)/.exec(attributes)?.[1] ?? []);
  const preloaded = [...html.matchAll(/<link\b([^>]*)>/g)]
    .map(([, attributes = ""]) => attributes)
    .filter((attributes) => /as="script"/.test(attributes))
    .flatMap((attributes) => /\bhref="([^"?]+)/.exec(attributes)?.[1] ?? []);
  const files = new Set([...scripts, ...preloaded].filter((source) => source.startsWith("/_next/")));
  let bytes = 0;
  for (const file of files) {
    const local = path.join(".next", decodeURIComponent(file).replace(/^\/_next\//, ""));
    bytes += gzipSync(fs.readFileSync(local), { level: 9 }).length;
  }
  return bytes;
}
