"use client";

import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { Role, RunView } from "@/lib/server/views";
import { retryWords } from "./retry-words";

export interface RunServerActions {
  /** Each takes `{runId}`; retry also `nodes`. */
  readonly goOn: ServerAction<unknown>;
  readonly rollBack: ServerAction<unknown>;
  readonly retry: ServerAction<unknown>;
}

interface RunActionsProps extends RunServerActions {
  readonly run: RunView;
  readonly status: RunStatus;
  readonly role: Role;
  /** Called when the server has taken the run up again. */
  readonly onGoingOn: () => void;
}

/** What can be done with a run that ended in the middle: continue it, roll it back, or try single nodes again. */
export function RunActions(props: RunActionsProps) {
  const { offers } = props.run;
  if (offers.rollBack) return <Interrupted {...props} />;
  return offers.retryNodes.length > 0 ? <Open {...props} /> : null;
}

function Interrupted({ run, role, goOn, rollBack, onGoingOn }: RunActionsProps) {
  const [open, setOpen] = useState(false);
  const going = useAction(goOn);
  const rolling = useAction(rollBack);
  const refusal = roleReason(role, "operator", "go on with runs");
  const why = run.offers.continue === true ? null : run.offers.continue;
  return (
    <Callout
      kind="warning"
      title="Staged, not applied: continue this run or roll it back"
      actions={
        <>
          <Button
            size="sm"
            variant="primary"
            busy={rolling.busy}
            disabledReason={refusal}
            onClick={() => rolling.start({ runId: run.id }, onGoingOn)}
          >
            Roll back
          </Button>
          <Button size="sm" disabledReason={refusal ?? why} onClick={() => setOpen(true)}>
            Continue
          </Button>
        </>
      }
    >
      <p>
        The cluster stays locked for everybody else until then. Rolling back takes away what was staged and proves it;
        no node has been touched.
      </p>
      {rolling.failure ? <FailureMessage failure={rolling.failure} /> : null}
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Continue run ${run.number}?`}
        description="It goes on only when the cluster is exactly as the run left it: then the rest is staged, compared on every node and committed."
        confirmLabel="Continue and commit"
        busy={going.busy}
        failure={going.failure}
        onConfirm={() =>
          going.start({ runId: run.id }, () => {
            setOpen(false);
            onGoingOn();
          })
        }
      />
    </Callout>
  );
}

/** Nodes of a committed run that are not proven, or do not serve what is planned. */
function Open({ run, status, role, retry, onGoingOn }: RunActionsProps) {
  const { start, busy, failure } = useAction(retry);
  const nodes = run.offers.retryNodes;
  const words = retryWords(nodes, status);
  const refusal = roleReason(role, "operator", "go on with runs");
  const buttons = nodes.length > 1 ? [...nodes.map((node) => [node]), nodes] : [nodes];
  return (
    <Callout
      kind="info"
      title={words.title}
      actions={buttons.map((some) => (
        <Button
          key={some.join()}
          size="sm"
          busy={busy}
          disabledReason={refusal}
          onClick={() => start({ runId: run.id, nodes: some }, onGoingOn)}
        >
          {some.length === 1 ? `Retry ${some[0]}` : "Retry all"}
        </Button>
      ))}
    >
      <p>{words.text}</p>
      {failure ? <FailureMessage failure={failure} /> : null}
    </Callout>
  );
}
