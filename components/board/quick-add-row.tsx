"use client";

import { Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { useDesigner, useDesignerActions } from "@/components/designer/designer-context";
import { patiently } from "@/components/ui/patiently";
import type { BoardZone } from "@/lib/core/board/geometry";

// The grammar is fetched when the Board is there; who opens the line at once waits for it once.
const QuickAdd = dynamic(
  patiently(() => import("./quick-add").then((module) => module.QuickAdd)),
  { loading: () => null },
);

interface QuickAddRowProps {
  readonly zone: BoardZone;
  readonly top: number;
  /** Whether it can be read from here; one that is open is drawn anyway. */
  readonly near: boolean;
}

/** The last line of a zone: a press opens a field where one line of text becomes a VNet with its subnet. */
export function QuickAddRow({ zone, top, near }: QuickAddRowProps) {
  const { id } = zone.zone;
  const open = useDesigner((state) => state.adding === id);
  const locked = useDesigner((state) => state.locked !== null);
  const { startAdding } = useDesignerActions();
  const { metrics } = zone;
  if (!near && !open) return null;
  return (
    <div className="absolute inset-x-1 flex items-center" style={{ top, height: metrics.foot }}>
      <div className="board-gutter flex items-center gap-2 pl-1.5">
        {open ? (
          <QuickAdd zone={id} />
        ) : (
          !locked && (
            <button
              type="button"
              tabIndex={-1}
              aria-label={`Add VNet to ${id}`}
              onClick={(event) => {
                event.stopPropagation();
                startAdding(id);
              }}
              className="nopan flex h-7 items-center gap-1.5 rounded-sm px-1.5 text-text-3 text-xs hover:bg-hover hover:text-text"
            >
              <Plus aria-hidden size={14} /> VNet
            </button>
          )
        )}
      </div>
    </div>
  );
}
