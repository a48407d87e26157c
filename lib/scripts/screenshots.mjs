// npm run screenshots: takes the pictures of the documents again, from a fresh Trunkline. Look at them before committing.
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { run } from "./run.mjs";
import { command, Refusal, say } from "./say.mjs";
import { listenForStop } from "./stop-signal.mjs";

await command(async () => {
  requireNode(process.versions.node);
  listenForStop();
  await ensureInstalled();
  await ensureBuilt();
  const browser = await ensureBrowser();
  if ("reason" in browser) throw new Refusal(`No pictures: ${browser.reason}.`);
  const { ok, output } = await run(process.execPath, ["--import", "tsx", "e2e/screenshots.ts"], {
    env: { CHROMIUM_PATH: browser.path },
  });
  if (!ok) throw new Refusal(output.trimEnd());
  say("docs/images: taken.");
});
