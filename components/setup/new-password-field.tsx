"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { TextField } from "@/components/ui/input";

const LEAST = 12;

interface NewPasswordFieldProps {
  readonly label?: string;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
}

/** A new password, its one rule said up front and ticked off while typing. Posts as `password`. */
export function NewPasswordField({ label = "Password", error, autoFocus = false }: NewPasswordFieldProps) {
  const [text, setText] = useState("");
  const missing = LEAST - [...text].length;
  return (
    <TextField
      label={label}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={LEAST}
      maxLength={128}
      autoFocus={autoFocus}
      value={text}
      onChange={(event) => setText(event.target.value)}
      error={error}
      hint={
        missing > 0 ? (
          `At least ${LEAST} characters${text === "" ? ". A few words in a row are easy to remember." : `: ${missing} to go`}`
        ) : (
          <span className="inline-flex items-center gap-1 text-add">
            <Check aria-hidden size={12} strokeWidth={3} /> Long enough
          </span>
        )
      }
    />
  );
}
