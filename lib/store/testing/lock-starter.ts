import { type DirectoryLock, lockDirectory } from "../directory-lock";
import { lockNaively } from "./naive-lock";

/**
 * One of many processes that want the same directory, for the lock's test and bench. Its second argument names the lock:
 * `real`, or `naive` for the one that is wrong. Told "go" it tries once and answers
 * `held` or the refusal; told "release" it gives the lock back. It dies with its parent.
 */
const dir = process.argv[2] ?? "";
const take = process.argv[3] === "naive" ? lockNaively : lockDirectory;
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
  const taken = await take(dir);
  if (!taken.ok) return taken.error.message;
  lock = taken.value;
  return "held";
}
