"use client";

import { useState } from "react";
import { NewPasswordField } from "@/components/setup/new-password-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { Role } from "@/lib/server/views";
import type { PeopleActions } from "./people-actions";
import { ROLE_OPTIONS } from "./roles";

interface CreatePersonDialogProps {
  readonly create: PeopleActions["create"];
  readonly onClose: () => void;
}

export function CreatePersonDialog({ create, onClose }: CreatePersonDialogProps) {
  const [role, setRole] = useState<Role>("operator");
  const { start, busy, failure } = useAction(create);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title="Add person">
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const name = String(data.get("name"));
          start({ name, email: data.get("email"), role, password: data.get("password") }, () => {
            toast.success(`${name} can sign in now`);
            onClose();
          });
        }}
      >
        <TextField
          label="Name"
          name="name"
          required
          maxLength={80}
          autoFocus
          autoComplete="off"
          error={failure?.fields?.["name"]}
        />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          required
          autoComplete="off"
          hint="Used to sign in. No mail is sent to it."
          error={failure?.fields?.["email"]}
        />
        <Field label="Role" error={failure?.fields?.["role"]}>
          {(control) => <Select {...control} value={role} onChange={setRole} options={ROLE_OPTIONS} />}
        </Field>
        <NewPasswordField label="First password" error={failure?.fields?.["password"]} />
        {failure && <FailureMessage failure={failure} shownFields={["name", "email", "role", "password"]} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Add person
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
