"use client";

import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

interface WizardStepProps {
  readonly number: number;
  readonly title: string;
  /** One line about what was decided, once it was. */
  readonly done?: string | undefined;
  readonly active: boolean;
  /** Goes back to this step; what comes after it is asked again. */
  readonly onChange?: () => void;
  readonly children: ReactNode;
}

/** One step of several on a single page: finished ones stay readable, later ones wait. */
export function WizardStep({ number, title, done, active, onChange, children }: WizardStepProps) {
  return (
    <li
      aria-current={active ? "step" : undefined}
      className={`rounded-lg border border-hairline ${active ? "bg-surface" : "bg-transparent"}`}
    >
      <div className="flex min-h-12 items-center gap-3 px-4 py-2">
        <span
          aria-hidden
          className={`flex size-6 shrink-0 items-center justify-center rounded-full font-medium text-xs ${done ? "bg-add-soft text-add" : active ? "bg-accent text-on-accent" : "border border-hairline text-text-3"}`}
        >
          {done ? <Check size={14} strokeWidth={2.5} /> : number}
        </span>
        <div className="min-w-0 flex-1">
          <h2 className={`text-base ${active || done ? "" : "font-medium text-text-3"}`}>{title}</h2>
          {done && <p className="mono truncate text-text-2 text-xs">{done}</p>}
        </div>
        {done && onChange && (
          <Button size="sm" variant="ghost" onClick={onChange} aria-label={`Change ${title.toLowerCase()}`}>
            Change
          </Button>
        )}
      </div>
      {active && <div className="px-4 pb-4 sm:pl-[52px]">{children}</div>}
    </li>
  );
}
