"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";

interface DeleteLayoutDialogProps {
  readonly id: string;
  readonly name: string;
  readonly remove: ServerAction<null>;
  readonly onClose: () => void;
}

export function DeleteLayoutDialog({ id, name, remove, onClose }: DeleteLayoutDialogProps) {
  const { start, busy, failure } = useAction(remove);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Delete ${name}?`}
      description="The draft and its versions go. Clusters are not touched. A layout that was ever applied is kept for the history."
      confirmLabel="Delete layout"
      danger
      busy={busy}
      failure={failure}
      onConfirm={() =>
        start({ id }, () => {
          toast.success(`Deleted ${name}`);
          onClose();
        })
      }
    />
  );
}
