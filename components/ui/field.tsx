"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

/** What a control inside a field must carry, so that label, hint and error belong to it. */
export interface FieldControl {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
  readonly "aria-invalid": true | undefined;
}

/** What is wrong with a value. A text is an error; what is only worth a look makes no value invalid. */
export type Fault = string | { readonly severity: "error" | "warning" | "info"; readonly message: string };

interface FieldProps {
  readonly label: ReactNode;
  /** What to write here, or the rule, told before it can be broken. */
  readonly hint?: ReactNode;
  readonly error?: Fault | null | undefined;
  readonly optional?: boolean;
  readonly className?: string;
  readonly children: (control: FieldControl) => ReactNode;
}

/** Label, control, hint and error in one place, tied together for assistive technology. */
export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : null, error ? `${id}-error` : null]
    .filter((part) => part !== null)
    .join(" ");
  return (
    <div className={classNames("flex flex-col gap-1.5", className)}>
      <label htmlFor={id} className="font-medium text-sm text-text">
        {label}
        {optional && <span className="font-normal text-text-3"> (optional)</span>}
      </label>
      {children({
        id,
        "aria-describedby": described || undefined,
        "aria-invalid": error && isError(error) ? true : undefined,
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-text-3 text-xs">
          {hint}
        </p>
      )}
      {error && <FaultLine id={`${id}-error`} fault={error} />}
    </div>
  );
}

const isError = (fault: Fault): boolean => typeof fault === "string" || fault.severity === "error";

/** What is wrong with a value, under its control. */
export function FaultLine({ id, fault }: { readonly id?: string; readonly fault: Fault }) {
  const Icon = isError(fault) ? CircleAlert : TriangleAlert;
  return (
    <p id={id} className={classNames("flex gap-1.5 text-xs", isError(fault) ? "text-destroy" : "text-change")}>
      <Icon aria-hidden size={14} className="mt-px shrink-0" />
      {typeof fault === "string" ? fault : fault.message}
    </p>
  );
}
