import type { Writable } from "node:stream";
import pino, { type Logger } from "pino";

// A secret should not get near the log in the first place; this is the second wall.
const SECRETS = [
  "secret",
  "password",
  "token",
  "authorization",
  "cookie",
  "sealedSecret",
  "sealedKey",
  "privateKey",
  "databaseUrl",
  "secretKey",
];

/** A logger that writes JSON lines, to standard error by default, and blanks every field that is named like a secret. */
export function createLog(level: string, sink?: Writable): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
    },
    // Standard output belongs to what the start script reads and shows.
    sink ?? pino.destination({ dest: 2, sync: true }),
  );
}
