import { CircleX, Info, TriangleAlert } from "lucide-react";
import { keyName } from "@/lib/core/plan/key-name";
import { plural } from "@/lib/core/plural";
import type { Problem, Severity } from "@/lib/core/problem";

const LOOK = {
  error: { word: "Error", icon: CircleX, tone: "text-destroy" },
  warning: { word: "Warning", icon: TriangleAlert, tone: "text-change" },
  info: { word: "Note", icon: Info, tone: "text-text-2" },
} as const;
const ORDER: readonly Severity[] = ["error", "warning", "info"];

/** "1 error, 2 warnings". */
function summary(problems: readonly Problem[]): string {
  return ORDER.flatMap((severity) => {
    const count = problems.filter((problem) => problem.severity === severity).length;
    return count === 0 ? [] : [plural(count, LOOK[severity].word.toLowerCase())];
  }).join(", ");
}

/** What is wrong with the layout, worst first, each with the object it is about. */
export function ProblemList({ problems }: { readonly problems: readonly Problem[] }) {
  if (problems.length === 0) return null;
  const sorted = ORDER.flatMap((severity) => problems.filter((problem) => problem.severity === severity));
  return (
    <section aria-labelledby="problems" className="overflow-hidden rounded-lg border border-hairline bg-surface">
      <h2 id="problems" className="border-b border-hairline px-4 py-2 font-medium">
        In the layout: {summary(problems)}
      </h2>
      <ul className="max-h-96 divide-y divide-hairline overflow-y-auto">
        {sorted.map((problem) => {
          const { word, icon: Icon, tone } = LOOK[problem.severity];
          return (
            <li
              key={`${problem.code} ${problem.at.join(" ")} ${problem.field ?? ""} ${problem.message}`}
              className="flex gap-2.5 px-4 py-2"
            >
              <Icon aria-hidden="true" className={`mt-px size-4 shrink-0 ${tone}`} />
              <p className="min-w-0">
                <span className={`font-medium ${tone}`}>{word}: </span>
                {problem.message}
                {problem.at.length > 0 ? (
                  <span className="block text-xs text-text-3">{problem.at.map(keyName).join(", ")}</span>
                ) : null}
              </p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
