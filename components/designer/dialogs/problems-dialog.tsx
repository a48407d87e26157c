"use client";

import { Dialog } from "@/components/ui/dialog";
import type { Problem, Severity } from "@/lib/core/problem";
import { useDesigner } from "../designer-context";
import { ProblemLine } from "../problem-line";

const GROUPS: readonly { readonly severity: Severity; readonly title: string; readonly note: string }[] = [
  { severity: "error", title: "Errors", note: "A plan waits for these." },
  { severity: "warning", title: "Warnings", note: "Worth a look before applying." },
  { severity: "info", title: "Notes", note: "Good to know." },
];
const SHOWN = 100;

/** Everything that is wrong, worst first, each with the way to its place. */
export function ProblemsDialog({ onClose }: { readonly onClose: () => void }) {
  const problems = useDesigner((state) => state.problems);
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="md"
      title={problems.length === 0 ? "No problems" : "Problems"}
      description={problems.length === 0 ? "Everything in this layout fits together." : "Checked with every edit."}
    >
      <div className="flex flex-col gap-6">
        {GROUPS.map(({ severity, title, note }) => {
          const own = problems.filter((problem) => problem.severity === severity);
          return (
            own.length > 0 && (
              <section key={severity} className="flex flex-col gap-3">
                <h3 className="text-sm">
                  {`${title} (${own.length})`} <span className="font-normal text-text-3">{note}</span>
                </h3>
                <ul className="flex flex-col gap-3">
                  {own.slice(0, SHOWN).map((problem) => (
                    <li key={keyOf(problem)}>
                      <ProblemLine problem={problem} place onJump={onClose} />
                    </li>
                  ))}
                </ul>
                {own.length > SHOWN && (
                  <p className="text-text-3 text-xs">{`and ${own.length - SHOWN} more; they appear as these are mended.`}</p>
                )}
              </section>
            )
          );
        })}
      </div>
    </Dialog>
  );
}

const keyOf = (problem: Problem): string =>
  `${problem.code} ${problem.at.join(" ")} ${problem.field} ${problem.message}`;
