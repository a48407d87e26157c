import { TLSSocket } from "node:tls";
import { Agent, buildConnector } from "undici";
import type { Timeouts } from "./address";

/** The connection was never made, so nothing of the request can have arrived, the token included. */
export class NeverConnected extends Error {
  /** The system's or TLS library's code (`ECONNREFUSED`, `CERT_HAS_EXPIRED`), for choosing words. */
  readonly code: string;

  constructor(code: string) {
    super(`Never connected: ${code}`);
    this.code = code;
  }
}

/** Code of a connection whose certificate is not the pinned one. */
const WRONG_PIN = "WRONG_PIN";

/** A certificate with another fingerprint than the pinned ones; `seen` is the one it has. */
export class WrongCertificate extends NeverConnected {
  readonly seen: string;

  constructor(seen: string) {
    super(WRONG_PIN);
    this.seen = seen;
  }
}

/** A second of silence is when pveproxy may hang up; a write on such a connection would be lost without a word. */
const KEEP_ALIVE_MS = 1_500;

/**
 * Connections to one server. With pins the chain of trust is not asked, but the certificate's fingerprint is compared
 * before the socket is handed over: on a mismatch not a byte of the request is sent.
 */
export function createAgent(pins: readonly string[] | null, timeouts: Timeouts): Agent {
  const connect = buildConnector({
    // Shorter than any call, so that "could not connect" and "connected, then silent" can be told apart.
    timeout: Math.min(5_000, Math.ceil(Math.min(timeouts.readMs, timeouts.writeMs) / 2)),
    // A resumed session carries no peer certificate, so there would be nothing to compare.
    maxCachedSessions: 0,
    ...(pins ? { rejectUnauthorized: false } : {}),
  });
  return new Agent({
    connections: 16,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    // The call's own limit covers waiting and reading; undici's would only add another name for the same thing.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (options, callback) =>
      connect(options, (error, socket) => {
        if (error) return callback(new NeverConnected(errorCode(error)), null);
        if (!pins || !(socket instanceof TLSSocket)) return callback(null, socket);
        const seen = socket.getPeerCertificate().fingerprint256;
        if (pins.includes(seen)) return callback(null, socket);
        socket.destroy();
        return callback(new WrongCertificate(seen), null);
      }),
  });
}

/** The code of an error that has one. Only codes are looked at: messages may quote what was sent. */
export function errorCode(error: unknown): string {
  if (typeof error === "object" && error !== null && "code" in error && typeof error.code === "string")
    return error.code;
  return "UNKNOWN";
}
