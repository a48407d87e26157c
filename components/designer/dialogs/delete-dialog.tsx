"use client";

import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import type { EntityKey } from "@/lib/core/plan/entity";
import { cascade, cascadeText } from "../cascade";
import { useBoard, useDesigner, useDesignerParts } from "../designer-context";
import { keyTitle } from "../keys";
import { remove } from "../remove";

/** Says what goes along before more is deleted than was pointed at. */
export function DeleteDialog({ keys, onClose }: { readonly keys: readonly EntityKey[]; readonly onClose: () => void }) {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const nics = useBoard((state) => state.nics);
  const gone = cascade(layout, keys, nics);
  const one = keys.length === 1 ? keys[0] : undefined;
  const what = one === undefined ? `${keys.length} objects` : keyTitle(one);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      danger
      title={`Delete ${what}?`}
      description={`This takes ${cascadeText(gone)} out of the draft. Nothing changes in the cluster until a plan is applied, and it can be undone.`}
      confirmLabel={`Delete ${one === undefined ? what : keyTitle(one).split(" ")[0]}`}
      onConfirm={() => {
        onClose();
        remove(designer, keys);
      }}
    >
      {gone.nics > 0 && (
        <p className="rounded-md bg-change-soft px-3 py-2 text-sm">
          {`${gone.nics} guest interface${gone.nics === 1 ? " is" : "s are"} attached there, ${gone.running} of running guests. Applying would cut them off.`}
        </p>
      )}
    </ConfirmDialog>
  );
}
