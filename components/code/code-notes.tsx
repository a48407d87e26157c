"use client";

import { CircleAlert, TriangleAlert } from "lucide-react";
import { keyTitle } from "@/components/designer/keys";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { MergeConflict } from "@/lib/core/layout/merge";
import { type ReconcileStep, valueWords } from "@/lib/core/layout/reconcile-steps";
import { plural } from "@/lib/core/plural";
import type { CodeNote } from "./editor";
import type { CodeReading } from "./use-code-reading";
import type { CodeSteps } from "./use-code-steps";

/** More than this is read in the text or on the Board, not in a list. */
const MOST = 100;

interface StaleNoteProps {
  readonly reading: CodeReading | null;
  readonly steps: CodeSteps;
}

/** Says that the layout went on while the text was written, what that means for both, and how to bring them together. */
export function StaleNote({ reading, steps }: StaleNoteProps) {
  if (reading?.kind !== "right")
    return (
      <Callout kind="info">
        The layout has changed since you began to edit this text. Both are kept; they can be joined once the text is
        right.
      </Callout>
    );
  const { conflicts } = reading.edit;
  if (conflicts.length === 0)
    return (
      <Callout
        kind="info"
        actions={
          <Button size="sm" onClick={() => steps.update("mine")}>
            Bring the text up to date
          </Button>
        }
      >
        The layout has changed since you began to edit this text. Accepting joins both.
      </Callout>
    );
  return (
    <Callout
      kind="warning"
      title={`The layout has changed too, in ${plural(conflicts.length, "place")} to something else than your text`}
      actions={
        <>
          <Button size="sm" onClick={() => steps.update("mine")}>
            Take mine
          </Button>
          <Button size="sm" onClick={() => steps.update("theirs")}>
            Take the layout’s
          </Button>
        </>
      }
    >
      <ul>
        {conflicts.slice(0, 5).map((conflict) => (
          <li key={`${conflict.key} ${conflict.field}`}>{conflictWords(conflict)}</li>
        ))}
        {conflicts.length > 5 && <li>{`and ${conflicts.length - 5} more`}</li>}
      </ul>
      <p>Accepting takes yours there, and joins everything else.</p>
    </Callout>
  );
}

function conflictWords({ key, field, mine, theirs }: MergeConflict): string {
  const what = key === null ? "the layout" : keyTitle(key);
  if (field !== null)
    return `${field} of ${what}: ${valueWords(mine)} in your text, ${valueWords(theirs)} in the layout`;
  if (mine === undefined) return `${what}: gone from your text, changed in the layout`;
  if (theirs === undefined) return `${what}: changed in your text, gone from the layout`;
  return `${what}: new in both, each in another way`;
}

/** Told before anything is accepted, since it cannot be brought back afterwards. */
export function CommentNote() {
  return (
    <Callout kind="warning">
      Comments are not kept: a layout has no place for them. They are gone once you accept.
    </Callout>
  );
}

interface NoteListProps {
  readonly label: string;
  readonly notes: readonly CodeNote[];
  readonly onGo: (line: number, column: number) => void;
}

/** Mistakes, or what would be wrong after accepting; each leads to its place in the text. */
export function NoteList({ label, notes, onGo }: NoteListProps) {
  return (
    <List label={label}>
      {notes.slice(0, MOST).map(({ line, column, severity, message }) => (
        <li key={`${line} ${column} ${message}`}>
          <button
            type="button"
            aria-disabled={line === null || undefined}
            onClick={() => line !== null && onGo(line, column ?? 1)}
            className={`flex min-h-6 w-full items-baseline gap-2 text-left text-xs pointer-coarse:min-h-11 ${line === null ? "" : "hover:underline"} ${severity === "error" ? "text-destroy" : "text-change"}`}
          >
            {severity === "error" ? (
              <CircleAlert aria-label="Error" size={12} className="shrink-0 translate-y-0.5" />
            ) : (
              <TriangleAlert aria-label="Warning" size={12} className="shrink-0 translate-y-0.5" />
            )}
            {line !== null && <span className="mono shrink-0">{`${line}:${column}`}</span>}
            <span className="min-w-0 break-words">{message}</span>
          </button>
        </li>
      ))}
      <Rest of={notes.length} />
    </List>
  );
}

const LOOK = {
  new: { symbol: "+", word: "New", colour: "text-add" },
  changed: { symbol: "~", word: "Changed", colour: "text-change" },
  renamed: { symbol: "~", word: "Renamed", colour: "text-change" },
  gone: { symbol: "−", word: "Removed", colour: "text-destroy" },
} as const;

interface StepListProps {
  readonly steps: readonly ReconcileStep[];
  readonly onGo: (step: ReconcileStep) => void;
}

/** Everything that accepting would do, in words. */
export function StepList({ steps, onGo }: StepListProps) {
  return (
    <List label="What accepting does">
      {steps.slice(0, MOST).map((step) => {
        const { symbol, word, colour } = LOOK[step.kind];
        return (
          <li key={`${step.kind} ${step.key} ${step.words}`}>
            <button
              type="button"
              onClick={() => onGo(step)}
              className="flex min-h-6 w-full items-baseline gap-2 text-left text-xs hover:underline pointer-coarse:min-h-11"
            >
              <span aria-hidden className={`mono shrink-0 font-medium ${colour}`}>
                {symbol}
              </span>
              <span className="min-w-0 break-words">
                <span className="sr-only">{`${word}: `}</span>
                {step.words}
              </span>
            </button>
          </li>
        );
      })}
      <Rest of={steps.length} />
    </List>
  );
}

function List({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <ul aria-label={label} className="border-hairline border-b px-3 py-1">
      {children}
    </ul>
  );
}

function Rest({ of }: { readonly of: number }) {
  return of > MOST ? <li className="py-1 text-text-3 text-xs">{`and ${of - MOST} more`}</li> : null;
}
