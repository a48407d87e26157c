"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CommandBlock } from "@/components/ui/copy-button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { Role } from "@/lib/server/views";
import { ROLE_OPTIONS } from "./roles";

interface CreateTokenDialogProps {
  readonly create: ServerAction<{ readonly id: string; readonly secret: string }>;
  readonly onClose: () => void;
}

/** Creates an API token and shows its secret, this once. */
export function CreateTokenDialog({ create, onClose }: CreateTokenDialogProps) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const { start, busy, failure, value } = useAction(create);
  if (value) {
    return (
      <Dialog
        open
        onOpenChange={(open) => !open && onClose()}
        title="Copy the token now"
        description="It is shown this once. Only a hash of it is kept."
      >
        <div className="flex flex-col gap-4">
          <CommandBlock text={value.secret} label="API token" />
          <DialogActions>
            <Button variant="primary" onClick={onClose}>
              I have copied it
            </Button>
          </DialogActions>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Create API token">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start({ name, role });
        }}
      >
        <TextField
          label="Name"
          value={name}
          required
          maxLength={80}
          autoFocus
          autoComplete="off"
          hint="What it is for. It stands in the history beside what it does."
          onChange={(event) => setName(event.target.value)}
          error={failure?.fields?.["name"]}
        />
        <Field label="Role">
          {(control) => <Select {...control} value={role} onChange={setRole} options={ROLE_OPTIONS} />}
        </Field>
        {failure && <FailureMessage failure={failure} shownFields={["name"]} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Create token
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
