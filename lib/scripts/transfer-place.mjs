import path from "node:path";
import { requireDataFolder } from "./data-folder.mjs";
import { root } from "./root.mjs";
import { Refusal } from "./say.mjs";

/**
 * The file a person named, absolute. npm runs commands in the repository's folder; the name is meant from where it was typed.
 * @param {string} usage the whole command
 * @param {string} what what FILE is
 */
export function requireFile(usage, what) {
  const named = process.argv[2];
  if (!named) throw new Refusal(`Name the file: ${usage}. FILE is ${what}.`);
  return path.resolve(process.env.INIT_CWD || process.cwd(), named);
}

/**
 * The database that a start with the same environment would use.
 * @param {Record<string, string | undefined>} env reads DATABASE_URL and TRUNKLINE_DATA_DIR
 * @returns {import("../store/raw-database").DatabasePlace}
 */
export function databasePlace(env) {
  return {
    databaseUrl: env.DATABASE_URL || null,
    dataDir: requireDataFolder(env),
    migrationsDir: path.join(root, "prisma/migrations"),
  };
}

/** What a transfer leaves to the person: the key is not in the file. */
export function keyReminder(env, { dataDir }) {
  const key = env.TRUNKLINE_SECRET_KEY ? "TRUNKLINE_SECRET_KEY" : path.join(dataDir, "secret.key");
  return `The key is not part of it: without the same ${key} the clusters' tokens must be entered again.`;
}
