import { stateWord } from "@/components/ui/state-badge";
import type { Phase } from "@/lib/core/apply/events";
import { provenEnd } from "@/lib/core/apply/fold";
import type { HostState, LaneState, PhaseState, RunStatus, StepState } from "@/lib/core/apply/run-status";
import type { RunState, RunSummary } from "@/lib/server/views";
import { durationBetween } from "./duration";

export const PHASE_WORD: Readonly<Record<Phase, string>> = {
  check: "Check",
  lock: "Lock",
  withdraw: "Withdraw",
  stage: "Stage",
  "dry-run": "Dry-run",
  commit: "Commit",
  reload: "Reload",
  verify: "Verify",
  hosts: "Host services",
  undo: "Undo",
  unlock: "Unlock",
};

export const PHASE_STATE_WORD: Readonly<Record<PhaseState, string>> = {
  waiting: "waiting",
  running: "running",
  done: "done",
  failed: "failed",
  skipped: "skipped",
  stopped: "stopped in the middle",
  "not-reached": "not reached",
};

export const STEP_STATE_WORD: Readonly<Record<StepState, string>> = {
  waiting: "Waiting",
  running: "Sending",
  done: "Staged",
  failed: "Failed",
  undone: "Undone",
  unclear: "Unclear",
  "not-sent": "Not sent",
};

export const LANE_WORD: Readonly<Record<LaneState, string>> = {
  waiting: "Waiting",
  reloading: "Reloading",
  reloaded: "Reloaded, not verified yet",
  proven: "Proven",
  failed: "Failed",
  unreachable: "Unreachable",
  unproven: "Not proven",
  untouched: "Not touched",
};

export const HOST_WORD: Readonly<Record<HostState, string>> = {
  waiting: "Waiting",
  sending: "Sending",
  withdrawn: "Withdrawn, what goes",
  serving: "Serves as planned",
  pending: "Taken, and waits for something",
  restored: "Serves again what it did before",
  failed: "Failed",
  untouched: "Not touched",
};

/** What each phase does, for the one line under the rail. */
const DOING: Readonly<Record<Phase, string>> = {
  check: "Reading the cluster and comparing it with the plan",
  lock: "Taking the SDN lock",
  withdraw: "Ending host services that go",
  stage: "Staging",
  "dry-run": "Asking every node what would change",
  commit: "Committing",
  reload: "Nodes are reloading their network",
  verify: "Reading back every node",
  hosts: "Giving nodes what they shall serve",
  undo: "Undoing what was staged",
  unlock: "Releasing the lock",
};

/** Where giving fails in a run of host services alone, the nodes get back what they had before anything else is done. */
function doing({ phases }: RunStatus, phase: Phase): string {
  const failed = phase === "hosts" && phases.some((one) => one.phase === phase && one.state === "failed");
  return failed ? "Giving nodes back what they served before" : DOING[phase];
}

/** The state of a run as the journal tells it. Nothing but a proven end event makes it `applied`. */
export function runState(status: RunStatus): RunState {
  return provenEnd(status) ?? (status.lastSeq === 0 ? "queued" : "running");
}

/** The phase under way; between two phases the one that ended last. Null before the first. */
function phaseNow(status: RunStatus): Phase | null {
  return status.current ?? status.phases.findLast((phase) => phase.startedAt !== undefined)?.phase ?? null;
}

/** One sentence that is true right now. Success is said only about a run that ended proven. */
export function runHeadline(status: RunStatus): string {
  if (!status.end) {
    if (status.lastSeq === 0) return "Queued. It starts when the cluster is free";
    const phase = phaseNow(status);
    if (!phase) return "Starting";
    if (phase === "stage") {
      return `Staging ${Math.min(status.stepsDone + 1, status.steps.length)} of ${status.steps.length}`;
    }
    if (phase === "verify") {
      const proven = status.nodes.filter((lane) => lane.state === "proven").length;
      return `${DOING.verify}: ${proven} of ${status.nodes.filter((lane) => lane.mustProve).length} proven`;
    }
    return doing(status, phase);
  }
  const message = status.end.message.trim();
  const took = durationBetween(status.startedAt, status.endedAt);
  if (runState(status) !== "applied" || !took) return message;
  const [sentence = message, ...rest] = message.replace(/\.$/, "").split(". ");
  return [`${sentence}, ${took}`, ...rest].join(". ");
}

/** What a screen reader says while a run goes on: each phase once, without the counts that change with every step. */
export function spokenState(status: RunStatus): string {
  if (status.end) return runHeadline(status);
  const phase = phaseNow(status);
  return phase ? doing(status, phase) : runHeadline(status);
}

/** The title of the browser tab: the state first, because tabs are narrow. */
export function tabTitle(number: number, status: RunStatus): string {
  const state = runState(status);
  const symbol = STATE_SYMBOL[state];
  const phase = phaseNow(status);
  const count = phase === "stage" ? ` ${status.stepsDone}/${status.steps.length}` : "";
  const word = state === "running" && phase ? `${PHASE_WORD[phase]}${count}` : stateWord(state);
  return `${symbol} ${word} · Run ${number}`;
}

const STATE_SYMBOL: Readonly<Record<RunState, string>> = {
  queued: "…",
  running: "▸",
  applied: "✓",
  failed: "✕",
  blocked: "⊘",
  "partially-applied": "◐",
  "needs-attention": "!",
  interrupted: "‖",
};

export const SOURCE_WORD: Readonly<Record<RunSummary["source"], string>> = {
  app: "in the app",
  template: "from a template",
  api: "through the API",
};
