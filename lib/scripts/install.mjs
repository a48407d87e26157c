import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fingerprint, readStamp, writeStamp } from "./fingerprint.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { Refusal, step } from "./say.mjs";

const stampFile = path.join(root, "node_modules/.trunkline-install");

/**
 * Installs the dependencies when they are missing or belong to another lock file. An interrupted installation leaves no
 * stamp, so it is done again.
 */
export async function ensureInstalled() {
  // The schema is in the list because the database client is generated from it.
  const wanted = fingerprint(root, ["package.json", "package-lock.json", "prisma/schema.prisma"]);
  if (readStamp(stampFile) === wanted && fs.existsSync(path.join(root, "prisma/generated"))) return;

  if (!installedMatchesLock()) {
    // What packages want to run while they are installed is not needed: what ssh2 would compile, it has in JavaScript too.
    await step("Installing the dependencies", () => npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]));
    enableGitHooks();
  }
  await step("Generating the database client", () => npm(["run", "--silent", "postinstall"]));
  writeStamp(stampFile, wanted);
}

// npm keeps its own copy of what it installed; when that agrees with the lock file only the client may be stale.
function installedMatchesLock() {
  const installed = path.join(root, "node_modules/.package-lock.json");
  if (!fs.existsSync(installed)) return false;
  const have = JSON.parse(fs.readFileSync(installed, "utf8")).packages ?? {};
  const want = JSON.parse(fs.readFileSync(path.join(root, "package-lock.json"), "utf8")).packages ?? {};
  return Object.entries(want).every(
    ([key, entry]) => key === "" || entry.optional || have[key]?.integrity === entry.integrity,
  );
}

// A clone runs the quick checks before each commit. Not a Git checkout (an archive, a container): nothing to set.
function enableGitHooks() {
  if (!fs.existsSync(path.join(root, ".git"))) return;
  spawnSync("git", ["config", "core.hooksPath", ".githooks"], { cwd: root });
}

async function npm(args) {
  const { ok, output } = await run("npm", args);
  if (ok) return;
  process.stderr.write(output);
  throw new Refusal(`npm ${args[0]} failed; its own words are above.`);
}
