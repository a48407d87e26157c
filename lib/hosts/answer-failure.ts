import type { Failure } from "@/lib/core/failure";
import type { CommandOutput } from "./ssh/run-command";
import { READ_STATUS } from "./ssh/ssh-failure";

/** What every answer of a node has, whichever program gave it. */
export interface Answer {
  readonly error?: { readonly field: string; readonly reason: string; readonly fix: string } | null | undefined;
}

interface Asked {
  /** "set the host services of pve1" */
  readonly what: string;
  readonly node: string;
  readonly write: boolean;
}

/** How the agent and its wrapper end (docs/reference/host-agent.md). */
const EXIT = {
  inOrder: 0,
  couldNot: 1,
  invalid: 2,
  notOurs: 3,
  pending: 4,
  differences: 10,
  refused: 126,
  missing: 127,
};

const INSTALL = "Install the agent on the node again.";

/** What an answer of the agent means where it is no success; null for a success. Differences and pending parts are one. */
export function answerFailure({ exit, stderr }: CommandOutput, report: Answer | null, asked: Asked): Failure | null {
  const { what, node, write } = asked;
  switch (exit) {
    case EXIT.inOrder:
    case EXIT.differences:
    case EXIT.pending:
      return null;
    case EXIT.invalid:
      return refusal(asked, "rejected", report, `the agent of ${node} does not understand the state`);
    case EXIT.notOurs: {
      const kind = report?.error?.field === "revision" ? "stale" : "refused";
      return refusal(asked, kind, report, `the node belongs to another installation, or has a newer state`);
    }
    case EXIT.refused:
      return {
        kind: "forbidden",
        message: `Could not ${what}: the key may not do that on ${node}.`,
        retry: false,
        next: INSTALL,
      };
    case EXIT.missing:
      return { ...withoutAgent(what, node), next: INSTALL };
    default:
      return {
        ...refusal(asked, "refused", report, `the agent of ${node} could not do it`),
        retry: true,
        ...(write ? { unclear: true, next: READ_STATUS } : {}),
        // The agent's own words for a person; it prints no secrets, for it knows none.
        ...(stderr.trim() === "" ? {} : { detail: stderr.trim().slice(0, 4_000) }),
      };
  }
}

function refusal({ what, node }: Asked, kind: Failure["kind"], report: Answer | null, otherwise: string): Failure {
  const { field = "", reason = "", fix = "" } = report?.error ?? {};
  return {
    kind,
    message: `Could not ${what}: ${withStop(reason === "" ? otherwise : reason)}`,
    ...(field === "" ? {} : { fields: { [field]: reason } }),
    retry: false,
    next: fix === "" ? `Look into the agent's log on ${node}: journalctl -u trunkline-host.` : withStop(fix),
  };
}

export const withoutAgent = (what: string, node: string): Failure => ({
  kind: "unsupported",
  message: `Could not ${what}: no agent is installed there.`,
  retry: false,
  next: `Install the agent on ${node}, or name another gateway.`,
});

export const otherNode = (what: string, seen: string): Failure => ({
  kind: "refused",
  message: `Could not ${what}: the address leads to the node ${seen.slice(0, 64)}. Nothing was changed.`,
  retry: false,
  next: "Correct the node's address.",
});

export const tooLarge = (what: string, bytes: number, limitBytes: number): Failure => ({
  kind: "rejected",
  message: `Could not ${what}: the state has ${bytes} bytes, and an agent takes ${limitBytes}. Nothing was sent.`,
  retry: false,
  next: "Let another node be the gateway of some of the VNets.",
});

export const unreadable = ({ what, node, write }: Asked): Failure => ({
  kind: "bad-answer",
  message: `Could not ${what}: what answers on ${node} is no agent that is known here.`,
  retry: false,
  ...(write ? { unclear: true } : {}),
  next: write ? READ_STATUS : INSTALL,
});

const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
