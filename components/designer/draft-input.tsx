"use client";

import { type ReactNode, useDeferredValue, useState } from "react";
import { Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";

interface DraftInputProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is in the layout. */
  readonly value: string;
  /** What is wrong with the value in the layout, or null. */
  readonly problem: string | null;
  /** What would be wrong with a text, or null; asked on each key. */
  readonly check: (text: string) => string | null;
  /** Takes the text into the layout; false when it cannot be, and then it stays in the field. */
  readonly commit: (text: string) => boolean;
  readonly locked: boolean;
  readonly optional?: boolean;
  readonly mono?: boolean;
  readonly lines?: number;
  readonly placeholder?: string;
  /** Offered while typing, as a list of known values. */
  readonly suggestions?: readonly string[];
}

/**
 * A field of the inspector. Typing judges, Enter and leaving commit, Escape gives the old value back. A text that cannot
 * become a value stays where it is with the reason, until it is mended.
 */
export function DraftInput(props: DraftInputProps) {
  const { label, hint, value, problem, check, commit, locked, optional = false, mono = true, lines = 1 } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const judged = useDeferredValue(draft);
  const error = judged === null ? problem : judged === value ? problem : check(judged);

  function keep() {
    if (draft === null) return;
    if (draft === value || commit(draft)) setDraft(null);
  }

  const shared = {
    value: draft ?? value,
    readOnly: locked,
    placeholder: props.placeholder,
    mono,
    spellCheck: false,
    autoComplete: "off",
    onBlur: keep,
  };
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
      {(control) =>
        lines > 1 ? (
          <Textarea
            {...control}
            {...shared}
            rows={lines}
            onChange={(event) => setDraft(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") setDraft(null);
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) keep();
            }}
          />
        ) : (
          <>
            <Input
              {...control}
              {...shared}
              {...(props.suggestions ? { list: `${control.id}-known` } : {})}
              onChange={(event) => setDraft(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Escape") setDraft(null);
                if (event.key === "Enter") keep();
              }}
            />
            {props.suggestions && (
              <datalist id={`${control.id}-known`}>
                {props.suggestions.map((known) => (
                  <option key={known} value={known} />
                ))}
              </datalist>
            )}
          </>
        )
      }
    </Field>
  );
}
