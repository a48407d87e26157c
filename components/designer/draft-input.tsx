"use client";

import { type ReactNode, useDeferredValue, useState } from "react";
import { type Fault, Field } from "@/components/ui/field";
import { Input, Textarea } from "@/components/ui/input";
import { useDesigner, useDesignerActions } from "./designer-context";
import { type FieldPlace, placeId } from "./kept-text";

interface DraftInputProps {
  /** Where a text that cannot be taken is kept when the form goes; without it, only while the field is there. */
  readonly place?: FieldPlace;
  readonly label: string;
  readonly hint?: ReactNode;
  /** What is in the layout. */
  readonly value: string;
  /** What is wrong with the value in the layout, or null. */
  readonly problem: Fault | null | undefined;
  /** What would be wrong with a text, or null; asked on each key. */
  readonly check: (text: string) => Fault | null;
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
  const { place, label, hint, value, problem, check, commit, locked, optional = false, mono = true, lines = 1 } = props;
  const { keepText } = useDesignerActions();
  const kept = useDesigner((state) => (place ? state.texts.get(placeId(place)) : undefined));
  const [typed, setTyped] = useState<string | null>(null);
  const draft = typed ?? kept?.text ?? null;
  const judged = useDeferredValue(typed);
  const error = judged === null ? (kept?.reason ?? problem) : judged === value ? problem : check(judged);

  function keep() {
    if (draft === null) return;
    // Before the commit, which may rename the object and take what is kept along.
    if (place) keepText(place, null);
    const taken = draft === value || commit(draft);
    if (place && !taken) {
      const fault = check(draft);
      keepText(place, { label, text: draft, reason: typeof fault === "string" ? fault : (fault?.message ?? "") });
    }
    if (place || taken) setTyped(null);
  }

  function giveUp() {
    setTyped(null);
    if (place) keepText(place, null);
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
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") giveUp();
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) keep();
            }}
          />
        ) : (
          <>
            <Input
              {...control}
              {...shared}
              {...(props.suggestions ? { list: `${control.id}-known` } : {})}
              onChange={(event) => setTyped(event.target.value)}
              onKeyDown={(event) => {
                if (event.key === "Escape") giveUp();
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
