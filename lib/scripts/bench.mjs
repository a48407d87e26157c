// npm run bench: the figures that the promises are measured by. Ends with 1 when a limit is exceeded. Names of benches as
// arguments run only those: npm run bench -- plan board
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { run } from "./run.mjs";
import { command, elapsed, Refusal, say } from "./say.mjs";
import { listenForStop } from "./stop-signal.mjs";

// In this order: what needs no build first.
const UNBUILT = ["plan", "apply", "memory"];
const BENCHES = [...UNBUILT, "start", "first-load", "board", "table", "editing"];

await command(async () => {
  requireNode(process.versions.node);
  listenForStop();
  const chosen = process.argv.length > 2 ? process.argv.slice(2) : BENCHES;
  const unknown = chosen.filter((name) => !BENCHES.includes(name));
  if (unknown.length > 0)
    throw new Refusal(`No bench is called ${unknown.join(", ")}: choose from ${BENCHES.join(", ")}.`);

  await ensureInstalled();
  let env = {};
  if (chosen.some((name) => !UNBUILT.includes(name))) {
    await ensureBuilt();
    const browser = await ensureBrowser();
    if ("reason" in browser) throw new Refusal(`The Board cannot be measured: ${browser.reason}.`);
    env = { CHROMIUM_PATH: browser.path };
  }
  let failed = 0;
  for (const name of chosen) {
    const { ok } = await run(process.execPath, ["--import", "tsx", `e2e/bench/${name}.ts`], { env, show: true });
    if (!ok) failed += 1;
  }
  say(`Benches took ${elapsed()}.`);
  process.stdout.write(
    failed === 0 ? "Every limit is kept.\n" : `${failed} of ${chosen.length} benches broke a limit.\n`,
  );
  return failed === 0 ? 0 : 1;
});
