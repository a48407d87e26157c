"use client";

import { DropdownMenu as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
  readonly side?: "top" | "right" | "bottom" | "left";
}

/** A list of commands behind a button. */
export function Menu({ trigger, children, align = "end", side = "bottom" }: MenuProps) {
  return (
    // Not modal: hiding the rest of the page from assistive technology is for questions, not for a list of commands.
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 min-w-44 max-w-80 animate-enter rounded-md border border-hairline bg-raised p-1 shadow-overlay"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface MenuItemProps {
  readonly children: ReactNode;
  readonly onSelect: () => void;
  readonly icon?: ReactNode;
  readonly shortcut?: string;
  readonly danger?: boolean;
  /** Why it cannot be used now; shown under the item's text. */
  readonly disabledReason?: string | null | undefined;
}

export function MenuItem({ children, onSelect, icon, shortcut, danger = false, disabledReason = null }: MenuItemProps) {
  const off = disabledReason !== null;
  return (
    <Radix.Item
      onSelect={(event) => {
        if (off) event.preventDefault();
        else onSelect();
      }}
      aria-disabled={off || undefined}
      className={`flex min-h-8 select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[highlighted]:bg-hover data-[highlighted]:shadow-[inset_2px_0_0_var(--accent)] pointer-coarse:min-h-11 ${off ? "text-text-3" : danger ? "text-destroy" : "text-text"}`}
    >
      {icon && <span className="shrink-0 text-text-3 [button:hover_&]:text-text">{icon}</span>}
      <span className="min-w-0 flex-1">
        {children}
        {off && <span className="block text-text-3 text-xs">{disabledReason}</span>}
      </span>
      {shortcut && <span className="shrink-0 pl-4 text-text-3 text-xs">{shortcut}</span>}
    </Radix.Item>
  );
}

interface MenuChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly onChange: (value: V) => void;
  readonly options: readonly { readonly value: V; readonly label: string }[];
}

/** One of a few settings inside a menu, the present one ticked. */
export function MenuChoice<V extends string>({ label, value, onChange, options }: MenuChoiceProps<V>) {
  return (
    <Radix.RadioGroup
      value={value}
      aria-label={label}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option) onChange(option.value);
      }}
    >
      {options.map((option) => (
        <Radix.RadioItem
          key={option.value}
          value={option.value}
          className="flex min-h-8 select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[highlighted]:bg-hover data-[highlighted]:shadow-[inset_2px_0_0_var(--accent)] pointer-coarse:min-h-11"
        >
          <span aria-hidden className="flex size-3.5 items-center justify-center">
            <Radix.ItemIndicator>
              <span className="block size-1.5 rounded-full bg-accent" />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

export function MenuSeparator() {
  return <Radix.Separator className="my-1 h-px bg-hairline" />;
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  return <Radix.Label className="px-2 py-1 text-text-3 text-xs">{children}</Radix.Label>;
}
