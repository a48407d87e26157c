import fs from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { Refusal } from "./say.mjs";

/**
 * The folder everything is kept in, made when it is missing, readable by its owner alone.
 * @param {Record<string, string | undefined>} env reads TRUNKLINE_DATA_DIR; relative paths start at the repository
 * @returns {string} absolute path
 */
export function requireDataFolder(env) {
  const folder = path.resolve(root, env.TRUNKLINE_DATA_DIR || "data");
  const probe = path.join(folder, `.write-test-${process.pid}`);
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(probe, "");
    fs.rmSync(probe);
  } catch (error) {
    throw new Refusal(
      `The data folder ${folder} cannot be written (${error.code}): give this user the right to, or name another with TRUNKLINE_DATA_DIR.`,
    );
  }
  return folder;
}
