// npm test: installs what is missing and runs everything. The last line is the sum.
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { runChecks } from "./checks.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { ensurePostgres } from "./postgres.mjs";
import { command, elapsed, Refusal, say } from "./say.mjs";
import { listenForStop } from "./stop-signal.mjs";
import { conclude, playwrightSuite, skippedSuite, suite, vitestSuite } from "./suites.mjs";

await command(async () => {
  requireNode(process.versions.node);
  listenForStop();
  await ensureInstalled();

  const suites = await runChecks();
  const noPostgres = await ensurePostgres();
  if (noPostgres) say(`PostgreSQL: ${noPostgres}.`);
  suites.push(await vitestSuite("Integration tests", "slow"));

  const built = await suite("Build", build);
  suites.push(built);
  const browser = await ensureBrowser();
  if (built.failed > 0) suites.push(await skippedSuite("Browser journeys", "the app could not be built"));
  else if ("reason" in browser) suites.push(await skippedSuite("Browser journeys", browser.reason));
  else suites.push(await playwrightSuite("Browser journeys", { CHROMIUM_PATH: browser.path }));

  say(`Everything took ${elapsed()}.`);
  return conclude(suites);
});

async function build() {
  const counts = { passed: 1, failed: 0, skipped: 0, skips: [] };
  try {
    await ensureBuilt();
    return counts;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    say(error.message);
    return { ...counts, passed: 0, failed: 1 };
  }
}
