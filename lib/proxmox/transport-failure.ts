import type { Failure } from "@/lib/core/failure";
import { errorCode, NeverConnected, WrongCertificate } from "./connection";
import { CHECK_ADDRESS, READ_BACK } from "./next-step";

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused; nothing listens there",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "the name could not be looked up",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it",
  ETIMEDOUT: "no connection came about in time",
  UND_ERR_CONNECT_TIMEOUT: "no connection came about in time",
  HPE_INVALID_CONSTANT: "it does not speak HTTP; is it an https address?",
  ERR_SSL_WRONG_VERSION_NUMBER: "it does not speak TLS; is it an http address?",
  ERR_SSL_PACKET_LENGTH_TOO_LONG: "it does not speak TLS; is it an http address?",
};

const UNTRUSTED: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "it is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its chain ends in a certificate nobody here knows",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its issuer is not known here",
  UNABLE_TO_GET_ISSUER_CERT: "its issuer is not known here",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its issuer is not known here",
  CERT_HAS_EXPIRED: "it has expired",
  CERT_NOT_YET_VALID: "it is not valid yet",
  ERR_TLS_CERT_ALTNAME_INVALID: "it was made for another name",
};

/** What is known about a call when it went wrong without an answer. */
export interface Attempt {
  /** "create vnet web" */
  readonly what: string;
  /** host:port of the server tried last. */
  readonly server: string;
  readonly write: boolean;
  readonly timeoutMs: number;
}

/** The error says that the time for the whole call ran out. */
const isTimeout = (error: unknown): boolean => error instanceof Error && error.name === "TimeoutError";

/** Why a certificate is not trusted, in words; null when the code is about something else. */
export const untrustedReason = (code: string): string | null => UNTRUSTED[code] ?? null;

/**
 * An exception from the HTTP library as a failure. Only error codes are translated; no text of the exception is used,
 * because it may quote headers. A write that may have been heard is `unclear`.
 */
export function transportFailure(error: unknown, attempt: Attempt): Failure {
  const { what, server, write } = attempt;
  if (error instanceof WrongCertificate) {
    return {
      kind: "certificate",
      message: `Could not ${what}: the certificate of ${server} is not the pinned one (it has the fingerprint ${error.seen}). Nothing was sent.`,
      retry: false,
      next: "If the certificate was renewed, compare the fingerprint on the node (pvenode cert info) and pin the new one.",
    };
  }
  const code = errorCode(error);
  if (error instanceof NeverConnected) {
    const untrusted = untrustedReason(code);
    if (untrusted) {
      return {
        kind: "certificate",
        message: `Could not ${what}: the certificate of ${server} is not trusted, ${untrusted}. Nothing was sent.`,
        retry: false,
        next: "Compare its fingerprint on the node (pvenode cert info) and pin it.",
      };
    }
    return unreachable(what, server, WORDS[code] ?? `no connection came about (${code})`, false);
  }
  if (isTimeout(error)) {
    return {
      kind: "timeout",
      message: `Could not ${what}: ${server} did not answer within ${attempt.timeoutMs / 1000} s.`,
      retry: true,
      ...(write ? { unclear: true } : {}),
      next: write ? READ_BACK : "Check the node's load and the network to it, then try again.",
    };
  }
  return unreachable(what, server, WORDS[code] ?? `the connection broke (${code})`, write);
}

function unreachable(what: string, server: string, reason: string, unclear: boolean): Failure {
  return {
    kind: "unreachable",
    message: `Could not ${what}: ${server} cannot be reached, ${reason}.`,
    retry: true,
    ...(unclear ? { unclear } : {}),
    next: unclear ? READ_BACK : CHECK_ADDRESS,
  };
}
