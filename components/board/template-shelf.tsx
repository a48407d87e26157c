"use client";

import { LayoutTemplate, X } from "lucide-react";
import { useState } from "react";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "@/components/designer/designer-context";
import { builtFor } from "@/components/designer/insert-starter";
import { useTemplateShelf } from "@/components/templates/use-template-shelf";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { Layout } from "@/lib/core/layout/model";
import type { Starter } from "@/lib/core/layout/starters/starter";
import { BoardPicture } from "./board-picture";
import { dragTemplate } from "./template-drag";
import { useDragPress } from "./use-drag-press";

/** Templates along the lower edge of the Board, to be carried into it. Shift+I, and a press on one, do it without dragging. */
export function TemplateShelf() {
  const [open, setOpen] = useState(false);
  const locked = useDesigner((state) => state.locked);
  if (locked !== null) return null;
  if (!open) {
    return (
      <Button
        size="sm"
        icon={<LayoutTemplate aria-hidden size={14} />}
        onClick={() => setOpen(true)}
        className="absolute right-3 bottom-3 z-10"
      >
        Templates
      </Button>
    );
  }
  return <Shelf onClose={() => setOpen(false)} />;
}

function Shelf({ onClose }: { readonly onClose: () => void }) {
  const starters = useTemplateShelf();
  const facts = useBoard((state) => state.facts);
  const nodes = useBoard((state) => state.nodes);
  return (
    <section aria-label="Templates" className="z-10 flex shrink-0 flex-col border-hairline border-t bg-surface">
      <div className="flex items-center gap-3 py-1 pr-2 pl-3">
        <h2 className="text-sm">Templates</h2>
        <p className="min-w-0 flex-1 truncate text-text-3 text-xs">
          Drag one to where its zones shall go. What is taken gives way to the next free numbers.
        </p>
        <IconButton label="Close templates" size="sm" icon={<X aria-hidden size={14} />} onClick={onClose} />
      </div>
      <ul className="flex gap-2 overflow-x-auto px-3 pb-3">
        {starters.map((starter) => (
          <ShelfCard key={starter.id} starter={starter} built={builtFor(starter, { facts, nodes })} nodes={nodes} />
        ))}
      </ul>
    </section>
  );
}

interface ShelfCardProps {
  readonly starter: Starter;
  readonly built: Layout | null;
  readonly nodes: readonly string[];
}

function ShelfCard({ starter, built, nodes }: ShelfCardProps) {
  const designer = useDesignerParts();
  const { showDialog } = useDesignerActions();
  const press = useDragPress((event) => dragTemplate(designer, { starter, built }, event.nativeEvent), built === null);
  return (
    <li className="shrink-0">
      <button
        type="button"
        title={starter.summary}
        onPointerDown={press}
        onClick={() => showDialog({ kind: "insert-template", template: starter.id })}
        className="flex w-44 cursor-grab flex-col gap-1 rounded-md border border-hairline bg-bg p-2 text-left hover:border-control"
      >
        <span aria-hidden className="pointer-events-none flex h-16 items-center overflow-hidden">
          {built && <BoardPicture layout={built} nodes={nodes.slice(0, 3)} width={160} height={64} label="" />}
        </span>
        <span className="w-full truncate font-medium text-xs">{starter.title}</span>
      </button>
    </li>
  );
}
