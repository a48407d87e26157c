"use client";

import { Button } from "@/components/ui/button";
import { applyFix } from "@/lib/core/layout/apply-fix";
import type { Fix } from "@/lib/core/problem";
import { useDesigner, useDesignerActions } from "./designer-context";

/** Mends a problem where that takes no thinking. */
export function FixButton({ fix }: { readonly fix: Fix }) {
  const { change } = useDesignerActions();
  const locked = useDesigner((state) => state.locked);
  return (
    <Button
      size="sm"
      disabledReason={locked}
      onClick={() => change({ label: fix.label, apply: (layout) => applyFix(layout, fix) })}
    >
      {fix.label}
    </Button>
  );
}
