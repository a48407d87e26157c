import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

/**
 * One hash over the names and contents of files, to tell whether something made from them is stale.
 * @param {string} root absolute folder
 * @param {string[]} entries files or folders below it; missing ones are part of the answer too
 * @param {(relative: string) => boolean} [wanted] which files count, all by default
 * @returns {string} SHA-256, hexadecimal
 */
export function fingerprint(root, entries, wanted = () => true) {
  const hash = createHash("sha256");
  const visit = (relative) => {
    const absolute = path.join(root, relative);
    const stat = fs.statSync(absolute, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      for (const name of fs.readdirSync(absolute).sort()) visit(path.posix.join(relative, name));
    } else if (wanted(relative)) {
      hash.update(`${relative}\0${stat ? stat.size : "missing"}\0`);
      if (stat) hash.update(fs.readFileSync(absolute));
    }
  };
  for (const entry of entries) visit(entry);
  return hash.digest("hex");
}

/** Reads a stored fingerprint; undefined when there is none. */
export function readStamp(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8").trim() : undefined;
}

/** Stores a fingerprint, so that the next start can skip the work. */
export function writeStamp(file, value) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${value}\n`);
}
