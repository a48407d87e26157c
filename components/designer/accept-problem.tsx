"use client";

import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { TextField } from "@/components/ui/input";
import { exceptionIndex } from "@/lib/core/layout/edits";
import type { Problem } from "@/lib/core/problem";
import { acceptCommand, takeBackCommand } from "./commands";
import { useDesigner, useDesignerActions } from "./designer-context";

/** For a problem that may be meant: accepting it with a reason, or taking that back. */
export function AcceptProblem({ problem }: { readonly problem: Problem }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  const accepted = useDesigner((state) => exceptionIndex(state.layout, problem)) !== null;
  const [open, setOpen] = useState(false);
  const place = useRef<HTMLDivElement>(null);

  function close() {
    setOpen(false);
    // The field is gone; whoever works with keys goes on from here.
    place.current?.focus();
  }

  return (
    <div ref={place} tabIndex={-1} className="w-full outline-none">
      {accepted && problem.severity === "info" ? (
        <Button size="sm" disabledReason={locked} onClick={() => change(takeBackCommand(problem))}>
          Take back
        </Button>
      ) : open ? (
        <ReasonForm
          onAccept={(reason) => {
            change(acceptCommand(problem, reason));
            close();
          }}
          onCancel={close}
        />
      ) : (
        <Button size="sm" disabledReason={locked} onClick={() => setOpen(true)}>
          Accept with a reason…
        </Button>
      )}
    </div>
  );
}

interface ReasonFormProps {
  readonly onAccept: (reason: string) => void;
  readonly onCancel: () => void;
}

function ReasonForm({ onAccept, onCancel }: ReasonFormProps) {
  const [reason, setReason] = useState("");
  const [asked, setAsked] = useState(false);
  const missing = reason.trim() === "";
  return (
    <form
      // Escape leaves the field; a dialog around it stays.
      data-own-escape
      className="flex flex-col gap-2 pt-1"
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onCancel();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        if (missing) setAsked(true);
        else onAccept(reason.trim());
      }}
    >
      <TextField
        label="Reason"
        hint="Kept in the layout, for whoever wonders later."
        error={asked && missing ? "Write why it is meant." : null}
        autoFocus
        value={reason}
        maxLength={200}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary">
          Accept
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
