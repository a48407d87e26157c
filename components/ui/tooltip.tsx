"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

/** Once near the root: lets neighbouring tooltips open without a new delay. */
export function TooltipProvider({ children }: { readonly children: ReactNode }) {
  return <Radix.Provider delayDuration={400}>{children}</Radix.Provider>;
}

interface TooltipProps {
  readonly content: ReactNode;
  /** One focusable element that takes a ref. */
  readonly children: ReactElement;
  readonly side?: "top" | "right" | "bottom" | "left";
  /** The content only repeats the element's name, so it is not read out a second time. */
  readonly quiet?: boolean;
  /** From this width on the name is written out anyway. */
  readonly hideAbove?: "xl";
}

/** Words that appear on hover and focus. Never the only place of something a person must know to go on. */
export function Tooltip({ content, children, side = "top", quiet = false, hideAbove }: TooltipProps) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild {...(quiet ? { "aria-describedby": undefined } : {})}>
        {children}
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className={`z-50 max-w-72 animate-enter rounded-sm border border-transparent bg-text px-2 py-1 text-bg text-xs ${hideAbove ? "xl:hidden" : ""}`}
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
