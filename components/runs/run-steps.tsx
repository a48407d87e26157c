import { Check, CircleHelp, LoaderCircle, type LucideIcon, Minus, Undo2, X } from "lucide-react";
import { objectName } from "@/components/plan/change-words";
import { StepLine } from "@/components/plan/step-line";
import { propFacts } from "@/components/plan/value-text";
import { VirtualList } from "@/components/plan/virtual-list";
import type { StepState, StepStatus } from "@/lib/core/apply/run-status";
import { type Step, stepEntity } from "@/lib/core/plan/step";
import { STEP_STATE_WORD } from "./run-words";

const LOOK: Readonly<Record<StepState, { readonly icon: LucideIcon; readonly tone: string }>> = {
  waiting: { icon: Minus, tone: "text-text-3" },
  running: { icon: LoaderCircle, tone: "text-accent" },
  done: { icon: Check, tone: "text-text-2" },
  failed: { icon: X, tone: "text-destroy font-medium" },
  undone: { icon: Undo2, tone: "text-text-2" },
  unclear: { icon: CircleHelp, tone: "text-change font-medium" },
  "not-sent": { icon: Minus, tone: "text-text-3" },
};

const VIRTUAL_FROM = 200;

interface RunStepsProps {
  readonly steps: readonly Step[];
  readonly states: readonly StepStatus[];
  readonly reached: Reached;
}

/** How far the whole run came; a step is never called more than that. */
export type Reached = "staged" | "committed" | "applied";

const REACHED_WORD: Readonly<Record<Reached, string>> = {
  staged: "Staged",
  committed: "Committed",
  applied: "Applied",
};

/** Every write of the run in the order in which it is sent, with how it went. */
export function RunSteps({ steps, states, reached }: RunStepsProps) {
  const row = (index: number) => {
    const step = steps[index];
    return step ? <RunStep step={step} status={states[index] ?? { state: "waiting" }} reached={reached} /> : null;
  };
  if (steps.length > VIRTUAL_FROM) {
    return (
      <VirtualList
        label="Steps"
        count={steps.length}
        rowHeight={32}
        rowKey={(index) => index}
        row={row}
        className="@container h-[min(60vh,48rem)]"
        rowClassName="border-b border-hairline"
      />
    );
  }
  return (
    <ol aria-label="Steps" className="@container divide-y divide-hairline">
      {steps.map((step, index) => (
        <li key={stepKey(step, index)}>{row(index)}</li>
      ))}
    </ol>
  );
}

/** One object can have two steps (freed and set again), so the place in the plan is part of the key. */
const stepKey = (step: Step, index: number): string => `${index} ${step.op} ${stepEntity(step).key}`;

interface RunStepProps {
  readonly step: Step;
  readonly status: StepStatus;
  readonly reached: Reached;
  /** The reason of a failure stands elsewhere already. */
  readonly quiet?: boolean;
}

/** One write and how it went. Green is kept for what was verified. */
export function RunStep({ step, status, reached, quiet = false }: RunStepProps) {
  const entity = stepEntity(step);
  const { icon: Icon, tone } = LOOK[status.state];
  const said = status.failure?.message ?? status.note;
  const done = status.state === "done";
  return (
    <StepLine
      op={step.op}
      kind={entity.kind}
      name={objectName({ kind: entity.kind, id: entity.id, key: entity.key })}
      fields={step.op === "update" ? step.changes : []}
      facts={step.op === "create" ? propFacts(entity.props) : []}
      reasons={said === undefined || quiet ? [] : [said]}
      nested={entity.kind === "subnet"}
      status={
        <span
          className={`inline-flex items-center gap-1.5 text-xs ${done && reached === "applied" ? "text-add" : tone}`}
        >
          <Icon aria-hidden size={13} strokeWidth={2.5} className={status.state === "running" ? "animate-turn" : ""} />
          {done ? REACHED_WORD[reached] : STEP_STATE_WORD[status.state]}
        </span>
      }
    />
  );
}
