import type { Failure } from "@/lib/core/failure";
import { grantFor } from "./grant";
import { CHECK_NODE, CHECK_SERVER, joinSteps, READ_BACK } from "./next-step";

/** An answer that is not a success. `body` is the parsed JSON, or undefined where there was none. */
export interface BadAnswer {
  readonly status: number;
  readonly statusText: string;
  readonly body: unknown;
}

export interface AskedBy {
  /** "create vnet web" */
  readonly what: string;
  readonly write: boolean;
  readonly tokenId: string;
}

/** Perl adds the place in its source to texts without a line feed; it moves with every release. */
const PLACE = / at \S+ line \d+\.?$/;
/** pve-network puts this before a reason; our own sentence says it already. */
const PREFIX = /^(?:could not [a-z ]*?SDN config(?:uration)?|(?:create|update|delete) sdn \w+ object failed): /i;
const VERIFICATION = /^(?:400 )?Parameter verification failed\.?$/;

const LOCKED = /invalid lock token provided|invalid lock-token/i;
/** The digest sent along is not the file's any more (PVE::SectionConfig). */
const CHANGED = /detected modified configuration/i;
/** pmxcfs' own short lock on a configuration file, and the worker that could not be started: pass by themselves. */
const PASSING = /got lock request timeout|cfs-lock .* error|got no worker upid|no quorum|got timeout/i;
/** These can come after the configuration was already committed (PVE::API2::Network::SDN, reload). */
const AFTER_THE_FACT = /got no worker upid|got timeout/i;

/** Longer texts are no reasons; failures are kept in the database. */
const LONGEST = 4_000;
const MOST = 50;

/** Proxmox's own text, line by line, without source places. Older releases give it in the reason phrase only. */
function reasonLines({ body, statusText }: Pick<BadAnswer, "body" | "statusText">): string[] {
  const message = textOf(body, "message") ?? statusText;
  return message
    .slice(0, LONGEST)
    .split("\n")
    .map((line) => line.trim().replace(PLACE, ""))
    .filter((line) => line !== "");
}

/**
 * The parameters an answer blames, by name. A 400 has them as a map; a refused write names them only in the second and
 * later lines of its text (PVE::Exception's raise_param_exc, flattened by the caller's prefix).
 */
function blamedFields(body: unknown, lines: readonly string[]): Record<string, string> {
  const errors = typeof body === "object" && body !== null && "errors" in body ? body.errors : null;
  const fields: Record<string, string> = {};
  if (typeof errors === "object" && errors !== null) {
    for (const [name, text] of Object.entries(errors).slice(0, MOST)) fields[name] = oneLine(spelled(text));
  }
  for (const line of lines.slice(1)) {
    const [, name, text] = /^(\S+): (.*)$/.exec(line) ?? [];
    if (name && text !== undefined) fields[name] ??= text;
  }
  const [, option] =
    /(?:unexpected property|missing value for required option|no such option|required option) '([^']+)'/.exec(
      lines[0] ?? "",
    ) ?? [];
  if (option) fields[option] ??= (lines[0] ?? "").replace(PREFIX, "");
  return fields;
}

/** Turns an answer other than 200 into the failure it means. Statuses and texts: pve-http-server and pve-network. */
export function answerFailure(answer: BadAnswer, asked: AskedBy): Failure {
  const lines = reasonLines(answer);
  const first = (lines[0] ?? "").replace(PREFIX, "");
  const fields = blamedFields(answer.body, lines);
  const { kind, text, retry = false, unclear = false, next } = judge(answer.status, first, fields, asked);
  const step = next ?? usualStep(kind, retry, asked.write);
  return {
    kind,
    message: `Could not ${asked.what}: ${withStop(text)}`,
    ...(lines.length > 0 ? { detail: lines.join("\n") } : {}),
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
    retry,
    ...(unclear ? { unclear } : {}),
    next: unclear ? joinSteps(READ_BACK, step) : step,
  };
}

