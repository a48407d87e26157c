"use client";

import { LoaderCircle } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonLook } from "./button-look";
import { classNames } from "./class-names";
import { tip } from "./tip";

interface ButtonLookProps {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
  /** Decorative; the text says what the button does. */
  readonly icon?: ReactNode;
}

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> &
  ButtonLookProps & {
    /** Working: keeps its width and focus, ignores presses. */
    readonly busy?: boolean;
    /**
     * A sentence why the button cannot be used now, or null. The button then stays in the tab order and tells the
     * reason on hover, on focus and to assistive technology, instead of silently doing nothing.
     */
    readonly disabledReason?: string | null | undefined;
  };

/** A button. `type` is "button" unless given. */
export function Button(props: ButtonProps) {
  const { variant, size, icon, busy = false, disabledReason = null, className, children, onClick, ...rest } = props;
  const inert = busy || disabledReason !== null;
  return (
    <button
      type="button"
      {...(disabledReason === null ? {} : tip(disabledReason))}
      {...rest}
      aria-disabled={inert || undefined}
      aria-busy={busy || undefined}
      className={classNames(buttonLook(variant, size), className)}
      onClick={(event) => {
        if (inert) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <LoaderCircle aria-hidden size={14} className="animate-turn" /> : icon}
      {children}
    </button>
  );
}

/** A link that looks like a button, for going somewhere. */
export function ButtonLink(props: ComponentProps<typeof Link> & ButtonLookProps) {
  const { variant, size, icon, className, children, ...rest } = props;
  return (
    <Link {...rest} className={classNames(buttonLook(variant, size), className)}>
      {icon}
      {children}
    </Link>
  );
}
