import path from "node:path";

/** What lies in the data directory, by name. */
export type DataFile =
  | "backups"
  | "control.json"
  | "lock"
  | "pg"
  | "secret.key"
  | `pg.restoring-${string}`
  | `pg.before-restore-${string}`;

/**
 * The path of something in the data directory. Only here: the build looks for file paths in the code and copies whatever
 * matches beside the server, and with a guess like `*` + `/pg` that would be the database and the key. The comment stops it.
 */
export function inDataDirectory(dataDir: string, file: DataFile): string {
  return path.join(/* turbopackIgnore: true */ dataDir, file);
}
