"use client";

import { useState } from "react";
import { BoardPicture } from "@/components/board/board-picture";
import { useTemplateShelf } from "@/components/templates/use-template-shelf";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { useBoard, useDesigner, useDesignerActions } from "../designer-context";
import { builtFor, insertCommand } from "../insert-starter";

interface InsertTemplateDialogProps {
  /** The template to begin with; null for the first. */
  readonly template: string | null;
  readonly onClose: () => void;
}

/** Puts a template into the layout, for this cluster's nodes and with numbers that are free; one edit. */
export function InsertTemplateDialog({ template, onClose }: InsertTemplateDialogProps) {
  const layout = useDesigner((state) => state.layout);
  const locked = useDesigner((state) => state.locked);
  const facts = useBoard((state) => state.facts);
  const nodes = useBoard((state) => state.nodes);
  const { change } = useDesignerActions();
  const starters = useTemplateShelf();
  const [chosen, setChosen] = useState(template);
  const starter = starters.find(({ id }) => id === chosen) ?? starters[0];
  if (!starter) return null;
  const built = builtFor(starter, { facts, nodes });
  const command = insertCommand(layout, starter, { built, place: null });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title="Insert a template"
      description="Ids, tags and networks that are taken give way to the next free ones. Nothing is applied."
    >
      <div className="flex flex-col gap-4">
        <Select
          label="Template"
          value={starter.id}
          options={starters.map((each) => ({ value: each.id, label: each.title, note: each.summary }))}
          onChange={setChosen}
        />
        {built && (
          <div className="rounded-md border border-hairline bg-bg p-3">
            <BoardPicture layout={built} nodes={nodes} width={640} height={220} />
          </div>
        )}
        {!command.ok && <Callout kind="warning">{command.error}</Callout>}
      </div>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabledReason={locked ?? (command.ok ? null : "This template cannot be inserted here")}
          onClick={() => {
            if (command.ok) change(command.value);
            onClose();
          }}
        >
          Insert
        </Button>
      </DialogActions>
    </Dialog>
  );
}
