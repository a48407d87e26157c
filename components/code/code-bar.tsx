"use client";

import { Check, Pencil, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { ChangeCounts } from "@/components/ui/change-symbol";
import { plural } from "@/lib/core/plural";
import type { CodeFormat } from "./editor";
import type { CodeReading } from "./use-code-reading";
import type { CodeSteps } from "./use-code-steps";

interface CodeBarProps {
  readonly format: CodeFormat;
  readonly editing: boolean;
  readonly reading: CodeReading | null;
  /** Why nothing can be changed, or null when it can. */
  readonly locked: string | null;
  readonly steps: CodeSteps;
  readonly onEdit: () => void;
}

/** What form the text has, what it changes, and what can be done with it. */
export function CodeBar({ format, editing, reading, locked, steps, onEdit }: CodeBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 border-hairline border-b bg-surface px-3 py-1.5">
      <FormatChoice format={format} onChange={steps.changeFormat} />
      {editing ? <ChangeWords reading={reading} /> : <p className="text-text-3 text-xs">Follows the selection</p>}
      <div className="ml-auto flex items-center gap-1.5">
        {editing ? (
          <>
            <Button size="sm" icon={<X aria-hidden size={14} />} onClick={steps.discard}>
              Discard
            </Button>
            <Button
              size="sm"
              variant="primary"
              icon={<Check aria-hidden size={14} />}
              disabledReason={locked ?? notYet(reading)}
              onClick={steps.accept}
            >
              Accept
            </Button>
          </>
        ) : (
          <Button size="sm" icon={<Pencil aria-hidden size={14} />} disabledReason={locked} onClick={onEdit}>
            Edit
          </Button>
        )}
      </div>
    </div>
  );
}

function notYet(reading: CodeReading | null): string | null {
  if (reading === null) return "Reading the text…";
  return reading.kind === "wrong" ? "Mend the text first" : null;
}

function ChangeWords({ reading }: { readonly reading: CodeReading | null }) {
  return (
    <p
      role="status"
      className={`text-xs ${reading?.kind === "wrong" ? "text-destroy" : reading ? "text-text-2" : "text-text-3"}`}
    >
      <Words reading={reading} />
    </p>
  );
}

function Words({ reading }: { readonly reading: CodeReading | null }) {
  if (reading === null) return "Reading…";
  if (reading.kind === "wrong") return `${plural(reading.problems.length, "mistake")} in the text`;
  const { steps } = reading;
  if (steps.length === 0) return "No change yet";
  const of = (...kinds: string[]) => steps.filter(({ kind }) => kinds.includes(kind)).length;
  return (
    <ChangeCounts counts={{ create: of("new"), update: of("changed", "renamed"), delete: of("gone"), replace: 0 }} />
  );
}

interface FormatChoiceProps {
  readonly format: CodeFormat;
  readonly onChange: (format: CodeFormat) => void;
}

function FormatChoice({ format, onChange }: FormatChoiceProps) {
  return (
    <fieldset className="flex rounded-sm border border-control p-px">
      <legend className="sr-only">Form of the text</legend>
      {(["yaml", "json"] as const).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={format === each}
          onClick={() => format !== each && onChange(each)}
          className={`h-6 rounded-xs px-2 text-xs pointer-coarse:h-11 ${format === each ? "bg-accent-soft font-medium text-text" : "text-text-2 hover:bg-hover"}`}
        >
          {each.toUpperCase()}
        </button>
      ))}
    </fieldset>
  );
}
