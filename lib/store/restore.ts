import fs from "node:fs";
import { PGlite } from "@electric-sql/pglite";
import { err, ok, type Result } from "@/lib/core/result";
import { inDataDirectory } from "./data-files";
import { lockDirectory } from "./directory-lock";
import { causeText, type StoreError, storeError } from "./store-error";
import { syncTree } from "./sync-tree";

/**
 * Puts a backup of the embedded database in place of the present one. The backup is unpacked and opened beside it first,
 * so a damaged file changes nothing; the present files stay under the path in `kept`. The server must be stopped: the
 * directory's lock is taken.
 */
export async function restoreBackup(
  dataDir: string,
  backup: string,
): Promise<Result<{ readonly kept: string }, StoreError>> {
  if (!fs.existsSync(backup)) return err(storeError("broken", `There is no backup ${backup}.`));
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDirectory(inDataDirectory(dataDir, "lock"));
  if (!lock.ok) return lock;
  const stamp = new Date().toISOString().replaceAll(/[:.]/g, "-");
  const fresh = inDataDirectory(dataDir, `pg.restoring-${stamp}`);
  const kept = inDataDirectory(dataDir, `pg.before-restore-${stamp}`);
  const present = inDataDirectory(dataDir, "pg");
  try {
    await unpack(backup, fresh);
    if (fs.existsSync(present)) fs.renameSync(present, kept);
    fs.renameSync(fresh, present);
    return ok({ kept });
  } catch (cause) {
    fs.rmSync(fresh, { recursive: true, force: true });
    return err(
      storeError("broken", `The backup ${backup} could not be restored, nothing was changed: ${causeText(cause)}`),
    );
  } finally {
    await lock.value.release();
  }
}

async function unpack(backup: string, dir: string): Promise<void> {
  const content = new Blob([new Uint8Array(fs.readFileSync(backup))], { type: "application/x-gzip" });
  const pg = await PGlite.create({ dataDir: dir, loadDataDir: content });
  try {
    await pg.query('SELECT count(*) FROM "_prisma_migrations"');
  } finally {
    await pg.close();
  }
  // Before the present files are put away these must be on disk.
  syncTree(dir);
}
