"use client";

import { useSyncExternalStore } from "react";
import { BoardPicture } from "@/components/board/board-picture";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Layout } from "@/lib/core/layout/model";
import { useBoard, useDesigner, useDesignerParts } from "./designer-context";

/** Two people saved: shows both versions and lets one be chosen. Closing it chooses nothing and saves nothing. */
export function ConflictDialog({
  open,
  onOpenChange,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}) {
  const { autosave } = useDesignerParts();
  const state = useSyncExternalStore(autosave.subscribe, autosave.state, autosave.state);
  const mine = useDesigner((all) => all.layout);
  if (state.kind !== "conflict") return null;
  const { theirs } = state;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      width="lg"
      title="Two versions of this layout"
      description={
        <>
          {theirs.updatedBy} saved this layout <RelativeTime at={theirs.updatedAt} /> while you were editing. Nothing is
          lost yet: choose which version to go on with. The other one is then gone.
        </>
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Version title="Yours" layout={mine} />
        <Version title={`From ${theirs.updatedBy}, draft ${theirs.rev}`} layout={theirs.layout} />
      </div>
      <DialogActions>
        <Button onClick={() => autosave.resolve("theirs")}>Take theirs</Button>
        <Button variant="primary" onClick={() => autosave.resolve("mine")}>
          Keep mine
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Version({ title, layout }: { readonly title: string; readonly layout: Layout }) {
  const nodes = useBoard((state) => state.nodes);
  return (
    <figure className="flex min-w-0 flex-col gap-2">
      <figcaption className="font-medium text-sm">{title}</figcaption>
      <div className="rounded-md border border-hairline bg-bg p-2">
        <BoardPicture layout={layout} nodes={nodes} width={330} height={200} />
      </div>
      <p className="text-text-2 text-xs">
        {`Zones: ${layout.zones.length} · VNets: ${layout.vnets.length} · subnets: ${layout.subnets.length}`}
      </p>
    </figure>
  );
}
