"use client";

import { Import, LayoutTemplate, Plus } from "lucide-react";
import dynamic from "next/dynamic";
import { Button, ButtonLink } from "@/components/ui/button";
import { patiently } from "@/components/ui/patiently";
import type { Layout } from "@/lib/core/layout/model";
import { useBoard, useDesigner, useDesignerActions } from "./designer-context";

// Decoration in a box of its own size, so the words do not wait for it.
const BoardPicture = dynamic(
  patiently(() => import("@/components/board/board-picture").then((module) => module.BoardPicture)),
  {
    ssr: false,
    loading: () => null,
  },
);

/** A layout with nothing in it: the ghost of one on the real nodes, and where to begin. */
export function EmptyBoard() {
  const nodes = useBoard((state) => state.nodes);
  const locked = useDesigner((state) => state.locked);
  const clusterId = useDesigner((state) => state.clusterId);
  const { showDialog } = useDesignerActions();
  return (
    <div className="flex min-h-0 flex-1 flex-col items-center gap-6 overflow-y-auto bg-bg px-4 py-10">
      <div aria-hidden className="aspect-[672/230] w-full max-w-2xl opacity-35 grayscale">
        <BoardPicture layout={GHOST} nodes={nodes} width={672} height={230} label="" />
      </div>
      <div className="flex max-w-md flex-col items-center gap-2 text-center">
        <h2 className="text-xl">Nothing on the Board yet</h2>
        <p className="text-sm text-text-2">
          A layout is made of zones on your nodes, VNets in the zones, and subnets on the VNets. Begin with a zone, with
          a template that has them all, or with what the cluster has already.
        </p>
        <div className="mt-3 flex flex-wrap justify-center gap-2">
          <Button
            variant="primary"
            size="lg"
            icon={<Plus aria-hidden size={16} />}
            disabledReason={locked}
            onClick={() => showDialog({ kind: "add-zone" })}
          >
            Add zone
          </Button>
          <ButtonLink
            href={clusterId === null ? "/clusters" : `/clusters/${clusterId}`}
            size="lg"
            icon={<Import aria-hidden size={16} />}
          >
            Import what runs
          </ButtonLink>
          <Button
            size="lg"
            icon={<LayoutTemplate aria-hidden size={16} />}
            disabledReason={locked}
            onClick={() => showDialog({ kind: "insert-template" })}
          >
            Use a template
          </Button>
        </div>
      </div>
    </div>
  );
}

const GHOST: Layout = {
  version: 1,
  name: "ghost",
  zones: [
    { id: "corp", type: "vlan", bridge: "vmbr0" },
    { id: "lab", type: "simple" },
  ],
  vnets: [
    { id: "mgmt", zone: "corp", tag: 10 },
    { id: "office", zone: "corp", tag: 20 },
    { id: "voip", zone: "corp", tag: 30 },
    { id: "test", zone: "lab" },
  ],
  subnets: [],
};
