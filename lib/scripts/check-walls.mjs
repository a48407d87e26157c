// Runs dependency-cruiser over a source tree and fails on a broken wall, and also when nothing was read at all:
// without its TypeScript parser the tool skips every file and calls that clean.
//
//   node lib/scripts/check-walls.mjs [ROOT]     ROOT defaults to the repository
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const repository = path.resolve(import.meta.dirname, "../..");
const root = path.resolve(process.argv[2] ?? repository);
const wanted = ["app", "components", "lib", "e2e", "instrumentation.ts", "instrumentation-node.ts", "proxy.ts"];
const present = wanted.filter((entry) => fs.existsSync(path.join(root, entry)));

const cruise = spawnSync(
  process.execPath,
  [
    path.join(repository, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"),
    "--config",
    path.join(repository, ".dependency-cruiser.cjs"),
    "--output-type",
    "json",
    ...present,
  ],
  { cwd: root, encoding: "utf8", maxBuffer: 256 * 1024 * 1024 },
);

let summary;
try {
  summary = JSON.parse(cruise.stdout).summary;
} catch {
  console.error(`dependency-cruiser gave no result.\n${cruise.stderr.trim()}`);
  process.exit(1);
}

if (summary.totalCruised === 0) {
  console.error("dependency-cruiser read 0 modules, so it checked nothing. Is @swc/core installed?");
  process.exit(1);
}

const reasons = new Map(summary.ruleSetUsed.forbidden.map((rule) => [rule.name, rule.comment]));
for (const rule of new Set(summary.violations.map((violation) => violation.rule.name))) {
  console.error(`${rule}: ${reasons.get(rule) ?? ""}`);
  for (const { from, to, cycle } of summary.violations.filter((violation) => violation.rule.name === rule)) {
    console.error(`  ${from} -> ${cycle ? cycle.map((step) => step.name).join(" -> ") : to}`);
  }
}
console.log(`${summary.totalCruised} modules, ${summary.violations.length} broken walls`);
process.exit(summary.violations.length > 0 ? 1 : 0);
