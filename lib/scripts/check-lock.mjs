// Fails when package-lock.json would break `npm ci` on another system: npm sometimes drops the entry of an optional
// platform package (say, the macOS build of a compiler) without a word, and a download address in the file would tie
// every installation to one registry.
import fs from "node:fs";
import path from "node:path";

/**
 * @param {{packages?: Record<string, {resolved?: string, integrity?: string, link?: boolean, optionalDependencies?: Record<string, string>}>}} lock
 *   parsed package-lock.json (lockfileVersion 3)
 * @returns {string[]} one sentence per fault, empty when the file is complete
 */
export function lockFaults(lock) {
  const packages = lock.packages ?? {};
  const names = Object.keys(packages);
  if (names.length < 2) return ["package-lock.json lists no packages."];

  const has = (name) => names.some((key) => key === `node_modules/${name}` || key.endsWith(`/node_modules/${name}`));
  return Object.entries(packages).flatMap(([key, entry]) => [
    ...Object.keys(entry.optionalDependencies ?? {})
      .filter((wanted) => !has(wanted))
      .map((wanted) => `${key || "the project"} wants the optional package ${wanted}, which has no entry.`),
    ...(key === "" || entry.link ? [] : entryFaults(key, entry)),
  ]);
}

function entryFaults(key, entry) {
  const faults = [];
  if (entry.resolved !== undefined) faults.push(`${key} carries a download address; see .npmrc.`);
  if (entry.integrity === undefined) faults.push(`${key} has no integrity hash.`);
  return faults;
}

if (process.argv[1] && path.resolve(process.argv[1]) === import.meta.filename) {
  const faults = lockFaults(JSON.parse(fs.readFileSync(process.argv[2] ?? "package-lock.json", "utf8")));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) console.error("Repair: delete node_modules and package-lock.json, then npm install.");
  process.exit(faults.length > 0 ? 1 : 0);
}
