"use client";

import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { EntityKey } from "@/lib/core/plan/entity";
import { useBoard, useDesigner, useDesignerActions } from "./designer-context";
import { InspectorHeading } from "./inspector-heading";
import { keyTitle } from "./keys";
import { bringBackCommand } from "./more-commands";

/** What the next apply would remove. */
export function Gone({ of: key }: { readonly of: EntityKey }) {
  const shown = useBoard((state) => state.shown);
  const locked = useDesigner((state) => state.locked);
  const { change } = useDesignerActions();
  return (
    <div className="flex flex-col items-start gap-4 px-4 pt-4">
      <InspectorHeading
        title={`${keyTitle(key)} is removed`}
        note="It was in the layout when it was last applied. The next apply removes it from the cluster."
      />
      <Button
        icon={<Undo2 aria-hidden size={14} />}
        disabledReason={locked}
        onClick={() => change(bringBackCommand(shown, key))}
      >
        Bring back
      </Button>
    </div>
  );
}
