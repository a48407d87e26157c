import { connect } from "node:tls";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { parseEndpoint } from "./address";
import { errorCode, NeverConnected } from "./connection";
import { transportFailure, untrustedReason } from "./transport-failure";

/** What a server shows before anything is sent to it. */
export type Probe =
  /** Plain HTTP: no certificate, nothing to pin. */
  | { readonly tls: false }
  | {
      readonly tls: true;
      /** SHA-256 in colon form, as `pvenode cert info` prints it. */
      readonly fingerprint: string;
      /** The system's own trust accepts the certificate for this name, so no pin is needed. */
      readonly trusted: boolean;
      /** Why it is not trusted, in words. */
      readonly reason: string | null;
      readonly validTo: string;
    };

/** Reads the certificate of one address: a TLS handshake and nothing more; no request, no token. */
export async function probeCertificate(endpoint: string, timeoutMs = 5_000): Promise<Result<Probe, Failure>> {
  const server = parseEndpoint(endpoint);
  if (!server) {
    return err({
      kind: "unreachable",
      message: "Could not read the certificate: the address is not an http or https address.",
      retry: false,
      next: "Enter an address such as https://pve1.example.org:8006.",
    });
  }
  const url = new URL(server.origin);
  if (url.protocol === "http:") return ok({ tls: false });
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isName = !/^[\d.]+$/.test(host) && !host.includes(":");
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(url.port || 443),
      rejectUnauthorized: false,
      // Server Name Indication is for names only; Node refuses an address here.
      ...(isName ? { servername: host } : {}),
    });
    const finish = (result: Result<Probe, Failure>) => {
      socket.destroy();
      resolve(result);
    };
    const fail = (code: string) =>
      finish(
        err(
          transportFailure(new NeverConnected(code), {
            what: "read the certificate",
            server: server.label,
            write: false,
            timeoutMs,
          }),
        ),
      );
    socket.setTimeout(timeoutMs, () => fail("ETIMEDOUT"));
    socket.once("error", (error) => fail(errorCode(error)));
    socket.once("secureConnect", () => {
      const certificate = socket.getPeerCertificate();
      const code = socket.authorized ? null : String(socket.authorizationError ?? "UNKNOWN");
      finish(
        ok({
          tls: true,
          fingerprint: certificate.fingerprint256,
          trusted: socket.authorized,
          reason: code === null ? null : (untrustedReason(code) ?? code),
          validTo: certificate.valid_to,
        }),
      );
    });
  });
}
