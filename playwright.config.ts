import { chromium, defineConfig, devices } from "@playwright/test";
import { systemBrowser } from "./lib/scripts/browser.mjs";

// `npm test` names the browser; a bare `npx playwright test` looks in the same places.
const found = process.env["CHROMIUM_PATH"] ?? systemBrowser();
const executablePath = found ?? chromium.executablePath();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  outputDir: "test-results/e2e",
  globalSetup: "./e2e/build-first.ts",
  // Each worker runs a whole Trunkline of its own; two cores carry two, for a journey waits half of its time.
  workers: 2,
  // Ends what hangs. How fast something is, is for the bench.
  timeout: 240_000,
  expect: { timeout: 20_000 },
  forbidOnly: process.env["CI"] !== undefined,
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    viewport: { width: 1440, height: 900 },
    // A trace costs a quarter of the time; `npx playwright test --trace on e2e/x.spec.ts` keeps one.
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      // Chromium refuses its sandbox to root.
      args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
    },
  },
});
