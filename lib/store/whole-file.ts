import { type FileHandle, mkdir, open, rename, rm } from "node:fs/promises";
import path from "node:path";

/**
 * Writes a file that only its owner can read and that appears under its name only when it is complete and on disk. A
 * power failure in between leaves `<target>.part`; when `write` fails, nothing stays. Makes the directory (0700).
 */
export async function writeWholeFile(target: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const dir = path.dirname(target);
  const part = `${target}.part`;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  // One left by a power failure keeps its own mode when it is opened again.
  await rm(part, { force: true });
  try {
    const file = await open(part, "wx", 0o600);
    try {
      await write(file);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, target);
  } catch (cause) {
    await rm(part, { force: true });
    throw cause;
  }
  await syncDirectory(dir);
}

/** A rename is only safe against a power failure once its directory is on disk; Windows cannot open directories. */
async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await open(dir, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
