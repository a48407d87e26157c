"use client";

import { useEffect, useState } from "react";
import { useBoard, useDesigner } from "@/components/designer/designer-context";
import { loadRules } from "@/components/designer/judge";
import type { Layout } from "@/lib/core/layout/model";
import type { Problem } from "@/lib/core/problem";

const NONE: readonly Problem[] = [];
const nameOf = ({ code, at, field }: Problem): string => JSON.stringify([code, at, field]);

/** The problems that a layout would have and the present one has not; none while that is not known. */
export function useNewProblems(layout: Layout | null): readonly Problem[] {
  const facts = useBoard((state) => state.facts);
  const known = useDesigner((state) => state.problems);
  const [judged, setJudged] = useState<{ readonly layout: Layout; readonly problems: readonly Problem[] } | null>(null);
  useEffect(() => {
    if (layout === null) return;
    let wanted = true;
    loadRules().then(
      (rules) => {
        if (wanted) setJudged({ layout, problems: rules(layout, facts ? { facts } : {}) });
      },
      () => {
        // Without the rules nothing is foretold; the Problems list and the plan judge what was accepted.
      },
    );
    return () => {
      wanted = false;
    };
  }, [layout, facts]);
  if (layout === null || judged?.layout !== layout) return NONE;
  const names = new Set(known.map(nameOf));
  const fresh = judged.problems.filter((problem) => problem.severity !== "info" && !names.has(nameOf(problem)));
  return fresh.length === 0 ? NONE : fresh;
}
