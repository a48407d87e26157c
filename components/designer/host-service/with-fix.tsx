"use client";

import type { ReactNode } from "react";
import type { EntityKey } from "@/lib/core/plan/entity";
import { useDesigner } from "../designer-context";
import { FixButton } from "../fix-button";
import { problemAt } from "../judge";

interface WithFixProps {
  readonly of: EntityKey;
  readonly field: string;
  readonly children: ReactNode;
}

/** A field that says what is wrong with it, and below it the button that mends it. */
export function WithFix({ of: key, field, children }: WithFixProps) {
  const fix = useDesigner((state) => problemAt(state.problems, key, field)?.fix);
  return (
    <div className="flex flex-col items-start gap-1.5 [&>:first-child]:w-full">
      {children}
      {fix && <FixButton fix={fix} />}
    </div>
  );
}
