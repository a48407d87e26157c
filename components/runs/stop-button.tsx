"use client";

import { Square } from "lucide-react";
import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { Role } from "@/lib/server/views";
import { cancelRefusal } from "./run-words";

interface StopButtonProps {
  readonly runId: string;
  readonly status: RunStatus;
  readonly role: Role;
  readonly stopping: boolean;
  readonly cancel: ServerAction<unknown>;
  readonly onStopping: () => void;
}

/** Asks the run to stop, and says first what stopping does. After the commit there is nothing to stop: it says that. */
export function StopButton({ runId, status, role, stopping, cancel, onStopping }: StopButtonProps) {
  const [open, setOpen] = useState(false);
  const { start, busy, failure } = useAction(cancel);
  if (status.end) return null;
  const refusal =
    roleReason(role, "operator", "stop runs") ?? (stopping ? "Already asked to stop" : cancelRefusal(status));
  return (
    <>
      <Button icon={<Square aria-hidden size={12} />} disabledReason={refusal} onClick={() => setOpen(true)}>
        {stopping ? "Stopping" : "Stop"}
      </Button>
      <ConfirmDialog
        open={open && refusal === null}
        onOpenChange={setOpen}
        title="Stop this run?"
        description="It stops before its next step, takes back what was staged, proves that, and releases the lock. No node has been touched so far. If the commit is sent in this very moment, the run goes on to its end."
        confirmLabel="Stop and undo"
        danger
        busy={busy}
        failure={failure}
        onConfirm={() =>
          start({ runId }, () => {
            setOpen(false);
            onStopping();
          })
        }
      />
    </>
  );
}
