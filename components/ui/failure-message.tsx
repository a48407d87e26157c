import type { ReactNode } from "react";
import type { Failure } from "@/lib/core/failure";
import { Callout } from "./callout";

interface FailureMessageProps {
  readonly failure: Failure;
  /** Buttons for the next step, e.g. "Try again". */
  readonly actions?: ReactNode;
  /** Fields that already show their own error next to the control. */
  readonly shownFields?: readonly string[];
}

/** A failure in words: what happened, the far side's own words, which fields are to blame, what to do next. */
export function FailureMessage({ failure, actions, shownFields = [] }: FailureMessageProps) {
  const fields = Object.entries(failure.fields ?? {}).filter(([name]) => !shownFields.includes(name));
  return (
    <Callout kind="error" title={failure.message} actions={actions}>
      {(failure.detail || fields.length > 0 || failure.next || failure.unclear) && (
        <div className="flex flex-col gap-1">
          {failure.detail && <p className="mono whitespace-pre-wrap">{failure.detail}</p>}
          {fields.length > 0 && (
            <ul className="list-disc pl-4">
              {fields.map(([name, reason]) => (
                <li key={name}>
                  <span className="mono">{name}</span>: {reason}
                </li>
              ))}
            </ul>
          )}
          {failure.unclear && !failure.next && (
            <p>It is not known whether this was carried out. Read back before trying again.</p>
          )}
          {failure.next && <p>{failure.next}</p>}
        </div>
      )}
    </Callout>
  );
}
