import fs from "node:fs";
import path from "node:path";

/** Flushes every file below `dir` to disk. PGlite writes its files and leaves the flushing to the system's own time. */
export function syncTree(dir: string): void {
  for (const entry of fs.readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = fs.openSync(path.join(/* turbopackIgnore: true */ entry.parentPath, entry.name), "r+");
    fs.fsyncSync(file);
    fs.closeSync(file);
  }
}
