// npm run check: format, lint, types, walls, unused code, lock file and the quick tests.
import { runChecks } from "./checks.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { command } from "./say.mjs";
import { listenForStop } from "./stop-signal.mjs";
import { conclude } from "./suites.mjs";

await command(async () => {
  requireNode(process.versions.node);
  listenForStop();
  await ensureInstalled();
  return conclude(await runChecks());
});
