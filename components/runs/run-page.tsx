"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PlacementMatrix } from "@/components/plan/placement-matrix";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { Step } from "@/lib/core/plan/step";
import type { Role, RunView } from "@/lib/server/views";
import { HostLanes } from "./host-lanes";
import { LogTail } from "./log-tail";
import { NodeLanes } from "./node-lanes";
import { PhaseRail } from "./phase-rail";
import { RunActions, type RunServerActions } from "./run-actions";
import { RunDetails } from "./run-details";
import { RunDownloads } from "./run-downloads";
import { RunHeader } from "./run-header";
import { RunOutcome } from "./run-outcome";
import { RunStep } from "./run-steps";
import { runState, tabTitle } from "./run-words";
import { StopButton } from "./stop-button";
import { useRun } from "./use-run";
import { useTabTitle } from "./use-tab-title";

interface RunPageProps extends RunServerActions {
  readonly initial: RunView;
  readonly role: Role;
  /** Takes `{runId}`. */
  readonly cancel: ServerAction<unknown>;
  /** Takes `{layoutId}`. */
  readonly planAgain: ServerAction<{ planId: string }>;
  /** Takes `{runId}`; makes the plan that takes the run back. */
  readonly revert: ServerAction<{ planId: string }>;
}

/** A run while it goes on, and the same page in the history when it is over. */
export function RunPage({ initial, role, cancel, planAgain, revert, goOn, rollBack, retry }: RunPageProps) {
  const { run, status, connection, followAgain } = useRun(initial);
  const [asked, setAsked] = useState(false);
  const again = useAction(planAgain);
  const taking = useAction(revert);
  const router = useRouter();
  const stop = asked || run.cancelRequested;
  useTabTitle(tabTitle(run.number, status));
  const { layoutId } = run;
  const offerPlan = status.end !== null && runState(status) !== "applied" && layoutId !== null;

  // A wish to stop does not outlast the end that it led to.
  const goingOn = () => {
    setAsked(false);
    followAgain();
  };

  return (
    <div className="flex flex-col gap-4">
      <RunHeader
        run={run}
        status={status}
        actions={
          <>
            {status.end ? <RunDownloads run={run} status={status} /> : null}
            {status.end && run.offers.revert ? (
              <Button
                icon={<Undo2 aria-hidden size={14} />}
                busy={taking.busy}
                disabledReason={roleReason(role, "operator", "make plans")}
                onClick={() => taking.start({ runId: run.id }, ({ planId }) => router.push(`/plans/${planId}`))}
              >
                {taking.busy ? "Reading the cluster" : "Revert"}
              </Button>
            ) : null}
            {offerPlan ? (
              <Button
                variant="primary"
                busy={again.busy}
                disabledReason={roleReason(role, "operator", "make plans")}
                onClick={() => again.start({ layoutId }, ({ planId }) => router.push(`/plans/${planId}`))}
              >
                {again.busy ? "Reading the cluster" : "Plan again"}
              </Button>
            ) : null}
            <StopButton
              runId={run.id}
              status={status}
              role={role}
              stopping={stop}
              cancel={cancel}
              onStopping={() => setAsked(true)}
            />
          </>
        }
      />
      {again.failure ? <FailureMessage failure={again.failure} /> : null}
      {taking.failure ? <FailureMessage failure={taking.failure} /> : null}
      <RunOutcome status={status} connection={connection} stop={stop} />
      {connection === "ended" ? (
        <RunActions
          run={run}
          status={status}
          role={role}
          goOn={goOn}
          rollBack={rollBack}
          retry={retry}
          onGoingOn={goingOn}
        />
      ) : null}
      <FailedStep status={status} steps={run.plan.steps} />
      <Card className="overflow-hidden">
        <PhaseRail status={status} />
      </Card>
      <Nodes status={status} />
      <HostServices status={status} />
      <PlacementMatrix placement={run.plan.placement} nodes={run.plan.nodes} />
      <RunDetails run={run} status={status} />
    </div>
  );
}

/** The write that stopped the run, out of the list and in sight. */
function FailedStep({ status, steps }: { readonly status: RunStatus; readonly steps: readonly Step[] }) {
  const index = status.steps.findIndex((step) => step.state === "failed");
  const step = steps[index];
  const state = status.steps[index];
  if (!step || !state) return null;
  return (
    <Card className="@container py-1">
      <RunStep step={step} status={state} reached="staged" quiet />
    </Card>
  );
}

function HostServices({ status }: { readonly status: RunStatus }) {
  if (status.hosts.length === 0) return null;
  return (
    <section aria-labelledby="host-services">
      <h2 id="host-services" className="mb-2 text-base">
        Host services
      </h2>
      <Card className="overflow-hidden">
        <HostLanes hosts={status.hosts} />
      </Card>
    </section>
  );
}

function Nodes({ status }: { readonly status: RunStatus }) {
  if (status.nodes.length === 0) return null;
  return (
    <section aria-labelledby="nodes">
      <h2 id="nodes" className="mb-2 text-base">
        Nodes
      </h2>
      <Card className="overflow-hidden">
        <NodeLanes nodes={status.nodes} ended={status.end !== null} idle={status.steps.length === 0} />
        {status.log.length > 0 ? (
          <details className="border-hairline border-t px-4 py-2.5">
            <summary className="w-fit cursor-pointer text-text-3 text-xs hover:text-text">
              Log of the cluster's reload task, {status.log.length} lines
            </summary>
            <LogTail lines={status.log} label="Log of the cluster's reload task" />
          </details>
        ) : null}
      </Card>
    </section>
  );
}
