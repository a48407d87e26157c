"use client";

import { RadioGroup as Radix } from "radix-ui";
import { useId } from "react";

export interface RadioCard<V extends string> {
  readonly value: V;
  readonly title: string;
  readonly note: string;
}

interface RadioCardsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly options: readonly RadioCard<V>[];
  readonly disabled?: boolean;
}

/** One of a few choices that each need a sentence. */
export function RadioCards<V extends string>({
  label,
  value,
  onChange,
  options,
  disabled = false,
}: RadioCardsProps<V>) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1.5">
      <span id={`${id}-label`} className="font-medium text-sm">
        {label}
      </span>
      <Radix.Root
        aria-labelledby={`${id}-label`}
        value={value}
        disabled={disabled}
        onValueChange={(next) => {
          const option = options.find((candidate) => candidate.value === next);
          if (option) onChange(option.value);
        }}
        className="grid gap-2 sm:grid-cols-2"
      >
        {options.map((option) => (
          <Radix.Item
            key={option.value}
            value={option.value}
            aria-label={option.title}
            aria-describedby={`${id}-${option.value}`}
            className="group flex items-start gap-2.5 rounded-md border border-hairline bg-surface p-3 text-left hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
          >
            <span
              aria-hidden
              className="mt-0.5 flex size-4 shrink-0 items-center justify-center rounded-full border border-control bg-surface group-data-[state=checked]:border-accent"
            >
              <span className="size-2 rounded-full group-data-[state=checked]:bg-accent" />
            </span>
            <span>
              <span className="block font-medium text-sm">{option.title}</span>
              <span id={`${id}-${option.value}`} className="mt-0.5 block text-text-2 text-xs">
                {option.note}
              </span>
            </span>
          </Radix.Item>
        ))}
      </Radix.Root>
    </div>
  );
}
