import type { StoredEvent } from "@/lib/core/apply/events";
import { describeStep, type Step } from "@/lib/core/plan/step";
import { LANE_WORD, PHASE_WORD } from "./run-words";

export interface JournalLine {
  readonly text: string;
  readonly tone: "plain" | "good" | "warning" | "bad";
}

const plain = (text: string): JournalLine => ({ text, tone: "plain" });

/** One event of a run as a line of its journal. The token of the lock is never part of it. */
export function journalLine(event: StoredEvent, steps: readonly Step[]): JournalLine {
  switch (event.type) {
    case "phase": {
      const reason = event.reason ? `: ${event.reason}` : "";
      return {
        text: `${PHASE_WORD[event.phase]} ${event.state}${reason}`,
        tone: event.state === "failed" ? "bad" : "plain",
      };
    }
    case "note":
      return { text: event.text, tone: event.level === "warning" ? "warning" : "plain" };
    case "locked":
      return event.token === null
        ? { text: "There is no SDN lock on this Proxmox: reduced guarantee", tone: "warning" }
        : plain("SDN lock taken");
    case "unlocked":
      return plain("SDN lock released");
    case "snapshot":
      return plain(`Snapshot taken: ${event.entities.length} objects, fingerprint ${event.fingerprint.slice(0, 12)}`);
    case "step": {
      const step = steps[event.index];
      const name = `Step ${event.index + 1}${step ? `: ${describeStep(step)}` : ""}`;
      if (event.state === "failed") return { text: `${name} failed. ${event.failure.message}`, tone: "bad" };
      return plain(`${name} ${event.state === "started" ? "sent" : "staged"}${event.note ? `. ${event.note}` : ""}`);
    }
    case "dry-run":
      return plain(
        `${event.node}: ${event.interfaces === null && event.frr === null ? "no change in its files" : "files would change"}`,
      );
    case "dry-run-missing":
      return { text: `${event.node}: no dry-run. ${event.reason}`, tone: "warning" };
    case "committing":
      return plain("Commit announced; from here on only reading tells what happened");
    case "committed":
      return plain(event.task ? `Committed, reload task ${event.task}` : "Committed; the reload task is not known");
    case "node": {
      const bad = event.state === "failed" || event.state === "unreachable";
      return {
        text: `${event.node}: ${LANE_WORD[event.state].toLowerCase()}${event.detail ? `. ${event.detail}` : ""}`,
        tone: bad ? "bad" : event.state === "unproven" ? "warning" : event.state === "proven" ? "good" : "plain",
      };
    }
    case "log":
      return plain(`${event.node ?? "Cluster"}: ${event.lines.length} log lines`);
    case "ended":
      return {
        text: event.message,
        tone: event.state === "applied" ? "good" : event.state === "partially-applied" ? "warning" : "bad",
      };
  }
}
