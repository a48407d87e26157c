// npm run bench: times and sizes, each beside its limit. Timing lives here and not in the tests, because it belongs to
// a machine; what is a count (requests, bytes, elements) is tested as well.
import path from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { ensureBuilt } from "./build.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { command, elapsed, Refusal, say } from "./say.mjs";
import { listenForStop } from "./stop-signal.mjs";

const BENCHES = [
  { name: "plan", title: "Planning and validation", browser: false },
  { name: "first-load", title: "First-load JavaScript", browser: true },
  { name: "board", title: "Board", browser: true },
];

await command(async () => {
  requireNode(process.versions.node);
  listenForStop();
  const wanted = process.argv.slice(2);
  const unknown = wanted.find((name) => BENCHES.every((bench) => bench.name !== name));
  if (unknown)
    throw new Refusal(`There is no bench ${unknown}; choose from ${BENCHES.map(({ name }) => name).join(", ")}.`);
  const chosen = BENCHES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  await ensureInstalled();

  const env = {};
  if (chosen.some((bench) => bench.browser)) {
    await ensureBuilt();
    const browser = await ensureBrowser();
    if ("reason" in browser) throw new Refusal(`The browser benches need Chromium: ${browser.reason}.`);
    env.CHROMIUM_PATH = browser.path;
  }
  let failed = 0;
  for (const { name, title } of chosen) {
    say(`${title}:`);
    const tsx = path.join(root, "node_modules/tsx/dist/cli.mjs");
    const { ok } = await run(process.execPath, [tsx, path.join("e2e/bench", `${name}.ts`)], { env, show: true });
    if (!ok) failed += 1;
  }
  say(`${chosen.length - failed} of ${chosen.length} benches within their limits, ${elapsed()}.`);
  return failed > 0 ? 1 : 0;
});
