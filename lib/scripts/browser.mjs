import fs from "node:fs";
import path from "node:path";
import { canInstallPackages, installPackage } from "./debian.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";

// The one without a window first: the same engine for two thirds of the processor time.
const SYSTEM = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
];

/**
 * Finds a Chromium for the browser journeys, fetching one when there is none: the one named by CHROMIUM_PATH, the
 * system's, Playwright's own download, or as root on Debian the package.
 * @returns {Promise<{ path: string } | { reason: string }>}
 */
export async function ensureBrowser() {
  const named = process.env.CHROMIUM_PATH;
  if (named) {
    return fs.existsSync(named) ? { path: named } : { reason: `CHROMIUM_PATH is ${named}, where there is no file` };
  }
  const there = systemBrowser() ?? (await playwrightBrowser());
  if (there) return { path: there };

  await run(process.execPath, [
    path.join(root, "node_modules/playwright/cli.js"),
    "install",
    "chromium-headless-shell",
  ]);
  const downloaded = await playwrightBrowser();
  if (downloaded) return { path: downloaded };

  if (canInstallPackages()) (await installPackage("chromium-headless-shell")) || (await installPackage("chromium"));
  const installed = systemBrowser();
  if (installed) return { path: installed };
  return { reason: "no Chromium here and none could be fetched; install one, or name it with CHROMIUM_PATH" };
}

/** The system's browser, if there is one; CHROMIUM_PATH is not looked at. */
export function systemBrowser() {
  return SYSTEM.find((file) => fs.existsSync(file));
}

// Loaded only here, so that the commands need no package before they have installed them.
async function playwrightBrowser() {
  const { chromium } = await import("playwright");
  const file = chromium.executablePath();
  return fs.existsSync(file) ? file : undefined;
}
