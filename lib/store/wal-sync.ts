import { open, readdir, stat } from "node:fs/promises";
import path from "node:path";

const SEGMENT = /^[0-9A-F]{24}$/;

/**
 * Brings commits of the embedded database to disk. PGlite writes its log but never syncs it, so after a commit the
 * segments written since the last sync are synced here. The data files of a checkpoint are not: docs/operate/backup.md.
 * Callers that come while a sync is under way share the next one: what they committed was written before they asked.
 */
export class WalSync {
  readonly #dir: string;
  #running: Promise<void> | null = null;
  #next: Promise<void> | null = null;
  #syncedUpTo = 0;

  /** `dir` is the `pg_wal` directory. */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Resolves once everything written to the log before the call is on disk; rejects when the disk refuses. */
  sync(): Promise<void> {
    if (this.#next) return this.#next;
    const before = this.#running ?? Promise.resolve();
    const turn = before
      .catch(() => undefined)
      .then(() => {
        this.#next = null;
        this.#running = turn;
        return this.#syncNewest();
      })
      .finally(() => {
        if (this.#running === turn) this.#running = null;
      });
    this.#next = turn;
    return turn;
  }

  async #syncNewest(): Promise<void> {
    const names = (await readdir(this.#dir)).filter((name) => SEGMENT.test(name));
    const segments = await Promise.all(
      names.map(async (name) => ({
        name,
        at: (await stat(path.join(/* turbopackIgnore: true */ this.#dir, name))).mtimeMs,
      })),
    );
    // Names do not tell which segment is newest: recycled ones already carry future names. A file's time does.
    const newest = Math.max(...segments.map((segment) => segment.at), this.#syncedUpTo);
    for (const segment of segments) {
      if (segment.at < this.#syncedUpTo) continue;
      const file = await open(path.join(/* turbopackIgnore: true */ this.#dir, segment.name), "r+");
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
    }
    this.#syncedUpTo = newest;
  }
}
