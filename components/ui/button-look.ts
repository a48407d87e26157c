import { classNames } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const VARIANT: Readonly<Record<ButtonVariant, string>> = {
  primary: "border-transparent bg-accent text-on-accent hover:not-aria-disabled:bg-accent-strong",
  secondary: "border-hairline bg-surface text-text hover:not-aria-disabled:bg-hover",
  ghost: "border-transparent text-text-2 hover:not-aria-disabled:bg-hover hover:not-aria-disabled:text-text",
  danger: "border-transparent bg-destroy text-on-destroy hover:not-aria-disabled:opacity-90",
};

const SIZE: Readonly<Record<ButtonSize, string>> = {
  sm: "h-7 gap-1.5 rounded-sm px-2.5 text-xs",
  md: "h-8 gap-2 rounded-sm px-3 text-sm",
  lg: "h-10 gap-2 rounded-md px-4 text-base",
};

// A busy button keeps its look: it is at work, not out of reach.
const INERT =
  "not-aria-busy:aria-disabled:border-hairline not-aria-busy:aria-disabled:bg-sunken not-aria-busy:aria-disabled:text-text-3 aria-busy:cursor-progress";

/** The classes of anything that looks like a button: buttons, and links that act as one. */
export function buttonLook(variant: ButtonVariant = "secondary", size: ButtonSize = "md"): string {
  return classNames(
    "inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap border font-medium",
    "transition-colors duration-100 pointer-coarse:min-h-11 [&_svg]:shrink-0",
    VARIANT[variant],
    SIZE[size],
    INERT,
  );
}
