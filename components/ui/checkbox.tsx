"use client";

import { Check } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ReactNode, useId } from "react";

interface CheckboxProps {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** A labelled tick box. The whole line is the target. */
export function Checkbox({ label, hint, checked, onChange, disabled = false }: CheckboxProps) {
  const id = useId();
  return (
    <div className="flex min-h-6 items-start gap-2">
      <Radix.Root
        id={id}
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onCheckedChange={(next) => onChange(next === true)}
        className="relative mt-0.5 flex size-4 shrink-0 after:absolute after:-inset-1 items-center justify-center rounded-xs border border-control bg-surface data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=checked]:text-on-accent disabled:bg-sunken"
      >
        <Radix.Indicator>
          <Check aria-hidden size={12} strokeWidth={3} />
        </Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id} className="block min-h-6 py-0.5 text-sm">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-text-3 text-xs">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
