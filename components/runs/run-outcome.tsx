import Link from "next/link";
import { Callout } from "@/components/ui/callout";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { RunState } from "@/lib/server/views";
import { failurePage } from "./failure-page";
import { runHeadline, runState, spokenState } from "./run-words";
import { stopAsked, stoppingHeadline } from "./stop-words";
import type { Connection } from "./use-run";

const KIND: Readonly<Record<Exclude<RunState, "queued" | "running">, "success" | "warning" | "error">> = {
  applied: "success",
  failed: "error",
  blocked: "warning",
  "partially-applied": "warning",
  "needs-attention": "error",
  interrupted: "error",
};

interface RunOutcomeProps {
  readonly status: RunStatus;
  readonly connection: Connection;
  /** Somebody has asked to stop the run. */
  readonly stop: boolean;
}

/** One sentence that is true now: what the run does, or how it ended and what can be done. */
export function RunOutcome({ status, connection, stop }: RunOutcomeProps) {
  const state = runState(status);
  const headline = runHeadline(status);
  const ended = state !== "queued" && state !== "running";
  const page = failurePage(state, status.end?.failure?.kind ?? null);
  const warnings = status.notes.filter((note) => note.level === "warning");
  return (
    <div className="flex flex-col gap-3">
      <p role="status" className="sr-only">
        {spokenState(status)}
      </p>
      <div>
        {ended ? (
          <Callout
            kind={KIND[state]}
            title={headline}
            actions={
              page ? (
                <Link href={page} className="font-medium text-xs underline underline-offset-2">
                  What this means, and what to do
                </Link>
              ) : null
            }
          >
            {nextStep(status, stop)}
          </Callout>
        ) : (
          <p className="text-lg">
            {(stop && stoppingHeadline(status)) || headline}
            <span aria-hidden>…</span>
          </p>
        )}
      </div>
      {connection === "polling" ? (
        <p className="text-text-3 text-xs">
          The live stream is interrupted. The run goes on; it is read every two seconds.
        </p>
      ) : null}
      {warnings.length > 0 ? (
        <Callout kind="warning" title={warnings.length === 1 ? "A warning" : `${warnings.length} warnings`}>
          <ul className="list-disc pl-4">
            {warnings.map((note) => (
              <li key={`${note.at} ${note.text}`}>{note.text}</li>
            ))}
          </ul>
        </Callout>
      ) : null}
    </div>
  );
}

/** Proxmox's own words and what to do now, where the end has any; and whether somebody had asked to stop. */
function nextStep(status: RunStatus, stop: boolean) {
  const failure = status.end?.failure;
  if (!failure?.detail && !failure?.next && !stop) return null;
  return (
    <div className="flex flex-col gap-1">
      {stop ? <p>{stopAsked(status)}</p> : null}
      {failure?.detail ? <p className="mono whitespace-pre-wrap">{failure.detail}</p> : null}
      {failure?.next ? <p>{failure.next}</p> : null}
    </div>
  );
}
