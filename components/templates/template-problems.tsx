import { Callout } from "@/components/ui/callout";
import type { Problem } from "@/lib/core/problem";

/** What stands against this layout on this cluster, errors before warnings; notes are left for the plan. */
export function TemplateProblems({ problems }: { readonly problems: readonly Problem[] }) {
  const errors = problems.filter((problem) => problem.severity === "error");
  const warnings = problems.filter((problem) => problem.severity === "warning");
  return (
    <>
      <ProblemGroup kind="error" title="This does not fit yet" problems={errors} />
      <ProblemGroup kind="warning" title="Worth knowing before you go on" problems={warnings} />
    </>
  );
}

interface ProblemGroupProps {
  readonly kind: "error" | "warning";
  readonly title: string;
  readonly problems: readonly Problem[];
}

function ProblemGroup({ kind, title, problems }: ProblemGroupProps) {
  if (problems.length === 0) return null;
  return (
    <Callout kind={kind} title={title}>
      <ul className="flex list-disc flex-col gap-0.5 pl-4">
        {problems.map((problem) => (
          <li key={`${problem.code} ${problem.at.join(" ")} ${problem.message}`}>{problem.message}</li>
        ))}
      </ul>
    </Callout>
  );
}
