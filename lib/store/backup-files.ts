import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { writeWholeFile } from "./whole-file";

const NAME = /^trunkline-[0-9TZ-]+\.tar\.gz$/;

/**
 * Writes one backup of the embedded database into `dir` and gives its path. It appears under its name only when it is
 * complete and on disk; a power failure in between leaves a `.part` file that nobody takes for a backup.
 */
export async function writeBackup(dir: string, content: Blob): Promise<string> {
  const stamp = new Date().toISOString().replaceAll(":", "-").replace(".", "-");
  const target = path.join(/* turbopackIgnore: true */ dir, `trunkline-${stamp}.tar.gz`);
  await writeWholeFile(target, async (file) => file.writeFile(Buffer.from(await content.arrayBuffer())));
  return target;
}

/** Removes all but the newest `keep` backups, and what interrupted ones left. */
export async function pruneBackups(dir: string, keep: number): Promise<void> {
  const names = await readdir(dir);
  const old = names
    .filter((name) => NAME.test(name))
    .sort()
    .slice(0, -keep);
  const parts = names.filter((name) => name.endsWith(".part"));
  await Promise.all(
    [...old, ...parts].map((name) => rm(path.join(/* turbopackIgnore: true */ dir, name), { force: true })),
  );
}

/** The newest backup's age in milliseconds, or null when there is none. */
export async function newestBackupAge(dir: string, now: number): Promise<number | null> {
  const names = await readdir(dir).catch(() => []);
  const newest = names
    .filter((name) => NAME.test(name))
    .sort()
    .at(-1);
  const stamp = newest?.match(/^trunkline-(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d)-(\d{3})Z/);
  return stamp ? now - Date.parse(`${stamp[1]}:${stamp[2]}:${stamp[3]}.${stamp[4]}Z`) : null;
}
