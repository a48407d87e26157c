import { type DirectoryLock, lockDirectory } from "../directory-lock";

/**
 * One of many processes that want the same directory, for the lock's test and bench. Told "go" it tries once and answers
 * `held` or the refusal; told "release" it gives the lock back. It dies with its parent.
 */
const dir = process.argv[2] ?? "";
let lock: DirectoryLock | null = null;

process.on("message", (word) => {
  void answer(word).then((text) => process.send?.(text));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");

async function answer(word: unknown): Promise<string> {
  if (word === "release") {
    await lock?.release();
    lock = null;
    return "released";
  }
  const taken = await lockDirectory(dir);
  if (!taken.ok) return taken.error.message;
  lock = taken.value;
  return "held";
}
