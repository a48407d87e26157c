"use client";

import { type ReactNode, useState } from "react";
import type { Failure } from "@/lib/core/failure";
import { Button } from "./button";
import { Dialog, DialogActions } from "./dialog";
import { FailureMessage } from "./failure-message";
import { TextField } from "./input";

interface ConfirmDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  /** What will happen, and what will not. */
  readonly description: ReactNode;
  /** A verb and its object: "Delete layout". */
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly danger?: boolean;
  readonly busy?: boolean;
  readonly failure?: Failure | null;
  /** Text that must be typed first; only for what cannot be taken back. */
  readonly typed?: string;
  readonly children?: ReactNode;
}

/** Asks before something with a price. With `typed`, the person copies a name so that the wrong one is noticed. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, confirmLabel, onConfirm, typed, children } = props;
  const { danger = false, busy = false, failure = null } = props;
  const [text, setText] = useState("");
  const ready = typed === undefined || text.trim() === typed;
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setText("");
        onOpenChange(next);
      }}
      title={title}
      description={description}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) onConfirm();
        }}
        className="flex flex-col gap-4"
      >
        {children}
        {typed !== undefined && (
          <TextField
            label={`Type ${typed} to confirm`}
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            mono
          />
        )}
        {failure && <FailureMessage failure={failure} />}
        <DialogActions>
          {/* Where Enter would go by mistake costs nothing. */}
          <Button autoFocus={typed === undefined} onClick={() => onOpenChange(false)}>
            Cancel
          </Button>
          <Button
            type="submit"
            variant={danger ? "danger" : "primary"}
            busy={busy}
            disabledReason={ready ? null : `Type ${typed} first`}
          >
            {confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
