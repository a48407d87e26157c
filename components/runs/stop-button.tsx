"use client";

import { Square } from "lucide-react";
import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { RunStatus } from "@/lib/core/apply/run-status";
import type { Role } from "@/lib/server/views";
import { cancelRefusal, stopWords } from "./stop-words";

interface StopButtonProps {
  readonly runId: string;
  readonly status: RunStatus;
  readonly role: Role;
  readonly stopping: boolean;
  readonly cancel: ServerAction<unknown>;
  readonly onStopping: () => void;
}

/** Asks the run to stop, and says first what stopping does. Where there is nothing to stop any more it says that. */
export function StopButton({ runId, status, role, stopping, cancel, onStopping }: StopButtonProps) {
  const [open, setOpen] = useState(false);
  const { start, busy, failure } = useAction(cancel);
  if (status.end) return null;
  const refusal =
    roleReason(role, "operator", "stop runs") ?? (stopping ? "Already asked to stop" : cancelRefusal(status));
  const words = stopWords(status);
  return (
    <>
      <Button icon={<Square aria-hidden size={12} />} disabledReason={refusal} onClick={() => setOpen(true)}>
        {stopping ? "Stopping" : "Stop"}
      </Button>
      <ConfirmDialog
        open={open && refusal === null}
        onOpenChange={setOpen}
        title="Stop this run?"
        description={words.description}
        confirmLabel={words.confirm}
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
