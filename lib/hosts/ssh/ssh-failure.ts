import type { Failure } from "@/lib/core/failure";

/** What is known about a call when it went wrong. */
export interface Attempt {
  /** "put the host services of pve1" */
  readonly what: string;
  /** host:port */
  readonly server: string;
  /** Whether the call may change the node. */
  readonly write: boolean;
  readonly timeoutMs: number;
}

export interface ConnectAttempt extends Attempt {
  /** The host key the server showed, if it came that far. */
  readonly seen: { readonly fingerprint: string } | null;
  readonly pinned: string | null;
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "the connection was refused; nothing listens there",
  ECONNRESET: "the connection was cut",
  EPIPE: "the connection was cut",
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "the name could not be looked up",
  EHOSTUNREACH: "there is no route to it",
  ENETUNREACH: "there is no route to it",
  ETIMEDOUT: "no connection came about in time",
};

const CHECK_ADDRESS = "Check the address and port, and that the node is switched on and can be reached from here.";
export const READ_STATUS = "Read the node's status to see whether it happened.";

/**
 * Why no authenticated connection came about. Nothing was sent to the node then, so it is never `unclear`. Of the
 * library's exception only its code and level are used: its text may quote what was sent.
 */
export function connectFailure(error: unknown, attempt: ConnectAttempt): Failure {
  const { what, server, seen, pinned, timeoutMs } = attempt;
  const fail = (kind: Failure["kind"], reason: string, retry: boolean, next: string): Failure => ({
    kind,
    message: `Could not ${what}: ${reason}.`,
    retry,
    next,
  });
  if (seen && pinned !== null && seen.fingerprint !== pinned) {
    return fail(
      "certificate",
      `the SSH host key of ${server} is not the pinned one (it has the fingerprint ${seen.fingerprint}). Nothing was sent`,
      false,
      "If the node was installed anew, compare the fingerprint on it (ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub) and pin the new one.",
    );
  }
  const { code, level } = marks(error);
  if (level === "client-authentication") {
    return fail(
      "unauthorized",
      `${server} did not accept the key`,
      false,
      "Install the agent on the node again: its install script puts the key in place.",
    );
  }
  if (level === "client-timeout") {
    return fail("timeout", `${server} did not answer within ${timeoutMs / 1000} s`, true, CHECK_ADDRESS);
  }
  if (level === "protocol" || level === "handshake") {
    return fail(
      "bad-answer",
      `${server} does not speak SSH as expected`,
      false,
      "Check that the port is that of an SSH server.",
    );
  }
  if (error instanceof Error && error.message === UNREADABLE) {
    return fail("unauthorized", "the stored key cannot be read", false, "Make a new key and install the agent again.");
  }
  const reason = WORDS[code] ?? (code === "" ? "the connection was cut" : `no connection came about (${code})`);
  return fail("unreachable", `${server} cannot be reached, ${reason}`, true, CHECK_ADDRESS);
}

/** Marks a private key that the library refuses, whose own words quote too much. */
export const UNREADABLE = "unreadable key";

/** The connection broke while a command ran. */
export function cutFailure({ what, server, write }: Attempt): Failure {
  return {
    kind: "unreachable",
    message: `Could not ${what}: the connection to ${server} was cut before the answer was complete.`,
    retry: true,
    ...(write ? { unclear: true } : {}),
    next: write ? READ_STATUS : CHECK_ADDRESS,
  };
}

/** The command did not end in time. */
export function lateFailure({ what, server, write, timeoutMs }: Attempt): Failure {
  return {
    kind: "timeout",
    message: `Could not ${what}: ${server} did not finish within ${timeoutMs / 1000} s.`,
    retry: true,
    ...(write ? { unclear: true } : {}),
    next: write ? READ_STATUS : "Check the node's load, then try again.",
  };
}

/** The answer is longer than any answer can be. */
export function floodFailure({ what, server, write }: Attempt, limitBytes: number): Failure {
  return {
    kind: "bad-answer",
    message: `Could not ${what}: ${server} answered with more than ${limitBytes} bytes.`,
    retry: false,
    ...(write ? { unclear: true } : {}),
    next: write ? READ_STATUS : "Check which program answers on the node, and install the agent again.",
  };
}

/** The server lets us in and starts nothing for us. */
export function refusedFailure({ what, server }: Attempt): Failure {
  return {
    kind: "forbidden",
    message: `Could not ${what}: ${server} does not let this key run the command.`,
    retry: false,
    next: "Install the agent on the node again: its install script writes the key's permissions.",
  };
}

function marks(error: unknown): { readonly code: string; readonly level: string } {
  const read = (name: string): string => {
    const value: unknown =
      typeof error === "object" && error !== null ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined;
    return typeof value === "string" ? value : "";
  };
  return { code: read("code"), level: read("level") };
}
