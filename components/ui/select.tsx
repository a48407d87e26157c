"use client";

import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import type { FieldControl } from "./field";

export interface SelectOption<V extends string = string> {
  readonly value: V;
  readonly label: string;
  /** Second, quieter line. */
  readonly note?: string;
  readonly disabled?: boolean;
}

interface SelectProps<V extends string> extends Partial<FieldControl> {
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  readonly placeholder?: string;
  /** Accessible name when there is no field around it. */
  readonly label?: string;
  readonly disabled?: boolean;
  readonly mono?: boolean;
}

/** Chooses one of a few. Inside a `Field`, spread the control properties onto it. */
export function Select<V extends string>(props: SelectProps<V>) {
  const { value, onChange, options, placeholder = "Choose", label, disabled = false, mono = false, ...control } = props;
  return (
    <Radix.Root
      value={value ?? ""}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onChange(option.value);
      }}
      disabled={disabled}
    >
      <Radix.Trigger
        {...control}
        aria-label={label}
        className={`flex h-8 w-full items-center justify-between gap-2 rounded-sm border border-control bg-surface px-2.5 text-left text-sm hover:border-text-3 aria-invalid:border-destroy data-[placeholder]:text-text-3 disabled:border-hairline disabled:bg-sunken disabled:text-text-3 pointer-coarse:min-h-11 ${mono ? "mono" : ""}`}
      >
        <span className="truncate">
          <Radix.Value placeholder={placeholder} />
        </span>
        <Radix.Icon asChild>
          <ChevronDown aria-hidden size={14} className="shrink-0 text-text-3" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(24rem,var(--radix-select-content-available-height))] min-w-[var(--radix-select-trigger-width)] animate-enter overflow-hidden rounded-md border border-hairline bg-raised shadow-overlay"
        >
          <Radix.Viewport className="p-1">
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled ?? false}
                className="flex min-h-8 select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[highlighted]:bg-hover data-[highlighted]:shadow-[inset_2px_0_0_var(--accent)] data-[disabled]:text-text-3"
              >
                <span className="w-4 shrink-0">
                  <Radix.ItemIndicator>
                    <Check aria-hidden size={14} />
                  </Radix.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.note && <span className="block text-text-3 text-xs">{option.note}</span>}
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
