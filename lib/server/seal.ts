import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import fs from "node:fs";
import { err, ok, type Result } from "@/lib/core/result";
import { inDataDirectory } from "@/lib/store/data-files";

/** Seals secrets for storage. `purpose` binds a sealed text to its place, so that it cannot be moved to another. */
export interface Seal {
  seal(plain: string, purpose: string): string;
  /** The secret, or an error sentence when it was sealed with another key or was altered. */
  open(sealed: string, purpose: string): Result<string, string>;
  /** A key for something else than sealing, e.g. signing sessions. */
  derive(purpose: string): string;
}

const VERSION = "v1";

/** AES-256-GCM under a key derived from `masterKey`; a sealed text is `v1.<iv>.<tag>.<data>` in base64url. */
export function createSeal(masterKey: string): Seal {
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync("sha256", masterKey, "trunkline", purpose, 32));
  const key = derive("seal");
  return {
    seal(plain, purpose) {
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, iv);
      cipher.setAAD(Buffer.from(purpose));
      const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return [VERSION, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString("base64url"))].join(".");
    },
    open(sealed, purpose) {
      const [version, iv, tag, data] = sealed.split(".");
      if (version !== VERSION || iv === undefined || tag === undefined || data === undefined) return err(WRONG_KEY);
      try {
        const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64url"), { authTagLength: 16 });
        decipher.setAAD(Buffer.from(purpose));
        decipher.setAuthTag(Buffer.from(tag, "base64url"));
        return ok(decipher.update(Buffer.from(data, "base64url"), undefined, "utf8") + decipher.final("utf8"));
      } catch {
        return err(WRONG_KEY);
      }
    },
    derive: (purpose) => derive(purpose).toString("base64url"),
  };
}

const WRONG_KEY = "The stored secret cannot be opened with this server's key; enter it again, or restore the key.";

/**
 * The master key: the given one, else the one in `<dataDir>/secret.key`, which is made (0600) when missing. Losing it
 * means entering the cluster tokens again and signing in again; nothing else is lost.
 */
export function readMasterKey(given: string | null, dataDir: string): string {
  if (given !== null) return given;
  const file = inDataDirectory(dataDir, "secret.key");
  fs.mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    fs.writeFileSync(file, `${randomBytes(32).toString("base64url")}\n`, { mode: 0o600, flag: "wx", flush: true });
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EEXIST")) throw cause;
  }
  return fs.readFileSync(file, "utf8").trim();
}
