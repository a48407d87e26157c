"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { Mono } from "@/components/ui/mono";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import { layoutPart } from "@/lib/core/layout/part";
import type { Parameter } from "@/lib/core/layout/starters/parameter";
import { savedParameters } from "@/lib/core/layout/starters/saved-starter";
import { useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";

interface SaveTemplateDialogProps {
  readonly layoutId: string;
  /** Takes `{layoutId, title, keys?, asks}`. */
  readonly saveTemplate: ServerAction<{ id: string }>;
  readonly onClose: () => void;
}

/** Keeps what is selected, or the whole layout, as a template for others. */
export function SaveTemplateDialog({ layoutId, saveTemplate, onClose }: SaveTemplateDialogProps) {
  const { autosave } = useDesignerParts();
  const { say } = useDesignerActions();
  const layout = useDesigner((state) => state.layout);
  const selected = useDesigner((state) => state.selected);
  const [title, setTitle] = useState(layout.name);
  const { start, busy, failure } = useAction(saveTemplate);
  const fieldError = failure?.fields?.["title"];
  const keys = [...selected].filter((key) => !key.startsWith("host/"));
  // Found once: nothing is edited while the dialog is open.
  const [parameters] = useState(() => savedParameters((keys.length > 0 ? layoutPart(layout, keys) : layout) ?? layout));
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set());

  async function save() {
    // The server keeps what it has, so the last edits have to be there first.
    if (!(await autosave.flush())) {
      say("The template needs your last edits saved first.");
      return;
    }
    const asks = parameters.flatMap(({ id }) => (kept.has(id) ? [] : [id]));
    start({ layoutId, title, asks, ...(keys.length > 0 ? { keys } : {}) }, () => {
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
        {parameters.length > 0 && (
          <fieldset className="flex flex-col gap-1">
            <legend className="mb-1 font-medium text-sm">Ask for these when it is used</legend>
            <div className="flex max-h-64 flex-col gap-1 overflow-y-auto">
              {parameters.map((parameter) => (
                <Checkbox
                  key={parameter.id}
                  label={parameter.label}
                  hint={<Mono>{defaultText(parameter)}</Mono>}
                  checked={!kept.has(parameter.id)}
                  onChange={(ask) =>
                    setKept(
                      (before) =>
                        new Set(ask ? [...before].filter((id) => id !== parameter.id) : [...before, parameter.id]),
                    )
                  }
                />
              ))}
            </div>
            <p className="text-text-3 text-xs">
              The values here are offered first. What is not asked for stays as it is.
            </p>
          </fieldset>
        )}
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

const defaultText = ({ default: value }: Parameter): string =>
  typeof value === "object" ? value.join(", ") : String(value);
