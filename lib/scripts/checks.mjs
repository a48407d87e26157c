import path from "node:path";
import { root } from "./root.mjs";
import { toolSuite, vitestSuite } from "./suites.mjs";

const node = (script, ...args) => [process.execPath, path.join(root, script), ...args];

/**
 * The quick part: everything that needs neither a database, a browser nor a build. Two at a time, for two cores.
 * @returns {Promise<import("./suites.mjs").SuiteResult[]>} in the order listed here
 */
export async function runChecks() {
  const typescript = (...args) => node("node_modules/typescript/bin/tsc", ...args);
  const waiting = [
    () =>
      toolSuite("Format and lint", [
        node("node_modules/@biomejs/biome/bin/biome", "check", "--error-on-warnings", "."),
      ]),
    () =>
      toolSuite("Types", [
        // Route types are made from the folders of app/: stale ones would fail for a page that is gone.
        node("node_modules/next/dist/bin/next", "typegen"),
        typescript("--noEmit"),
        typescript("--noEmit", "-p", "lib/core/tsconfig.json"),
      ]),
    () => toolSuite("Walls", [node("lib/scripts/check-walls.mjs")]),
    () => toolSuite("Lock file", [node("lib/scripts/check-lock.mjs")]),
    () => toolSuite("Unused code", [node("node_modules/knip/bin/knip.js", "--no-progress", "--no-config-hints")]),
    () => vitestSuite("Quick tests", "quick"),
  ];
  const done = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) done.push(await next());
  };
  await Promise.all([worker(), worker()]);
  return done;
}
