"use client";

import { useState } from "react";
import { BoardPicture } from "@/components/board/board-picture";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Select } from "@/components/ui/select";
import { parameterDefaults, STARTERS } from "@/lib/core/layout/starters";
import { useBoard, useDesigner, useDesignerActions } from "../designer-context";
import { pasteCommand } from "../more-commands";

/** Puts a built-in template into the layout, for this cluster's nodes and with numbers that are free; one edit. */
export function InsertTemplateDialog({ onClose }: { readonly onClose: () => void }) {
  const layout = useDesigner((state) => state.layout);
  const locked = useDesigner((state) => state.locked);
  const facts = useBoard((state) => state.facts);
  const names = useBoard((state) => state.nodes);
  const { change } = useDesignerActions();
  const [id, setId] = useState(STARTERS[0]?.id ?? "");
  const starter = STARTERS.find((each) => each.id === id);
  const bridges = facts?.nodes.flatMap((node) => (node.bridges ?? []).map((bridge) => bridge.name)) ?? [];
  const built = starter?.build(
    parameterDefaults(starter, { nodes: names.length > 0 ? [...names] : ["pve1"], bridges: [...new Set(bridges)] }),
  );
  const command =
    built?.ok === true
      ? pasteCommand(layout, built.value, { zone: null, vnet: null, subnets: "free" }, `Insert ${starter?.title}:`)
      : null;
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
          value={id}
          options={STARTERS.map((each) => ({ value: each.id, label: each.title, note: each.summary }))}
          onChange={setId}
        />
        {built?.ok && (
          <div className="rounded-md border border-hairline bg-bg p-3">
            <BoardPicture layout={built.value} nodes={names} width={640} height={220} />
          </div>
        )}
        {command?.ok === false && <Callout kind="warning">{command.error}</Callout>}
      </div>
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabledReason={locked ?? (command?.ok ? null : "This template cannot be inserted here")}
          onClick={() => {
            if (command?.ok) change(command.value);
            onClose();
          }}
        >
          Insert
        </Button>
      </DialogActions>
    </Dialog>
  );
}
