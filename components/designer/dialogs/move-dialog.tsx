"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { RadioCards } from "@/components/ui/radio-cards";
import { vnetKey } from "@/lib/core/plan/entity";
import { plural } from "@/lib/core/plural";
import { moveCommand } from "../commands";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";
import { judgeField } from "../judge-change";

/** Carries VNets to another zone; the twin of dragging a lane. What would not fit there is said beforehand. */
export function MoveDialog({ vnets, onClose }: { readonly vnets: readonly string[]; readonly onClose: () => void }) {
  const { view } = useDesignerParts();
  const { change } = useDesignerActions();
  const layout = useDesigner((state) => state.layout);
  const facts = useBoard((state) => state.facts);
  const homes = new Set(layout.vnets.filter(({ id }) => vnets.includes(id)).map(({ zone }) => zone));
  const targets = layout.zones.filter(({ id }) => homes.size > 1 || !homes.has(id));
  const [zone, setZone] = useState<string | null>(targets[0]?.id ?? null);
  const first = vnets[0] ?? "";

  function note(id: string): string {
    const count = layout.vnets.filter((vnet) => vnet.zone === id).length;
    const problem = judgeField(layout, facts, moveCommand(vnets, id), vnetKey(first), "tag");
    return problem?.message ?? `${layout.zones.find((each) => each.id === id)?.type}, ${plural(count, "VNet")}`;
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={vnets.length === 1 ? `Move ${first} to another zone` : `Move ${vnets.length} VNets to another zone`}
      description="Subnets go along. To Proxmox a VNet in another zone is a new one: the plan shows it."
    >
      {targets.length === 0 ? (
        <p className="text-sm text-text-2">There is no other zone yet.</p>
      ) : (
        <RadioCards
          label="Zone"
          value={zone ?? ""}
          onChange={setZone}
          options={targets.map(({ id }) => ({ value: id, title: id, note: note(id) }))}
        />
      )}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          variant="primary"
          disabledReason={zone === null ? "Add another zone first" : null}
          onClick={() => {
            if (zone !== null) change(moveCommand(vnets, zone));
            onClose();
            setTimeout(() => view.reveal(vnetKey(first)));
          }}
        >
          Move
        </Button>
      </DialogActions>
    </Dialog>
  );
}
