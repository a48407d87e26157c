"use client";

import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { Button } from "@/components/ui/button";
import { keyName } from "@/lib/core/plan/key-name";
import type { Problem } from "@/lib/core/problem";
import { ACCEPTABLE } from "@/lib/core/validate/acceptable";
import { AcceptProblem } from "./accept-problem";
import { useDesignerActions, useDesignerParts } from "./designer-context";
import { FixButton } from "./fix-button";
import { jumpTo } from "./jump";
import { TEXT_NOT_TAKEN } from "./kept-text";

const LOOK = {
  error: { Icon: CircleAlert, tone: "text-destroy", word: "Error" },
  warning: { Icon: TriangleAlert, tone: "text-change", word: "Warning" },
  info: { Icon: Info, tone: "text-text-3", word: "Note" },
} as const;

interface ProblemLineProps {
  readonly problem: Problem;
  /** Whether to name the place and offer to go there. */
  readonly place?: boolean;
  readonly onJump?: () => void;
}

/** One thing that is wrong: where, what, and a button where it can be mended without thinking. */
export function ProblemLine({ problem, place = false, onJump }: ProblemLineProps) {
  const designer = useDesignerParts();
  const { Icon, tone, word } = LOOK[problem.severity];
  const { fix } = problem;
  const first = problem.at[0];
  return (
    <div className="flex gap-2 text-sm">
      <Icon aria-label={word} size={14} className={`mt-0.5 shrink-0 ${tone}`} />
      <div className="flex min-w-0 flex-1 flex-col items-start gap-1">
        {place && first !== undefined && (
          <button
            type="button"
            onClick={() => {
              onJump?.();
              jumpTo(designer, first);
            }}
            className="min-h-6 rounded-xs font-medium underline decoration-hairline underline-offset-2 hover:decoration-current"
          >
            {keyName(first)}
          </button>
        )}
        <p className="break-words text-text-2">{problem.message}</p>
        {fix && <FixButton fix={fix} />}
        {problem.code === TEXT_NOT_TAKEN && <DiscardText problem={problem} />}
        {ACCEPTABLE.has(problem.code) && <AcceptProblem problem={problem} />}
      </div>
    </div>
  );
}

/** For a text whose field may not even be there any more. */
function DiscardText({ problem: { at, field } }: { readonly problem: Problem }) {
  const { keepText } = useDesignerActions();
  const [key] = at;
  if (key === undefined || field === undefined) return null;
  return (
    <Button size="sm" onClick={() => keepText({ of: key, field }, null)}>
      Discard the text
    </Button>
  );
}
