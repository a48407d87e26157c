"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import { useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";

interface SaveTemplateDialogProps {
  readonly layoutId: string;
  readonly saveTemplate: ServerAction<{ id: string }>;
  readonly onClose: () => void;
}

/** Keeps what is selected, or the whole layout, as a template for others. */
export function SaveTemplateDialog({ layoutId, saveTemplate, onClose }: SaveTemplateDialogProps) {
  const { autosave } = useDesignerParts();
  const { say } = useDesignerActions();
  const name = useDesigner((state) => state.layout.name);
  const selected = useDesigner((state) => state.selected);
  const [title, setTitle] = useState(name);
  const { start, busy, failure } = useAction(saveTemplate);
  const fieldError = failure?.fields?.["title"];
  const keys = [...selected].filter((key) => !key.startsWith("host/"));

  async function save() {
    // The server keeps what it has, so the last edits have to be there first.
    if (!(await autosave.flush())) {
      say("The template needs your last edits saved first.");
      return;
    }
    start({ layoutId, title, ...(keys.length > 0 ? { keys } : {}) }, () => {
      say(`Saved as the template ${title.trim()}`);
      onClose();
    });
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Save as a template"
      description={
        keys.length > 0
          ? `The ${keys.length === 1 ? "selected object" : `${keys.length} selected objects`}, what hangs on them, and the zones they need.`
          : "The whole layout, since nothing is selected."
      }
    >
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextField
          label="Title"
          value={title}
          required
          maxLength={80}
          autoFocus
          onFocus={(event) => event.target.select()}
          onChange={(event) => setTitle(event.target.value)}
          error={fieldError}
        />
        {failure && !fieldError && <FailureMessage failure={failure} />}
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" busy={busy}>
            Save template
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
