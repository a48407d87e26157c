"use client";

import { NewPasswordField } from "@/components/setup/new-password-field";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { PersonView } from "@/lib/server/views";
import type { PeopleActions } from "./people-actions";

interface NewPasswordDialogProps {
  readonly person: PersonView;
  readonly newPassword: PeopleActions["newPassword"];
  readonly onClose: () => void;
}

export function NewPasswordDialog({ person: { id, name }, newPassword, onClose }: NewPasswordDialogProps) {
  const { start, busy, failure } = useAction(newPassword);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`New password for ${name}`}
      description="Their sessions end. Hand the password over yourself; they can change it under Account."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start({ id, password: new FormData(event.currentTarget).get("password") }, () => {
            toast.success(`${name} has a new password`);
            onClose();
          });
        }}
      >
        <NewPasswordField label="New password" error={failure?.fields?.["password"]} autoFocus />
        {failure && <FailureMessage failure={failure} shownFields={["password"]} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Set password
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