/** What helps where the answer itself names no step. */
function usualStep(kind: Failure["kind"], retry: boolean, write: boolean): string {
  if (kind === "unsupported") return "Update Proxmox VE on the nodes, or go without what needs it.";
  if (retry) return "Try again in a moment.";
  return write
    ? "Correct what Proxmox names, then plan again."
    : "Read again. If it stays, look into the node's log: journalctl -u pvedaemon -u pveproxy.";
}

interface Verdict extends Pick<Failure, "kind"> {
  readonly text: string;
  readonly retry?: boolean;
  readonly unclear?: boolean;
  readonly next?: string;
}

function judge(status: number, first: string, fields: Readonly<Record<string, string>>, asked: AskedBy): Verdict {
  switch (status) {
    case 400:
      return { kind: "rejected", text: reasonText(first, fields) };
    case 401:
      return { kind: "unauthorized", text: "the API token was not accepted", next: CHECK_TOKEN };
    case 403:
      return { kind: "forbidden", text: first || "a privilege is missing", next: grantFor(first, asked.tokenId) };
    case 500:
      return judgeRefusal(first, fields, asked.write);
    case 501:
      return { kind: "unsupported", text: "this Proxmox VE does not have this call" };
    case 502:
    case 503:
    case 504: {
      const text = `a server in between cannot reach it (${status})`;
      const next = "Check that server, or enter the address of a node itself.";
      return { kind: "unreachable", text, retry: true, unclear: asked.write, next };
    }
    case 595:
    case 596:
    case 597:
    case 598:
    case 599: {
      const text = `the node does not answer (${first || status})`;
      // 595: the connection to the node failed. From 596 on it broke later, when a write may have been heard.
      const unclear = asked.write && status > 595;
      return { kind: "node-unreachable", text, retry: true, unclear, next: CHECK_NODE };
    }
  }
  if (status >= 300 && status < 400) {
    return {
      kind: "bad-answer",
      text: `the address redirects elsewhere (${status}), which is not followed`,
      next: "Enter the address at which Proxmox itself answers, usually https://<node>:8006.",
    };
  }
  return {
    kind: "bad-answer",
    text: `an answer with status ${status} was not expected here`,
    next: CHECK_SERVER,
  };
}

/** A 500 is Proxmox's "no" to everything its schema cannot check. */
function judgeRefusal(first: string, fields: Readonly<Record<string, string>>, write: boolean): Verdict {
  if (LOCKED.test(first)) return { kind: "locked", text: LOCKED_TEXT, next: UNLOCK };
  if (CHANGED.test(first)) return { kind: "stale", text: first, next: "Plan again to see what changed." };
  if (/has pending changes/.test(first)) {
    return { kind: "refused", text: first, next: "Apply or revert the pending changes first." };
  }
  if (/no quorum/.test(first)) {
    const next = "Restore the cluster's quorum first; pvecm status on a node shows who is missing.";
    return { kind: "refused", text: first, retry: true, next };
  }
  return {
    kind: "refused",
    text: first === "" ? "Proxmox gave no reason" : reasonText(first, fields),
    retry: PASSING.test(first),
    unclear: write && AFTER_THE_FACT.test(first),
  };
}

/** The first line, unless it only says that a parameter is wrong: then which, and why. */
function reasonText(first: string, fields: Readonly<Record<string, string>>): string {
  if (first !== "" && !VERIFICATION.test(first)) return first;
  const named = Object.entries(fields).map(([name, text]) => `${name}: ${text}`);
  return named.join("; ") || "a parameter is not accepted";
}

const CHECK_TOKEN = "Check the token's id and secret, and that neither it nor its user is disabled or expired.";
const LOCKED_TEXT = "the SDN configuration is locked by someone else, or our own lock was released";
const UNLOCK =
  "Wait until the other change is done. A lock that a crashed client left behind has to be released by force.";

function textOf(body: unknown, key: string): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const value: unknown = Object.getOwnPropertyDescriptor(body, key)?.value;
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}

const spelled = (text: unknown): string => (typeof text === "string" ? text : JSON.stringify(text)).slice(0, 500);
const oneLine = (text: string): string => text.trim().replace(/\s*\n\s*/g, ", ");
const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
