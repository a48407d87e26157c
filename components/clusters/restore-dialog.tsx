"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { SnapshotSummary } from "@/lib/server/memory-views";
import type { LayoutSummary } from "@/lib/server/views";

interface RestoreDialogProps {
  readonly snapshot: SnapshotSummary;
  readonly layouts: readonly LayoutSummary[];
  /** Takes `{snapshotId, layoutId}`. */
  readonly restore: ServerAction<{ readonly planId: string }>;
  readonly onClose: () => void;
}

/** Asks which layout's objects are brought back, and goes to the plan for it. */
export function RestoreDialog({ snapshot, layouts, restore, onClose }: RestoreDialogProps) {
  const router = useRouter();
  const [layoutId, setLayoutId] = useState(layouts[0]?.id ?? null);
  const { start, busy, failure } = useAction(restore);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Restore a snapshot"
      description="A plan shows what would change. Only objects of the layout you choose are brought back; what others own stays as it is, and nothing is sent before you apply the plan."
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          start({ snapshotId: snapshot.id, layoutId }, ({ planId }) => router.push(`/plans/${planId}`));
        }}
      >
        <Field label="Layout">
          {(control) => (
            <Select
              {...control}
              value={layoutId}
              onChange={setLayoutId}
              options={layouts.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </Field>
        {failure ? <FailureMessage failure={failure} /> : null}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            {busy ? "Reading the cluster" : "Plan the restore"}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
