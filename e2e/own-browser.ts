import { type BrowserContext, type BrowserContextOptions, chromium } from "@playwright/test";
import { becomeOwner } from "./fixtures";
import { freePort, launch, type Trunkline } from "./trunkline";

/** A running Trunkline and a browser signed in as its owner, for programs that are no tests. */
export interface Stage {
  readonly trunkline: Trunkline;
  open(options?: BrowserContextOptions): Promise<BrowserContext>;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const trunkline = await launch({ port: await freePort() });
  const executablePath = process.env["CHROMIUM_PATH"] ?? chromium.executablePath();
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ["--no-sandbox"] : [] });
  const first = await browser.newContext();
  await becomeOwner(await first.newPage(), trunkline.setupLink ?? "");
  const storageState = await first.storageState();
  await first.close();
  return {
    trunkline,
    async open(options = {}) {
      const context = await browser.newContext({ ...options, baseURL: trunkline.url, storageState });
      // tsx marks functions with a helper of its own, which functions sent into the page then look for there.
      await context.addInitScript("globalThis.__name = (it) => it;");
      return context;
    },
    async close() {
      await browser.close();
      await trunkline.stop();
    },
  };
}
