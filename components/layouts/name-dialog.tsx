"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";

interface NameDialogProps {
  readonly title: string;
  readonly label: string;
  readonly verb: string;
  readonly initial: string;
  readonly action: ServerAction<unknown>;
  /** What the action gets for a name. */
  readonly input: (name: string) => unknown;
  /** Said when it worked. */
  readonly said: (name: string) => string;
  readonly onClose: () => void;
}

/** Asks for one name and does something with it. */
export function NameDialog({ title, label, verb, initial, action, input, said, onClose }: NameDialogProps) {
  const [name, setName] = useState(initial);
  const { start, busy, failure } = useAction(action);
  const fieldError = failure?.fields?.["name"] ?? failure?.fields?.["title"];
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start(input(name), () => {
            toast.success(said(name.trim()));
            onClose();
          });
        }}
      >
        <TextField
          label={label}
          value={name}
          required
          maxLength={80}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setName(event.target.value)}
          error={fieldError}
        />
        {failure && !fieldError && <FailureMessage failure={failure} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {verb}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
