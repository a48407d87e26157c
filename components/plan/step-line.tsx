import type { ReactNode } from "react";
import { ChangeSymbol } from "@/components/ui/change-symbol";
import type { EntityKind } from "@/lib/core/plan/entity";
import type { ChangeOp, FieldChange, Risk } from "@/lib/core/plan/step";
import { KIND_WORD } from "./change-words";
import { RiskChip } from "./risk-chip";
import { valueText } from "./value-text";

interface StepLineProps {
  readonly op: ChangeOp;
  readonly kind: EntityKind;
  readonly name: string;
  /** Fields that change; for a new or removed object give `facts` instead. */
  readonly fields?: readonly FieldChange[];
  readonly facts?: readonly { readonly field: string; readonly value: string }[];
  readonly nics?: string | null;
  readonly risk?: Risk;
  /** Full sentences under the line: why it is risky, why it is replaced, what went wrong. */
  readonly reasons?: readonly string[];
  /** How it went, in a run. */
  readonly status?: ReactNode;
  /** Shows that the object lives in the one above it. */
  readonly nested?: boolean;
}

/** One object and what happens to it: the same line in a plan, a run and the history. */
export function StepLine(line: StepLineProps) {
  return (
    <div className="grid grid-cols-[5.25rem_minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-0.5 px-4 py-1.5 @3xl:grid-cols-[5.25rem_minmax(9rem,15rem)_minmax(0,1fr)_auto]">
      <ChangeSymbol kind={line.op} />
      <span className={`min-w-0 truncate ${line.nested ? "pl-4" : ""}`}>
        <span className="text-text-3">{KIND_WORD[line.kind]}</span>{" "}
        <span className={`mono text-text ${line.op === "delete" ? "line-through decoration-1" : ""}`}>{line.name}</span>
      </span>
      <span className="col-span-2 col-start-2 row-start-2 flex min-w-0 flex-wrap gap-x-3 gap-y-0.5 text-text-2 @3xl:col-span-1 @3xl:col-start-3 @3xl:row-start-1">
        {line.fields?.map((change) => (
          <Changed key={change.field} change={change} />
        ))}
        {line.facts?.map(({ field, value }) => (
          <span key={field} className="break-words">
            <span className="text-text-3">{field}</span> <span className="mono">{value}</span>
          </span>
        ))}
      </span>
      <span className="col-start-3 row-start-1 flex items-baseline justify-end gap-3 whitespace-nowrap @3xl:col-start-4">
        {line.nics ? <span className="text-xs text-text-3 tabular-nums">{line.nics}</span> : null}
        {line.risk ? (
          <span className="w-16">
            <RiskChip risk={line.risk} short />
          </span>
        ) : null}
        {line.status}
      </span>
      {line.reasons && line.reasons.length > 0 ? (
        <span className="col-span-2 col-start-2 text-text-2 text-xs @3xl:col-start-3 text-text-2">
          {line.reasons.map((reason) => (
            <span key={reason} className="block">
              {reason}
            </span>
          ))}
        </span>
      ) : null}
    </div>
  );
}

/** `tag 10 → 11`; a screen reader hears "tag from 10 to 11". */
function Changed({ change }: { readonly change: FieldChange }) {
  return (
    <span className="break-words">
      <span className="text-text-3">{change.field}</span>
      <span className="sr-only"> from</span> <span className="mono text-text-3">{valueText(change.before)}</span>{" "}
      <span aria-hidden="true" className="text-text-3">
        →
      </span>
      <span className="sr-only">to</span> <span className="mono text-text">{valueText(change.after)}</span>
    </span>
  );
}
