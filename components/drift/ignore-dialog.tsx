"use client";

import { useState } from "react";
import { objectName } from "@/components/plan/change-words";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { DriftEntry } from "@/lib/server/memory-views";

interface IgnoreDialogProps {
  readonly item: DriftEntry;
  readonly layoutId: string;
  /** Takes `{layoutId, key, where, fingerprint, reason}`. */
  readonly ignore: ServerAction<null>;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks why a difference may stay. It stays in the list, marked, and comes back when it becomes another one. */
export function IgnoreDialog({ item, layoutId, ignore, onDone, onClose }: IgnoreDialogProps) {
  const [reason, setReason] = useState("");
  const { start, busy, failure } = useAction(ignore);
  const { key, where, fingerprint } = item;
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Ignore the drift of ${objectName(item)}`}
      description="Until it differs in another way. It is counted and can be watched again."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start({ layoutId, key, where, fingerprint, reason }, onDone);
        }}
      >
        <TextField
          label="Reason"
          value={reason}
          required
          maxLength={500}
          autoFocus
          onChange={(event) => setReason(event.target.value)}
          error={failure?.fields?.["reason"]}
        />
        {failure ? <FailureMessage failure={failure} shownFields={["reason"]} /> : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Ignore until it changes
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
