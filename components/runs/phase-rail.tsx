import { Ban, Check, Circle, CircleDashed, LoaderCircle, type LucideIcon, Minus, X } from "lucide-react";
import type { PhaseState, PhaseStatus, RunStatus } from "@/lib/core/apply/run-status";
import { durationBetween } from "./duration";
import { PHASE_STATE_WORD, PHASE_WORD } from "./run-words";

const LOOK: Readonly<Record<PhaseState, { readonly icon: LucideIcon; readonly mark: string; readonly text: string }>> =
  {
    waiting: { icon: Circle, mark: "text-control", text: "text-text-3" },
    running: { icon: LoaderCircle, mark: "animate-turn text-accent", text: "font-medium text-text" },
    done: { icon: Check, mark: "text-add", text: "text-text" },
    failed: { icon: X, mark: "text-destroy", text: "font-medium text-destroy" },
    skipped: { icon: Minus, mark: "text-text-3", text: "text-text-3" },
    stopped: { icon: CircleDashed, mark: "text-change", text: "text-text" },
    "not-reached": { icon: Ban, mark: "text-control", text: "text-text-3" },
  };

/** The phases of a run in reading order, each with its state. */
export function PhaseRail({ status }: { readonly status: RunStatus }) {
  return (
    <ol aria-label="Phases" className="flex flex-wrap gap-px bg-hairline">
      {status.phases.map((phase) => (
        <Phase key={phase.phase} phase={phase} status={status} />
      ))}
    </ol>
  );
}

function Phase({ phase, status }: { readonly phase: PhaseStatus; readonly status: RunStatus }) {
  const { icon: Icon, mark, text } = LOOK[phase.state];
  const counted = phase.phase === "stage" && status.steps.length > 0 && phase.state !== "skipped";
  const took = durationBetween(phase.startedAt, phase.endedAt);
  return (
    <li aria-current={phase.state === "running" ? "step" : undefined} className="min-w-28 flex-1 bg-surface px-3 py-2">
      <span className={`flex items-center gap-1.5 ${text}`}>
        <Icon aria-hidden size={14} strokeWidth={2.5} className={`shrink-0 ${mark}`} />
        <span className="whitespace-nowrap">
          {PHASE_WORD[phase.phase]}
          {counted ? (
            <span className="ml-1 text-text-3">
              {status.stepsDone}/{status.steps.length}
            </span>
          ) : null}
        </span>
      </span>
      <span className="mt-0.5 block pl-5 text-text-3 text-xs">
        {took && phase.state === "done" ? (
          <>
            <span className="sr-only">done in </span>
            {took}
          </>
        ) : (
          PHASE_STATE_WORD[phase.state]
        )}
      </span>
    </li>
  );
}
