"use client";

import type { ComponentProps } from "react";
import { classNames } from "./class-names";
import { Field } from "./field";

const LOOK =
  "w-full rounded-sm border border-control bg-surface px-2.5 text-sm text-text hover:border-text-3 aria-invalid:border-destroy disabled:border-hairline disabled:bg-sunken disabled:text-text-3 read-only:bg-sunken pointer-coarse:min-h-11";

type InputProps = ComponentProps<"input"> & { readonly mono?: boolean };

/** A line of text. `mono` for tags, CIDRs, ids and secrets. */
export function Input({ mono = false, className, ...rest }: InputProps) {
  return <input {...rest} className={classNames(LOOK, "h-8", mono && "mono", className)} />;
}

export function Textarea({
  mono = false,
  className,
  ...rest
}: ComponentProps<"textarea"> & { readonly mono?: boolean }) {
  return <textarea {...rest} className={classNames(LOOK, "min-h-20 py-1.5", mono && "mono", className)} />;
}

type TextFieldProps = Omit<InputProps, "id"> & {
  readonly label: string;
  readonly hint?: React.ReactNode;
  readonly error?: string | null | undefined;
  readonly optional?: boolean;
};

/** The common case: a labelled line of text. */
export function TextField({ label, hint, error, optional = false, className, ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional} {...(className ? { className } : {})}>
      {(control) => <Input {...rest} {...control} />}
    </Field>
  );
}
