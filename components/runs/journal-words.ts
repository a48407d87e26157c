import type { StoredEvent } from "@/lib/core/apply/events";
import { describeStep, type Step } from "@/lib/core/plan/step";
import { LANE_WORD, PHASE_WORD } from "./run-words";

export interface JournalLine {
  readonly text: string;
  readonly tone: "plain" | "good" | "warning" | "bad";
}

type Stored<T extends StoredEvent["type"]> = Extract<StoredEvent, { type: T }>;

const plain = (text: string): JournalLine => ({ text, tone: "plain" });
const warning = (text: string): JournalLine => ({ text, tone: "warning" });

/** One event of a run as a line of its journal. The token of the lock is never part of it. */
export function journalLine(event: StoredEvent, steps: readonly Step[]): JournalLine {
  switch (event.type) {
    case "phase":
      return phaseLine(event);
    case "note":
      return event.level === "warning" ? warning(event.text) : plain(event.text);
    case "locked":
      return event.token === null
        ? warning("There is no SDN lock on this Proxmox: reduced guarantee")
        : plain("SDN lock taken");
    case "unlocked":
      return plain("SDN lock released");
    case "snapshot":
      return plain(`Snapshot taken: ${event.entities.length} objects, fingerprint ${event.fingerprint.slice(0, 12)}`);
    case "pending": {
      const done = event.choice === "include" ? "committed along" : "discarded for everybody";
      const list = event.changes.map((change) => `${change.kind} ${change.id}`).join(", ");
      return warning(`Pending changes of others are ${done}: ${list}. ${event.by}: ${event.reason}`);
    }
    case "local-changes":
      return warning(`${event.node}: its own waiting network edits are applied too`);
    case "release":
      return releaseLine(event);
    case "resumed":
      return resumedLine(event);
    case "step":
      return stepLine(event, steps[event.index]);
    case "dry-run":
      return plain(
        `${event.node}: ${event.interfaces || event.frr ? "its files would change" : "no change in its files"}`,
      );
    case "dry-run-missing":
      return warning(`${event.node}: no dry-run. ${event.reason}`);
    case "committing":
      return plain("Sending the commit; from here on only reading tells what happened");
    case "committed":
      return plain(event.task ? `Committed; reload task ${event.task}` : "Committed; the reload task is not known");
    case "node":
      return nodeLine(event);
    case "host":
      return hostLine(event);
    case "log":
      return plain(`${event.node ?? "Cluster"}: ${event.lines.length} log lines`);
    case "ended":
      return { text: event.message, tone: END_TONE[event.state] };
  }
}

const RESUMED_WORD = {
  watch: "Picked up from its journal",
  continue: "Continued",
  "roll-back": "Rolling back",
  retry: "Trying nodes again",
} as const;

const END_TONE = {
  applied: "good",
  failed: "bad",
  blocked: "warning",
  "partially-applied": "warning",
  "needs-attention": "bad",
  interrupted: "bad",
} as const;

function phaseLine(event: Stored<"phase">): JournalLine {
  const text = `${PHASE_WORD[event.phase]} ${event.state}${event.reason ? `: ${event.reason}` : ""}`;
  return { text, tone: event.state === "failed" ? "bad" : "plain" };
}

function releaseLine({ index, state, failure }: Stored<"release">): JournalLine {
  const name = `Address ${index + 1}`;
  if (state === "failed") return { text: `${name}: not released. ${failure?.message ?? ""}`, tone: "bad" };
  return plain(`${name}: ${state === "started" ? "releasing" : "released from the IPAM"}`);
}

function resumedLine({ how, nodes, by }: Stored<"resumed">): JournalLine {
  return plain(`${RESUMED_WORD[how]}${nodes ? `: ${nodes.join(", ")}` : ""}${by ? `, by ${by}` : ""}`);
}

function stepLine(event: Stored<"step">, step: Step | undefined): JournalLine {
  const name = `Step ${event.index + 1}${step ? `, ${describeStep(step)}` : ""}`;
  if (event.state === "failed") return { text: `${name}: failed. ${event.failure.message}`, tone: "bad" };
  return plain(`${name}: ${event.state === "started" ? "sent" : "staged"}${event.note ? `. ${event.note}` : ""}`);
}

const HOST_STEP = {
  withdraw: "ending what goes",
  provide: "giving it what is planned",
  restore: "giving back what it served before",
} as const;

function hostLine({ node, step, state, detail }: Stored<"host">): JournalLine {
  const text = `Host services of ${node}: ${HOST_STEP[step]}${state === "started" ? "" : `, ${state}`}${detail ? `. ${detail}` : ""}`;
  return { text, tone: state === "failed" ? "bad" : state === "waiting" ? "warning" : "plain" };
}

const NODE_TONE: Readonly<Partial<Record<Stored<"node">["state"], JournalLine["tone"]>>> = {
  failed: "bad",
  unreachable: "bad",
  unproven: "warning",
  proven: "good",
};

function nodeLine(event: Stored<"node">): JournalLine {
  const text = `${event.node}: ${LANE_WORD[event.state].toLowerCase()}${event.detail ? `. ${event.detail}` : ""}`;
  return { text, tone: NODE_TONE[event.state] ?? "plain" };
}
